"""Seeded faults on both databases: nothing acknowledged is lost, nothing is there twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import timezone

from evenhand.people.actions import answer
from evenhand.people.models import IdentityStatement
from tests import factories as make
from tools.faults import __main__ as faults
from tools.faults import invariants
from tools.faults.plan import FAULTS, rounds

TURNS = {"sqlite": (1, 12), "postgresql": (13, 24)}


@pytest.mark.skipif(sys.platform != "linux", reason="room is taken with Linux's prlimit")
@pytest.mark.parametrize("database", TURNS)
def test_a_round_of_each_fault_loses_nothing(
    database: str, tmp_path: Path, empty_databases: Path
) -> None:
    """Every fault on each database; a round that fails says which it was."""
    first, last = TURNS[database]
    command = [
        sys.executable, "-m", "tools.faults", "--database", database, "--seed", "1",
        "--first", str(first), "--rounds", str(last), "--folder", str(tmp_path),
        "--empty", str(empty_databases),
    ]  # fmt: skip
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("EVENHAND_", "DJANGO_"))}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=kept)
    assert done.returncode == 0, done.stdout + done.stderr
    state = json.loads((tmp_path / "state.json").read_text())[f"{database} 1"]
    assert set(state["done"].values()) == set(FAULTS)


def test_the_same_seed_gives_the_same_rounds() -> None:
    """However many are asked for; another seed gives others."""
    assert rounds(30, 7)[:12] == rounds(12, 7)
    assert {one.fault for one in rounds(12, 7)} == set(FAULTS)
    assert rounds(12, 7) != rounds(12, 8)


def test_rounds_that_are_done_are_not_done_again(tmp_path: Path) -> None:
    """What failed is remembered too."""
    first, second = rounds(2, 7)
    state = faults._State(tmp_path / "state.json", "sqlite", 7)
    state.note(first, [])
    state.note(second, ["lost: a mark"])
    again = faults._State(tmp_path / "state.json", "sqlite", 7)
    assert set(again.done) == {1, 2}
    assert again.failed == {2: ["lost: a mark"]}
    assert not faults._State(tmp_path / "state.json", "postgresql", 7).done


@pytest.mark.django_db
def test_what_is_lost_twice_or_without_history_is_found() -> None:
    """The eyes of the rounds see."""
    by, child = make.user("social_worker"), make.child()
    for _ in range(2):
        answer(
            child, by=by, at=timezone.now(), characteristic="ethnicity", status="answered",
            answer="WBRI", own_words="mark 1", said_by="child", asked_on=timezone.localdate(),
        )  # fmt: skip
    told = {"kind": "answer", "statuses": [302], "is_acknowledged": True}
    marks = [{**told, "mark": f"mark {n}"} for n in (1, 2)]
    assert [line.split(" (")[0] for line in invariants._marks(marks)] == [
        "2 times: mark 1", "lost: mark 2",
    ]  # fmt: skip
    assert list(invariants._entries()) == []
    IdentityStatement.objects.latest("pk").delete()
    assert list(invariants._entries()) == ["identity.answered: 1 records and 2 entries"]
