"""Messages, letters and referrals: when they came, and when somebody was answered."""

from __future__ import annotations

import pytest

from tests import factories as make
from tests.clock import Clock
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
MESSAGE = {"received_at_day": "2/4/2026", "received_at_time": "4pm", "caller": "Jo Reed"}


@pytest.mark.clause("IOW-2.4.24-a", rests_on="isle-of-wight/message-answered")
def test_a_message_before_easter_is_due_on_tuesday_and_an_acknowledgement_answers_it(
    clock: Clock,
) -> None:
    clock.at("2026-04-02 16:05")
    desk = Desk()
    message = desk.writes("phone-message", **MESSAGE)
    clock.at("2026-04-07 17:00")
    due, stands = desk.promise(message, "A phone message is answered")
    assert due == "Tue 7 April 2026"
    assert stands.startswith("open")
    desk.puts_right(message, **MESSAGE, answered="7/4/2026")
    assert desk.promise(message, "A phone message")[1].startswith("keptDone")
    clock.at("2026-04-08")
    desk.puts_right(message, **MESSAGE, answered="8/4/2026")
    assert desk.promise(message, "A phone message")[1].startswith("kept late")


@pytest.mark.clause("IOW-2.4.24-b", rests_on="isle-of-wight/referral-feedback")
def test_a_referrer_is_told_within_seven_working_days_of_good_friday(clock: Clock) -> None:
    desk = Desk()
    child = desk.child()
    earlier = make.referral(child, clock.at("2026-03-20").date())
    desk.writes("referrer-told", child, earlier.pk, feedback_given="20/3/2026")
    referral = make.referral(child, clock.at("2026-04-03").date())
    clock.at("2026-04-20")
    told = desk.writes("referrer-told", child, referral.pk, feedback_given="15/4/2026")
    due, stands = desk.promise(told, "The referrer is told the outcome")
    assert due == "Wed 15 April 2026"
    assert stands.startswith("keptDone")
    desk.puts_right(told, feedback_given="16/4/2026")
    assert desk.promise(told, "The referrer is told the outcome")[1].startswith("kept late")


@pytest.mark.clause("IOW-2.4.24-c", rests_on="isle-of-wight/letter-answered")
def test_a_letter_of_december_is_due_in_january_and_a_holding_reply_leaves_it_open(
    clock: Clock,
) -> None:
    clock.at("2026-12-16")
    desk = Desk()
    asked = {"received": "14/12/2026", "sender": "Jo Reed"}
    letter = desk.writes("letter", **asked, holding_reply="16/12/2026")
    clock.at("2027-01-14")
    due, stands = desk.promise(letter, "A letter or e-mail")
    assert due == "Thu 14 January 2027"
    assert stands.startswith("open")
    desk.puts_right(letter, **asked, holding_reply="16/12/2026", answered_in_full="14/1/2027")
    assert desk.promise(letter, "A letter or e-mail")[1].startswith("keptDone")
