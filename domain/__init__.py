"""The rules: pure functions over facts. No clock, no I/O, no await, no ids made up."""
