"""Meters, refusals and letters as a pack writes them, and what is said of those it cannot use."""

from __future__ import annotations

from datetime import date

from tests.policy.conftest import SmallPack

FORM = """- id: told
  title: Telling the referrer
  subject: referral
  from: 2005-04-01
  basis: text
  questions:
    - {id: views, label: Views, kind: words}
    - {id: told_on, label: When, kind: date, fact: referral.feedback_given}
    - {id: sure, label: Send it anyway?, kind: yes_no, asked_when: {fact: filled, at_most: 0}}
  meters: [{id: filled, label: Filled in, questions: [views]}]
  refusals: [{id: empty, when: {fact: filled, at_most: 0}, words: Nothing is filled in.}]
  letters:
    - {id: notice, title: Notice, to: School, when: {fact: told_on, known: true},
       paragraphs: [A, B]}
"""


def test_a_form_has_meters_refusals_and_letters(small: SmallPack) -> None:
    (small.folder / "forms").mkdir()
    small.write("forms/all.yaml", FORM)

    found = small.load().question_set("told", date(2026, 3, 2))

    assert found is not None
    assert [one.questions for one in found.meters] == [("views",)]
    assert [one.words for one in found.refusals] == ["Nothing is filled in."]
    assert [(one.to, one.paragraphs) for one in found.letters] == [("School", ("A", "B"))]


def test_a_meter_of_a_question_that_nobody_asks_names_the_nearest(small: SmallPack) -> None:
    (small.folder / "forms").mkdir()
    small.write("forms/all.yaml", FORM.replace("[views]", "[view]"))

    (fault,) = small.faults()

    assert 'no question is called "view"' in str(fault)
    assert "views" in str(fault)


SECTIONS = """  sections:
    - {id: said, title: What was said, questions: [views, sure], grade: sure}
  compliance: [{standard: small/nobody}]
  room: audits
"""


def test_a_form_has_sections_and_stands_beside_standards(small: SmallPack) -> None:
    (small.folder / "forms").mkdir()
    small.write("forms/all.yaml", FORM + SECTIONS)

    policy = small.load()
    found = policy.question_set("told", date(2026, 3, 2))

    assert found is not None
    assert [(one.title, one.questions, one.grade) for one in found.sections] == [
        ("What was said", ("views", "sure"), "sure")
    ]
    assert found.room == "audits"
    assert any('"small/nobody", a standard that no pack has' in str(p) for p in policy.problems())


def test_a_grade_is_among_the_questions_of_its_section(small: SmallPack) -> None:
    (small.folder / "forms").mkdir()
    small.write("forms/all.yaml", FORM + SECTIONS.replace("[views, sure]", "[views]"))

    (fault,) = small.faults()

    assert '"sure" is no question of this section' in str(fault)
