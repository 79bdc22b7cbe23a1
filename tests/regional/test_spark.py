"""Spark counts what the columns count, row for row; where Spark and Java are there."""

from __future__ import annotations

import gc
import json
from importlib.util import find_spec
from pathlib import Path
from shutil import which

import polars as pl
import pytest

from evenhand.problems import Problem
from evenhand.regional import by_columns
from evenhand.regional.counts import together
from tests.regional import exports
from tests.regional.conftest import planned

pytestmark = [
    pytest.mark.skipif(find_spec("pyspark") is None, reason="no Spark: make test SPARK=1"),
    pytest.mark.skipif(which("java") is None, reason="Spark needs Java, and none is here"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # Spark leaves its sockets open
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


def _region(folder: Path) -> Path:
    """Two with standings in one folder, and one whose clocks come from its facts and whose day is
    another; a child that is in no file of children, and a horizon that begins late."""
    exports.write_together(folder / "both", ["Islehaven", "Northmoor"])
    frames = exports.made("Vale", seed=9, children=60)
    del frames["standings"]
    stray = frames["referral"].head(5).with_columns(child=pl.lit(10_000, pl.Int64))
    frames["referral"] = pl.concat([frames["referral"], stray])
    exports.write(folder / "vale", "Vale", frames)
    told = json.loads((folder / "vale" / "schema.json").read_text("utf-8"))
    for column in told["files"][0]["columns"]:
        column["held_from"] = "2025-06-01"
    (folder / "vale" / "schema.json").write_text(json.dumps(told), "utf-8")
    return folder


def test_spark_counts_what_the_columns_count(tmp_path: Path) -> None:
    from evenhand.regional import by_spark

    plans, _ = planned(_region(tmp_path / "in"))
    assert any(plan.clocks for plan in plans)
    assert any(plan.stands for plan in plans)
    ours = together(by_columns.count(plan, 1024, tmp_path / "room") for plan in plans)
    with by_spark.session("local[2]", 1024) as session:
        theirs = together(by_spark.count(plan, session) for plan in plans)
    stopped = pytest.raises(Problem, match="Spark stopped before all was counted")
    with stopped, by_spark.session("local[2]", 1024) as session:
        session.read.parquet(str(tmp_path / "nowhere"))
    gc.collect()
    assert len(ours) > 400
    assert ours.equals(theirs)
