"""Postcodes as they are kept and compared: in capitals, without a space. Pure."""

from __future__ import annotations

LONGEST = 8


def normalised(text: str | None) -> str:
    """Return a postcode as it is kept; empty where it is blank or too long to be one."""
    found = "".join((text or "").split()).upper()
    return found if len(found) <= LONGEST else ""
