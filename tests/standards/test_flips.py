"""`evenhand policy diff` says whose result would change if a value did."""

import argparse
import json
from datetime import timedelta

import pytest

from evenhand.standards import flips
from tests import factories as make

pytestmark = pytest.mark.django_db
STANDARD = "england/single-assessment"


def what_if(value: int, capsys: pytest.CaptureFixture[str]) -> dict[str, list[dict[str, object]]]:
    asked = argparse.Namespace(folders=[], standard=STANDARD, value=value, json=True)
    assert flips.diff(asked) == 0
    found: dict[str, list[dict[str, object]]] = json.loads(capsys.readouterr().out)["flips"]
    return found


def test_a_shorter_limit_names_the_results_it_would_turn(
    capsys: pytest.CaptureFixture[str],
) -> None:
    team = make.team("Quay Team")
    make.coverage("assessment.authorised", "assessment.started")
    began = make.TODAY - timedelta(days=200)
    make.assessment(make.child(), began, authorised_on=began + timedelta(days=28), team=team)
    make.assessment(make.child(), began, authorised_on=began + timedelta(days=7), team=team)

    turned = what_if(10, capsys)[STANDARD]

    assert turned == [{"subject": "Quay Team", "cycle": 1, "before": "kept", "after": "kept late"}]


def test_the_same_value_turns_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    make.coverage("assessment.authorised", "assessment.started")
    make.assessment(make.child(), make.TODAY - timedelta(days=300))

    assert what_if(45, capsys)[STANDARD] == []
