"""The register of clauses: what there is to show, by source and area."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

FILE = Path(__file__).resolve().parent.parent / "packs" / "register.yaml"


class Clause(NamedTuple):
    """One obligation: the pack of its source, its area of practice and the work it is due in."""

    id: str
    pack: str
    area: str
    order: str


@cache
def load() -> dict[str, Clause]:
    """Return every clause of the register by its id, in the register's order."""
    text = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {
        clause: Clause(clause, pack, area, order)
        for pack, areas in text.items()
        for area, orders in areas.items()
        for order, clauses in orders.items()
        for clause in clauses
    }
