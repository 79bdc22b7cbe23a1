"""Authorities and all together: compared, corrected in their families, and fit to be passed on."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from evenhand import cli
from evenhand.analytics.tests import holm
from evenhand.regional.comparing import FAMILY, TOGETHER
from evenhand.regional.funnels import BEYOND_FAR
from evenhand.regional.hiding import protected
from evenhand.regional.writing import HIDDEN
from tests.regional import exports
from tests.regional.exports import AS_AT, CLOCK, OTHER

BLACK = exports.GROUPS["ethnicity"][2]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is written of three authorities, of which one keeps many waiting."""
    place = tmp_path_factory.mktemp("analysed")
    for seed, name in enumerate(["Islehaven", "Northmoor", "=Vale"]):
        frames = exports.made(name, seed=seed, children=(900, 900, 300)[seed])
        if name == "Northmoor":
            late = pl.when(pl.col("state") == "kept").then(pl.lit("late")).otherwise("state")
            frames["standings"] = frames["standings"].with_columns(state=late)
        exports.write(place / "in" / str(seed), name, frames)
    words = ["analyse", str(place / "in"), "--out", str(place / "out"), "--pack", "england"]
    assert cli.main(words) == 1  # religion is in none of them
    return place / "out"


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def test_all_together_are_the_sum_of_the_authorities(out: Path) -> None:
    results = pl.read_parquet(out / "results.parquet")
    by_group = ("kind", "measure", "dimension", "population", "group")
    parts = results.filter(~pl.col("is_whole")).group_by(by_group).agg(pl.col("of").sum())
    whole = results.filter(pl.col("area") == TOGETHER).select(*by_group, "of")
    assert set(parts.iter_rows()) == set(whole.iter_rows())


def test_the_group_that_waits_is_found_where_it_waits(out: Path) -> None:
    results = pl.read_parquet(out / "results.parquet")
    found = results.filter(pl.col("differs"), measure=CLOCK, population="everyone", group=BLACK)
    assert {"Islehaven", TOGETHER} <= set(found["area"])
    told = " ".join((out / "findings.txt").read_text("utf-8").split())
    assert "Islehaven, ethnic group, Black" in told
    assert f"True for {AS_AT.day} November 2026" in told
    assert "are one family" in told


def test_each_family_is_corrected_for_itself(out: Path) -> None:
    results = pl.read_parquet(out / "results.parquet").filter(dimension="ethnicity")
    for part in results.partition_by(*FAMILY):
        expected = holm(part["chance"].to_numpy())
        assert np.allclose(expected, part["corrected"].to_numpy(), equal_nan=True)


def test_an_authority_that_keeps_all_waiting_lies_outside_the_funnel(out: Path) -> None:
    found = {(row["Measure"], row["Authority"]): row["Where it lies"]
             for row in rows(out / "authorities.csv")}  # fmt: skip
    assert found[OTHER, "Northmoor"] == BEYOND_FAR
    assert "Northmoor" in (out / "findings.txt").read_text("utf-8")


def test_a_name_that_a_spreadsheet_would_run_is_quoted(out: Path) -> None:
    areas = {row["Area"] for row in rows(out / "figures.csv")}
    assert areas == {"Islehaven", "Northmoor", "'=Vale", TOGETHER}


def test_no_small_number_is_printed_nor_can_be_taken_from_a_total(out: Path) -> None:
    printed = list(rows(out / "figures.csv"))
    shown = [row for row in printed if row["Counted"] != HIDDEN]
    counts = [(int(row["Counted"]), int(row["Went on or waited too long"])) for row in shown]
    assert counts
    assert not [one for one in counts for part in (*one, one[0] - one[1]) if 0 < part < 5]
    assert all(row["Ratio"] == HIDDEN for row in printed if row["Counted"] == HIDDEN)
    sets: dict[tuple[str, ...], int] = {}
    for row in printed:
        if row["Area"] != TOGETHER:
            key = (row["Measure"], row["Compared by"], row["Group"])
            sets[key] = sets.get(key, 0) + (row["Counted"] == HIDDEN)
    whole = {(row["Measure"], row["Compared by"], row["Group"]): row["Counted"]
             for row in printed if row["Area"] == TOGETHER}  # fmt: skip
    alone = [key for key, hidden in sets.items() if hidden == 1 and whole[key] != HIDDEN]
    assert not [key for key in alone if whole[key] != "0"]


def test_tables_of_both_kinds_hide_the_same_cells_and_none_is_known() -> None:
    draw = np.random.default_rng(3)
    for _ in range(40):
        reached, others = draw.poisson(draw.gamma(0.5, 12, (2, 6, 4)))
        mask = protected(reached, others, 5)
        for table in (reached, others):
            small = (table > 0) & (table < 5)
            assert mask[:-1, :-1][small].all()
            for line, hidden in ((table, mask[:-1, :-1]), (table.T, mask[:-1, :-1].T)):
                totals = mask[-1, :-1] if line is not table else mask[:-1, -1]
                alone = ((hidden & (line > 0)).sum(axis=1) == 1) & ~totals
                assert not alone.any()


def test_a_terminal_alone_sees_progress(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exports.write(tmp_path / "in", "Islehaven", children=20)
    cli.main(["analyse", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--pack", "england"])
    assert capsys.readouterr().err == ""


def test_spark_that_is_not_there_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("evenhand.regional.cli.find_spec", lambda name: None)
    words = ["analyse", str(tmp_path), "--out", str(tmp_path / "out"), "--engine", "spark"]
    assert cli.main(words) == 2
    assert "Spark is not installed here." in capsys.readouterr().err
