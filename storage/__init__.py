"""The memory: the only room that knows SQL."""
