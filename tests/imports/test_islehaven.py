"""Islehaven's extract: every fault that was planted is found, and both spellings import alike."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps

from evenhand.sources.models import ImportFile, RowFinding
from evenhand.synth.build import Order, build
from tests.imports.conftest import Import

AS_AT = date(2026, 11, 20)
CHILDREN = 120
FOUND = {
    "orphan": "SSD-P01",
    "year_0202": "SSD-D02",
    "end_before_start": "SSD-T01",
    "join_duplicate": "SSD-K01",
    "review_before_birth": "SSD-T02",
    "local_ethnicity": "SSD-C01",
}


def written(folder: Path, **order: object) -> Counter[str]:
    """Write Islehaven, and count the faults planted by the rule that should find them."""
    made = build(Order(children=CHILDREN, seed=2, as_at=AS_AT, **order), folder)  # type: ignore[arg-type]
    return Counter({rule: made.dirt[kind]["count"] for kind, rule in FOUND.items() if made.dirt})


@pytest.mark.both_databases
def test_every_fault_that_was_planted_is_found_and_no_other(tmp_path: Path, run: Import) -> None:
    planted = written(tmp_path, clean=False, variant="standard")
    report = run(tmp_path)
    found = Counter(RowFinding.objects.values_list("rule", flat=True))
    del found["SSD-G01"]
    assert found == +planted
    kept = sum(planted[rule] for rule in ("SSD-P01", "SSD-D02", "SSD-T01", "SSD-T02"))
    assert report.total("quarantined") == kept
    for file in ImportFile.objects.all():
        assert file.rows_read == sum(getattr(file, fate) for fate in ImportFile.FATES)
    again = run(tmp_path)
    assert (again.total("created"), again.total("changed"), again.total("folded")) == (0, 0, 0)
    assert again.total("quarantined") == kept


def records() -> dict[str, int]:
    """How many records there are of each model that an import makes."""
    rooms = ("accounts", "people", "casework")
    models = [m for m in apps.get_models() if m._meta.app_label in rooms]
    return {m._meta.label: m._default_manager.count() for m in models}


def test_the_standards_and_mosaics_spellings_import_alike(tmp_path: Path, run: Import) -> None:
    written(tmp_path / "standard", clean=True, variant="standard")
    written(tmp_path / "mosaic", clean=True, variant="mosaic")
    assert not run(tmp_path / "mosaic").has_problems
    mosaics = records()
    report = run(tmp_path / "standard")
    assert not report.has_problems
    changed = {model: count for model, count in records().items() if count != mosaics[model]}
    not_in_mosaic = {"people.Family", "people.FamilyMember", "people.Involvement"}
    assert set(changed) <= not_in_mosaic, "it has no families, nor work without a referral"
    assert report.total("withdrawn") == 0
