"""``evenhand analyse``: who fares worse, over the exports of a region or of England."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from shutil import which

import polars as pl
from tqdm import tqdm

from evenhand.problems import Problem
from evenhand.regional.analysing import Analysed, Engine, analyse
from evenhand.regional.plans import Plan

WELL, LEFT_OUT = 0, 1
PACK_SETTING, OWN_PACK = "EVENHAND_PACK", "islehaven"
SPARK = "spark"


def run(arguments: argparse.Namespace) -> int:
    """Analyse, and say where the figures are, what was found and what was left out."""
    pack = arguments.pack or os.environ.get(PACK_SETTING, OWN_PACK)
    out = Path(arguments.out)
    with _progress() as told, _engine(arguments, told) as engine:
        done = analyse(Path(arguments.path), out, pack, engine)
    print(_as_json(done) if arguments.json else _in_words(done))
    return LEFT_OUT if done.left_out else WELL


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """One line that moves, on a terminal alone."""
    with tqdm(unit=" steps", disable=not sys.stderr.isatty(), leave=False) as line:

        def told(what: str) -> None:
            line.set_description_str(what, refresh=False)
            line.update()

        yield told


@contextmanager
def _engine(arguments: argparse.Namespace, told: Callable[[str], None]) -> Iterator[Engine]:
    if arguments.engine == SPARK:
        _refuse_without_spark()
        by_spark = import_module("evenhand.regional.by_spark")
        with by_spark.session(arguments.master, arguments.memory) as session:
            yield lambda plan, _room: by_spark.count(plan, session, told)
        return
    by_columns = import_module("evenhand.regional.by_columns")

    def engine(plan: Plan, room: Path) -> pl.DataFrame:
        found: pl.DataFrame = by_columns.count(plan, arguments.memory, room, told)
        return found

    yield engine


def _refuse_without_spark() -> None:
    if find_spec("pyspark") is None:
        raise Problem(
            "Spark is not installed here.",
            "Install it with `pip install evenhand[spark]`, or use --engine columns.",
        )
    if which("java") is None and "JAVA_HOME" not in os.environ:
        raise Problem(
            "Spark needs Java, and no `java` was found.",
            "Install Java 17 or later and set JAVA_HOME, or use --engine columns.",
        )


def _in_words(done: Analysed) -> str:
    found = "1 difference is" if done.findings == 1 else f"{done.findings:,} differences are"
    who = (
        done.authorities[0]
        if len(done.authorities) == 1
        else f"{len(done.authorities)} authorities"
    )
    lines = [
        f"{who}: {done.rows:,} groups compared; {found} more than chance would bring.",
        *(f"Left out: {each}" for each in done.left_out),
        f"Written to {done.folder}. Begin with findings.txt.",
    ]
    return "\n".join(lines)


def _as_json(done: Analysed) -> str:
    return json.dumps({**done._asdict(), "folder": str(done.folder)}, indent=2)
