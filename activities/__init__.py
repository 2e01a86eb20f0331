"""The doers: thin and repeatable; what they need comes in by constructor."""
