"""The policy that this authority adopted, read once in each process."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from evenhand import policy as packs
from evenhand.facts.registry import vocabulary
from evenhand.policy import Policy


def policy() -> Policy:
    """Return the pack named by the setting ``ADOPTED_PACK``, with the packs that it adopts."""
    return _load(settings.ADOPTED_PACK)


@cache
def _load(name: str) -> Policy:
    return packs.load([packs.folder_of(name)], vocabulary())
