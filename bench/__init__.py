"""The bench: how fast and how large Startloket is on this machine, each figure as a ratio to something in the same run.

It starts a stack of its own, as `startloket dev` does, measures the real programs in their own processes, and leaves
nothing behind but a table and `bench/results/latest.json`. What is measured, and why so, stands in `docs/bench.md`.
"""
