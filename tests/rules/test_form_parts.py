"""Meters, refusals and letters of a form: what is empty, what waits, what is to send."""

from __future__ import annotations

from datetime import date

from evenhand.rules.form_parts import Letter, Meter, Refusal, read_meter
from evenhand.rules.form_results import read
from evenhand.rules.question_sets import Question, QuestionSet
from evenhand.rules.trees import AllOf, Amount, Known
from evenhand.rules.values import Case

TODAY = date(2026, 3, 2)
SENT = Known("sent")
ASKED = QuestionSet(
    id="f", title="F", subject="message", from_=TODAY, is_own=True, is_once=False, of_child="may",
    permission="p",
    questions=(
        Question("views", "Views", "words"), Question("health", "Health", "words"),
        Question("sent", "Sent", "date"),
    ),
    meters=(Meter("sections", "Filled in", ("views", "health")),),
    refusals=(
        Refusal("few", AllOf((SENT, Amount("sections", "at_most", 1))), "Empty: {sections_empty}."),
    ),
    letters=(Letter("notice", "Notice", "School", SENT, ("Sent on {sent}.",)),),
)  # fmt: skip


def test_a_meter_names_what_is_empty_and_leaves_out_what_no_pack_asks() -> None:
    meter, labels = Meter("m", "M", ("a", "b", "gone")), {"a": "Views", "b": "Health"}

    found = read_meter(meter, labels, {"a": "written", "b": None})

    assert found == (1, 2, ("Health",))


def test_a_form_is_refused_only_while_its_condition_is_met() -> None:
    nothing: Case = {}
    sent_early: Case = {"sent": TODAY, "views": "written"}
    sent_whole: Case = {**sent_early, "health": "written"}

    assert read(ASKED, nothing, {}, TODAY).refused == ()
    assert read(ASKED, sent_early, {}, TODAY).refused == ("Empty: Health.",)
    assert read(ASKED, sent_whole, {}, TODAY).refused == ()


def test_a_letter_is_to_send_once_its_condition_is_met() -> None:
    assert read(ASKED, {}, {}, TODAY).letters == ()
    assert [one.id for one in read(ASKED, {"sent": TODAY}, {}, TODAY).letters] == ["notice"]
