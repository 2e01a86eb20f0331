"""Pages of the programme's staff: one file per subject."""
