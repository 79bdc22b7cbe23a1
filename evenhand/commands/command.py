"""What a subcommand of ``evenhand`` is, and how what people type for it is read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from evenhand.problems import Problem

if TYPE_CHECKING:
    import argparse

ADDRESS, PORT = "127.0.0.1", 8000
NOTHING_LEFT = "Stopped. Nothing was changed."


class Command:
    """What one subcommand takes, which function answers it, and what that needs first."""

    def __init__(
        self,
        name: str,
        summary: str,
        *,
        example: str,
        handler: str,
        database: bool = False,
        settings: bool = False,
        environment: dict[str, str] | None = None,
        stopped: str = NOTHING_LEFT,
    ) -> None:
        self.name = name
        self.summary = summary
        self.example = example
        self.handler = handler
        self.database = database
        self.settings = settings
        self.environment = environment or {}
        self.stopped = stopped


def day(text: str) -> date:
    """Return the day that a person typed, or say how to type one."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Problem(f"'{text}' is not a day.", "Write it as 2026-11-20.") from None


def count(text: str) -> int:
    """Return the whole number above nought that a person typed, or say what is wanted."""
    if not text.isdecimal() or int(text) == 0:
        raise Problem(
            f"'{text}' is not a number of anything.", "Write a whole number above nought."
        )
    return int(text)


def nothing_more(_: argparse.ArgumentParser) -> None:
    """Take no more than every command does."""
