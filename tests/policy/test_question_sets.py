"""Forms as a pack writes them, and the one sentence that is said of what cannot be used."""

from __future__ import annotations

from datetime import date

import pytest

from evenhand.policy import locking
from tests.policy.conftest import SmallPack

FORM = """- id: told
  title: Telling the referrer
  subject: referral
  from: 2005-04-01
  basis: text
  on: told_on
  spans: [{id: after, label: After, unit: days, starts: referral.received, stops: told_on}]
  questions:
    - {id: told_on, label: When, kind: date, fact: referral.feedback_given, missing: day missing}
    - id: how
      label: How
      kind: choice
      asked_when: {fact: after, at_least: 1}
      choices: [{id: phone, label: By phone}]
  rows:
    id: others
    label: Other
    most: 3
    questions: [{id: name, label: Who, kind: text}]
  derived: [{id: tier, label: Tier, levels: [{value: late, when: {fact: after, at_least: 8}}]}]
  notices: [{id: none, when: {count: name, exactly: 0}, words: nobody else told}]
  advice: [{id: ring, label: Ring them, when: {fact: tier, is: late}}]
  steps: [{id: tell, when: {fact: told_on, known: false}, task: x, what: Tell them}]
"""


@pytest.fixture
def forms(small: SmallPack) -> SmallPack:
    """A pack with a form in it."""
    (small.folder / "forms").mkdir()
    small.write("forms/all.yaml", FORM)
    return small


def test_a_form_is_read_whole(forms: SmallPack) -> None:
    found = forms.load().question_set("told", date(2026, 3, 2))
    assert found is not None
    assert [one.id for one in found.all_questions()] == ["told_on", "how", "name"]
    assert [(one.id, one.unit) for one in found.spans] == [("after", "days")]
    assert (found.on, found.facts()) == ("told_on", ("referral.feedback_given",))
    assert [one.id for one in found.steps] == ["tell"]


def test_the_edition_of_a_day_is_the_last_that_has_begun(forms: SmallPack) -> None:
    later = FORM.replace("2005-04-01", "2026-01-01").replace("Telling the", "Telling each")
    forms.write("forms/later.yaml", later)
    policy = forms.load()
    for day, title in ((date(2004, 1, 1), "the"), (date(2025, 12, 31), "the"),
                       (date(2026, 1, 1), "each")):  # fmt: skip
        found = policy.question_set("told", day)
        assert found is not None
        assert found.title == f"Telling {title} referrer"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("subject: referral", "subject: referal", 'no fact has the subject "referal"'),
        ("kind: date", "kind: day", '"day"'),
        ("fact: referral.feedback_given", "fact: referral.fedback", 'no fact "referral.fedback"'),
        ("kind: date, fact", "kind: yes_no, fact", '"referral.feedback_given" is a date'),
        ("id: how", "id: told_on", '"told_on" stands twice'),
        ("choices: [{id: phone, label: By phone}]", "hint: x", "0 stand with a question of kind"),
        ("fact: after, at_least: 1", "fact: afer, at_least: 1", 'no question is called "afer"'),
        ("unit: days", "unit: hours", '"hours"'),
        ("stops: told_on", "stops: how", '"how" is a code'),
        ("count: name", "count: told_on", '"told_on" holds a single value'),
        ("task: x", "tusk: x", "tusk"),
        ("on: told_on", "on: told_one", 'no question is called "told_one"'),
        ("missing: day missing", "who: nobody", '"nobody" is nobody'),
        ("  steps:", "  when_worker_changes: {task: x, what: y}\n  steps:", "about a referral"),
    ],
)
def test_what_a_form_cannot_mean_is_said_in_a_sentence(
    forms: SmallPack, old: str, new: str, words: str
) -> None:
    assert old in FORM
    forms.write("forms/all.yaml", FORM.replace(old, new, 1))
    faults = [str(fault) for fault in forms.faults()]
    assert any(words in fault for fault in faults), faults
    assert all("forms/all.yaml, line" in fault for fault in faults)


def test_an_edition_once_in_force_is_locked_and_a_later_one_is_added(forms: SmallPack) -> None:
    today = date(2026, 3, 2)
    policy = forms.load()
    assert policy.lock_problems(today)[0].remedy == locking.MAKE_LOCK
    locking.write(policy.packs[0], policy.written, policy.written_forms, today)
    assert forms.load().lock_problems(today) == ()
    forms.write("forms/all.yaml", FORM.replace("day missing", "no day"))
    (problem,) = forms.load().lock_problems(today)
    assert (problem.standard, problem.remedy) == ("forms/told", locking.ADD_LATER)
    later = FORM.replace("2005-04-01", "2026-04-01").replace("day missing", "no day")
    forms.write("forms/all.yaml", FORM)
    forms.write("forms/later.yaml", later)
    assert forms.load().lock_problems(today) == ()
    assert "not locked" in forms.load().lock_problems(date(2026, 4, 1))[0].found


def test_a_step_whose_kind_of_task_no_pack_has_is_a_problem(forms: SmallPack) -> None:
    (problem,) = forms.load().problems()
    assert str(problem).startswith('told: it asks for a task "x", which tasks.yaml has not')
    forms.write("tasks.yaml", "kinds: [{id: x, words: Tell them}]\n")
    assert forms.load().problems() == ()
