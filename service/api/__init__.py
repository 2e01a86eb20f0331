"""The HTTP API: what machines and scripts meet, by the Dutch API design rules."""
