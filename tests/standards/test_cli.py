"""``evenhand standards``: the figures of the authority or a team, for people and for machines."""

from __future__ import annotations

import argparse
import json
from datetime import date

import pytest

from evenhand.problems import Problem
from evenhand.standards import standing
from evenhand.standards.cli import run
from tests import factories as make
from tests.standards.conftest import Authority

REVIEW = "england/looked-after-review"


def _args(**given: object) -> argparse.Namespace:
    return argparse.Namespace(
        **{"standard": None, "team": None, "month": None, "json": False, **given}
    )


def test_the_authoritys_figures_are_printed(
    authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(_args()) == 0
    said = capsys.readouterr().out
    assert "Looked-after reviews are held (the law's limit)" in said
    assert "50%" in said
    assert "more are written and wait for something to record what starts them." in said


def test_figures_for_machines_of_one_standard_and_team(
    authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(_args(json=True, standard=REVIEW, team=authority.team.code)) == 0
    told = json.loads(capsys.readouterr().out)
    (one,) = told["standards"]
    assert (one["id"], one["late"], one["kept"], one["law"]) == (REVIEW, 1, 0, True)


def test_figures_of_a_month(authority: Authority, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(_args(json=True, standard=REVIEW, month="2026-09")) == 0
    assert json.loads(capsys.readouterr().out)["standards"][0]["due"] == 0


def test_with_nothing_imported_it_says_what_comes_next(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(_args()) == 0
    assert "evenhand import" in capsys.readouterr().out


def test_with_an_old_extract_alone_it_says_until_when_that_goes(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    """It was imported: that nothing is timed yet would send somebody to import it again."""
    make.coverage("assessment.authorised", "assessment.started", complete_to=None)
    make.assessment(make.child(), date(2019, 1, 7), authorised_on=date(2019, 2, 4))
    standing.refresh(make.NOW)
    assert run(_args()) == 0
    said = capsys.readouterr().out
    assert "nothing of this is counted in the last 12 months" in said
    assert "what is held falls due up to Mon 11 March 2019" in said


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"standard": "england/looked-after-revue"}, "No adopted pack has a standard called"),
        ({"team": "NOBODY"}, 'No team has the code "NOBODY"'),
        ({"month": "October"}, '"October" is not a month'),
    ],
)
def test_a_wrong_word_is_answered_with_a_sentence(
    db: None, given: dict[str, str], sentence: str
) -> None:
    with pytest.raises(Problem) as told:
        run(_args(**given))
    assert sentence in told.value.sentence
    assert told.value.remedy
