"""Whether the keys in use are those that this database was sealed with: known at the start."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.apps import apps

from evenhand.problems import Problem
from evenhand.secrecy import keys

WORDS = "evenhand"


def check(*, at: datetime) -> None:
    """Raise Problem where a key is another one, or is gone while something is sealed under it.

    A key that is seen for the first time is noted.
    """
    held = dict(_checks().values_list("key", "sealed"))
    ring = keys.ring()
    for name, sealed in held.items():
        if name not in ring.names:
            raise Problem(
                f"This database holds words sealed under the key {name}, which is not in use.",
                "Add that key to EVENHAND_COLUMN_KEYS or the key file, after the current one.",
            )
        _open(ring, name, sealed)
    for name in ring.names:
        if name not in held:
            _checks().get_or_create(
                key=name,
                defaults={
                    "sealed": ring.seal(WORDS, _context(name), under=name),
                    "first_used_at": at,
                },
            )


def forget(name: str) -> None:
    """Note that nothing is sealed under a key any more: it may go."""
    _checks().filter(key=name).delete()


def _checks() -> Any:
    """Return the table's manager, by name: the start imports this before there are models."""
    return apps.get_model("secrecy", "KeyCheck")._default_manager


def _open(ring: keys.KeyRing, name: str, sealed: str) -> None:
    try:
        ring.unseal(sealed, _context(name))
    except keys.WrongKey:
        raise keys.WrongKey(
            f"The key {name} is not the one of that name that this database was sealed with.",
            "Give the key that was in use when it was written. Nothing was changed.",
        ) from None


def _context(name: str) -> str:
    return keys.context_of("secrecy_keycheck", "sealed", name)
