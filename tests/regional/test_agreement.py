"""What an analysis counts of one authority's export is what that authority's own pages count."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest

from evenhand import cli
from evenhand.equality.models import GroupTally
from evenhand.facts.registry import BINDINGS
from evenhand.people.actions.objecting import object_to_monitoring
from evenhand.publications.parquet import write_parquet
from tests import factories as make
from tests.equality.crowd import BLACK, CLOCK, count, crowd, enquiry, known, referred
from tests.factories import NOW, TODAY

COLUMNS = ("kind", "measure", "dimension", "group", "period", "unaccompanied", "since", "until",
           "of", "reached", "waiting", "unjudged")  # fmt: skip


def region(folder: Path) -> Path:
    """An authority of a crowd, some of them met again, one who objects, with its export."""
    make.coverage(*BINDINGS, complete_to=TODAY)
    crowd()
    for code in ("REFU", ""):
        for held_after in [10, 60] * 6:
            enquiry(code, held_after)
    again = enquiry("WBRI", 60)
    make.section_47(again, TODAY - timedelta(60), conference_needed=True)
    for days in (90, 500):
        child = referred("APKN", days)
        make.assessment(child, TODAY - timedelta(days - 10))
        known(child, "APKN")
    lead = make.user("equality_lead")
    object_to_monitoring(again, by=lead, at=NOW, said_by="child", said_on=TODAY)
    count()
    write_parquet(folder, by=None, at=NOW)
    return folder


@pytest.mark.django_db
def test_the_counts_are_those_of_the_pages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = region(tmp_path / "export")
    out = tmp_path / "out"
    assert cli.main(["analyse", str(folder), "--out", str(out), "--json"]) in (0, 1)
    told = json.loads(capsys.readouterr().out)
    assert told["authorities"] == ["Islehaven"]
    counts = pl.read_parquet(out / "counts.parquet")
    ways = sorted(set(counts["dimension"]))
    theirs = GroupTally.objects.filter(team=None, dimension__in=ways).values_list(*COLUMNS)
    assert set(counts.select(COLUMNS).iter_rows()) == set(theirs)
    assert {"ethnicity", "sex", "disability"} <= set(ways)
    results = pl.read_parquet(out / "results.parquet")
    black = results.row(
        by_predicate=(pl.col("measure") == CLOCK) & (pl.col("group") == BLACK)
        & (pl.col("population") == "everyone"), named=True,
    )  # fmt: skip
    assert (black["of"], black["reached"], black["differs"]) == (30, 24, True)
    assert "Black" in (out / "findings.txt").read_text("utf-8")
