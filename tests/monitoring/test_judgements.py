"""The register of judgements: what is refused, taken back, and closed to whom."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.equality.pathway import step_called
from evenhand.facts.adopted import policy
from evenhand.monitoring.actions import act_on, record_judgement, take_judgement_back
from evenhand.monitoring.judgements import scale
from evenhand.monitoring.models import Judgement
from evenhand.monitoring.outcomes import chosen
from evenhand.monitoring.queries.judgements import actions_on, judgements_for
from evenhand.problems import Problem
from evenhand.work.actions import set_aside
from tests import factories as make
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
GOOD = {"area": "safeguarding", "given": "adequate", "judged_on": date(2009, 11, 30),
        "source": "The report"}  # fmt: skip


def judged(**fields: object) -> Judgement:
    return record_judgement(**{**GOOD, "by": make.user("director"), "at": NOW, **fields})


@pytest.mark.parametrize(
    "wrong",
    [{"area": "parking"}, {"given": "splendid"}, {"judged_on": TODAY + timedelta(days=1)}],
)
def test_what_the_packs_have_not_or_is_to_come_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(Problem):
        judged(**wrong)


def test_a_judgement_is_recorded_once_and_again_after_it_was_taken_back() -> None:
    one, by = judged(), make.user("director")
    with pytest.raises(Problem, match="recorded already"):
        judged(source="the REPORT")
    take_judgement_back(one, by=by, at=NOW, reason="Of another authority")
    with pytest.raises(Problem, match="taken back before"):
        take_judgement_back(one, by=by, at=NOW, reason="Again")
    again = judged()
    assert list(judgements_for(by)) == [again]


def test_an_action_that_is_not_needed_answers_nothing() -> None:
    one, by = judged(), make.user("director")
    first = act_on(one, by=by, at=NOW, what="Ask families.")
    act_on(one, by=by, at=NOW, what="Train everybody.")
    assert len(actions_on(by, [one])[one.ref]) == 2
    set_aside(first, by=by, at=NOW, version=first.version, reason="We do already.")
    assert [task.what for task in actions_on(by, [one])[one.ref]] == ["Train everybody."]


def test_every_outcome_that_the_packs_choose_is_there() -> None:
    named = {*chosen().of, *(outcome for area in scale().areas for outcome in area.outcomes)}
    assert len(chosen().of) == 3
    known = {name for name in named if step_called(name) or name in policy().standards}
    assert named == known


def test_what_is_wrong_on_the_form_is_said_and_nothing_is_kept(client: Client) -> None:
    client.force_login(make.user("quality_assurance"))
    said = client.post(reverse("monitoring:new-judgement"), {"area": "safeguarding"})
    assert said.status_code == 200
    assert not Judgement.objects.exists()
