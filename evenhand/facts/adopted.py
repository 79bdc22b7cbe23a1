"""The policy that this authority adopted, read once in each process."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings

from evenhand import policy as packs
from evenhand.facts.registry import vocabulary
from evenhand.policy import Policy
from evenhand.problems import Problem


def policy() -> Policy:
    """Return the pack named by the setting ``ADOPTED_PACK``, with the packs that it adopts."""
    return _load(settings.ADOPTED_PACK)


@cache
def _load(name: str) -> Policy:
    return packs.load([_folder(name)], vocabulary())


def _folder(name: str) -> Path:
    for place in reversed(packs.folders()):
        for folder in (place / name, place):
            if folder.name == name and (folder / "pack.yaml").is_file():
                return folder
    raise Problem(
        f'No pack is called "{name}".',
        "Set EVENHAND_PACK to a pack that is there, or EVENHAND_PACKS to the folder that holds it.",
    )
