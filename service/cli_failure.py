"""How a verb of the command line says that it could not do what was asked."""

from __future__ import annotations


class Failure(Exception):
    """A sentence for the person at the terminal, and what they can do; printed without a traceback, exit code 1."""

    def __init__(self, sentence: str, advice: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.advice = advice
