"""The register is whole, and the packs agree with it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tools import register

PACKS = register.FILE.parent
WRITTEN = sorted(file.parent.name for file in PACKS.glob("*/clauses.yaml"))
SOURCES = {clause.pack for clause in register.load().values()}


def test_it_holds_every_obligation() -> None:
    """505 were counted in the five sources on the first day; none may go missing."""
    assert len(register.load()) == 505


@pytest.mark.parametrize("pack", [pack for pack in WRITTEN if pack in SOURCES])
def test_a_pack_of_a_source_holds_its_clauses(pack: str) -> None:
    """Each clause of the pack is the register's, in the same area and order."""
    file: Path = PACKS / pack / "clauses.yaml"
    written = {
        register.Clause(clause["id"], pack, clause["area"], clause["order"])
        for clause in yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    }
    assert written == {clause for clause in register.load().values() if clause.pack == pack}
