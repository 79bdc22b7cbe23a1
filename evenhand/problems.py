"""What a person can put right: shown as a sentence and what to do, never as a traceback."""

from __future__ import annotations


class Problem(Exception):
    """A wrong use or an input that cannot be used.

    ``sentence`` says what was found and where; ``remedy`` what to do about it. The command line
    prints the two lines and exits with 2.
    """

    def __init__(self, sentence: str, remedy: str) -> None:
        super().__init__(sentence, remedy)
        self.sentence = sentence
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.sentence} {self.remedy}"
