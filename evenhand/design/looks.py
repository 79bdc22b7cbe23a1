"""How each state looks: an icon of its own shape, a colour, and the word. Never colour alone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """How one state is shown. ``icon`` is drawn on a 16 by 16 grid in the colour of the text."""

    slug: str
    words: str
    icon: str
    hint: str


# Each path is drawn in currentColor; shapes differ so that no colour is needed to tell them apart.
_DISC = "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Z"
_RING = _DISC + "M8 2.8a5.2 5.2 0 1 1 0 10.4A5.2 5.2 0 0 1 8 2.8Z"
_TICK = "M6.9 11.6 3.8 8.5l1.3-1.3 1.8 1.8 4-4 1.3 1.3Z"
_TRIANGLE = "M8 1 15.6 15H.4ZM7.1 6v4.6h1.8V6Zm0 5.7v1.7h1.8v-1.7Z"
_CLOCK = _RING + "M7.2 4.3h1.6v3.4l2.5 1.5-.8 1.3-3.3-2Z"
_QUESTION = (
    "M5.2 5.9C5.2 4.3 6.4 3.2 8.1 3.2s2.9 1 2.9 2.5c0 1.2-.7 1.8-1.4 2.3"
    "-.6.4-.8.7-.8 1.4H7.1c0-1.4.5-2 1.3-2.5.6-.4.8-.7.8-1.1 0-.6-.4-1-1.1-1"
    "s-1.2.5-1.2 1.3ZM7 10.6h1.9v1.9H7Z"
)
_SQUARE = (
    "M1.5 1.5h3.5v1.6H3.1V5H1.5ZM11 1.5h3.5V5h-1.6V3.1H11ZM1.5 11h1.6v1.9H5v1.6"
    "H1.5ZM12.9 11h1.6v3.5H11v-1.6h1.9ZM6.5 1.5h3v1.6h-3Zm0 11.4h3v1.6h-3Z"
    "M1.5 6.5h1.6v3H1.5Zm11.4 0h1.6v3h-1.6Z"
)
_PAUSE = _RING + "M5.8 5h1.6v6H5.8Zm2.8 0h1.6v6H8.6Z"
_DASH = "M2.5 7h11v2h-11Z"
_DOTS = "M1.5 7h2.6v2.2H1.5Zm5.2 0h2.6v2.2H6.7Zm5.2 0h2.6v2.2h-2.6Z"

LOOKS: dict[str, Look] = {
    look.words: look
    for look in (
        Look("kept", "kept", _DISC + _TICK, "Done by the day it was due"),
        Look("kept-late", "kept late", _RING + _TICK, "Done, after the day it was due"),
        Look("late", "late", _TRIANGLE, "Due and not done"),
        Look("open", "open", _CLOCK, "Not due yet"),
        Look("not-known", "not known", _QUESTION, "It fell due after our data ends"),
        Look("not-recorded", "not recorded", _SQUARE, "No source we hold records this"),
        Look("excused", "excused", _PAUSE, "An allowed reason is recorded"),
        Look("not-applicable", "not applicable", _DASH, "This does not apply here"),
        Look("no-rule", "no rule in force", _DOTS, "No rule was in force on that day"),
    )
}


def look_of(state: object) -> Look:
    """Return how a state is shown. A word that is no state is shown plainly, as itself."""
    words = str(state)
    return LOOKS.get(words, Look("plain", words, "", ""))
