"""From a typed value of an extract to the value a column of ours holds.

Days go as ISO text, which both databases take as dates; blanks of text as the empty string.
Adapters remember what they have met, because days and codes repeat.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

Adapt = Callable[..., Any]


@lru_cache(maxsize=100_000)
def day(value: date | None) -> str | None:
    """A day as ISO text."""
    return None if value is None else value.isoformat()


def text(value: str | None) -> str:
    """Text, the empty string where nothing is recorded."""
    return value or ""


def short(most: int) -> Adapt:
    """Text of at most ``most`` characters."""
    return lambda value: (value or "")[:most]


def same(value: Any) -> Any:
    """The value itself."""
    return value


def yes_no(value: str | None) -> bool | None:
    """Y, N or not recorded."""
    return None if value is None else value == "Y"


@lru_cache(maxsize=10_000)
def flags(value: str | None) -> str:
    """A JSON object as the extract wrote it, or an empty one where it cannot be read."""
    return json.dumps(_loaded(value, {}))


@lru_cache(maxsize=10_000)
def factors(value: str | None) -> str:
    """A JSON list of codes, from a list or from an object of code to answer."""
    loaded = _loaded(value, [])
    if isinstance(loaded, dict):
        loaded = [code for code, said in loaded.items() if str(said).strip().lower() in _YES]
    return json.dumps([str(code) for code in loaded])


@lru_cache(maxsize=10_000)
def conference_needed(value: str | None) -> bool | None:
    """Whether a section 47 outcome asks for a conference."""
    said = str(_loaded(value, {}).get("CP_CONFERENCE_FLAG", "")).strip().lower()
    return None if not said else said in _YES


_YES = frozenset({"y", "yes", "1", "true"})


def _loaded(value: str | None, empty: Any) -> Any:
    if not value:
        return empty
    try:
        loaded = json.loads(value)
    except ValueError:
        return empty
    return loaded if isinstance(loaded, dict | list) and loaded else empty


def joined(*parts: Any) -> str | None:
    """A key made of several cells."""
    return ":".join(str(part) for part in parts) if all(parts) else None


def period_key(care_id: str | None, child: str | None, entered: Any, started: Any) -> str:
    """The key of a care period: the source's own, or the child and the day care began."""
    return care_id or f"{child}:{entered or started}"


def miles(value: float | None) -> float | None:
    """A distance; 999.9 is how the standard writes one that is not known."""
    return None if value is None or value >= UNKNOWN_MILES else value


UNKNOWN_MILES = 999.9


def whole(value: float | None) -> int | None:
    """A whole number that is not below nought, or not recorded."""
    return None if value is None or value < 0 else int(value)
