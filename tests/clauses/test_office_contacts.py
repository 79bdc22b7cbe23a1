"""Messages, letters and referrals: when they came, and when somebody was answered."""

from __future__ import annotations

import pytest

from evenhand.accounts.models import Role
from evenhand.standards import standing
from tests import factories as make
from tests.clock import Clock
from tests.pages import table_of
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


@pytest.mark.clause("IOW-2.4.26-l", rests_on="isle-of-wight/referral-feedback")
def test_acknowledging_and_telling_a_referrer_is_one_promise_and_one_breach(clock: Clock) -> None:
    desk = Desk()
    child = desk.child()
    clock.at("2026-05-20")
    earlier = make.referral(child, clock.at("2026-05-20").date())
    desk.writes("referrer-told", child, earlier.pk, feedback_given="20/5/2026")
    referral = make.referral(child, clock.at("2026-05-20").date())
    acknowledged = desk.writes(
        "referrer-acknowledged", child, referral.pk, acknowledged="20/5/2026"
    )
    clock.at("2026-06-01 12:00")
    found = desk.promises(acknowledged)
    told = [name for name in found if name.startswith("The referrer is told the outcome")]
    assert len(told) == 1
    assert found[told[0]][0] == "Mon 1 June 2026"
    assert found[told[0]][1].startswith("open")
    clock.at("2026-06-02 12:00")
    rows = desk.promises(acknowledged).values()
    late = [row for row in rows if row[1].startswith("late")]
    assert len(late) == 1


CALLER = {
    "arrived_at_day": "11/5/2026", "arrived_at_time": "10:15", "caller": "Jo Reed",
}  # fmt: skip


@pytest.mark.clause("IOW-2.4.23", rests_on="isle-of-wight/seen-when-promised")
def test_a_caller_who_waits_past_the_time_they_were_given_turns_red(clock: Clock) -> None:
    clock.at("2026-05-11 10:16")
    desk = Desk()
    promised = {"promised_at_day": "11/5/2026", "promised_at_time": "10:30"}
    call = desk.writes("caller", **CALLER, **promised)
    clock.at("2026-05-11 10:30")
    assert desk.promise(call, "A caller at reception")[1].startswith("open")
    clock.at("2026-05-11 10:31")
    assert desk.promise(call, "A caller at reception")[1].startswith("late")
    assert "eh-state--late" in desk.get("recording:one", call.ref).content.decode()
    duty = Desk("Mae Sound", role=Role.TEAM_MANAGER, team=desk.team)
    for reader, whose in ((desk, ""), (duty, "team")):
        assert "A caller at reception" in reader.words("promises:mine", whose=whose)


@pytest.mark.clause("IOW-2.4.23", rests_on="forms/caller/promised_at")
def test_a_caller_who_was_given_no_time_is_written_down_and_shown(clock: Clock) -> None:
    clock.at("2026-05-11 10:16")
    desk = Desk("Robin Pier")
    call = desk.writes("caller", **CALLER)
    assert "Time not given: Robin Pier, Mon 11 May 2026" in desk.reads(call)


PLANNED = {"planned_at_day": "11/5/2026", "planned_at_time": "10:00", "where": "home"}
HELD = {**PLANNED, "became": "held", "began_at_day": "11/5/2026"}


@pytest.mark.clause("IOW-2.4.24-d", rests_on="forms/appointment/began_at")
def test_an_appointment_a_minute_late_is_late_and_asks_whether_they_were_told(
    clock: Clock,
) -> None:
    clock.at("2026-05-11 17:00")
    desk = Desk()
    met = desk.writes("appointment", **HELD, began_at_time="10:00")
    assert "How it began On time" in desk.reads(met)
    assert desk.promise(met, "An appointment begins")[1].startswith("keptDone")
    desk.puts_right(met, **HELD, began_at_time="10:01")
    assert "Late by 1 minute" in desk.reads(met)
    assert desk.promise(met, "An appointment begins")[1].startswith("kept late")
    assert "How were they told that we would be late?" in desk.words("recording:change", met.ref)
    desk.writes("appointment", **HELD, began_at_time="9:58")
    standing.refresh(clock.at("2026-05-12"))
    lead = Desk("Di Reed", role=Role.DIRECTOR)
    page = lead.get("standards:standard", "isle-of-wight", "appointment-on-time")
    rates = {row[0]: row[1:3] for row in table_of(page, "By team or service")}
    assert rates[desk.team.name] == ["50%", "2"]


@pytest.mark.clause("IOW-2.4.24-e", rests_on="forms/appointment/told_late")
def test_a_late_start_of_which_nobody_was_told_is_a_standard_not_kept(clock: Clock) -> None:
    clock.at("2026-05-11 17:00")
    desk = Desk()
    met = desk.writes("appointment", **HELD, began_at_time="10:20")
    missing = "Standard not kept, user not told that we were late: Ana Quay, Mon 11 May 2026"
    assert missing in desk.reads(met)
    told = {"told_late": "phone", "told_late_at_day": "11/5/2026", "told_late_at_time": "9:50"}
    desk.puts_right(met, **HELD, began_at_time="10:20", **told)
    assert "not told that we were late" not in desk.reads(met)


@pytest.mark.clause("IOW-2.4.24-f", rests_on="forms/appointment/told_cancelled")
def test_a_cancellation_of_which_nobody_was_told_is_shown(clock: Clock) -> None:
    clock.at("2026-05-11 17:00")
    desk = Desk()
    off = desk.writes("appointment", **PLANNED, became="cancelled")
    assert "User not informed: Ana Quay, Mon 11 May 2026" in desk.reads(off)
    told = {"told_cancelled_at_day": "11/5/2026", "told_cancelled_at_time": "09:10"}
    desk.puts_right(off, **PLANNED, became="cancelled", told_cancelled="phone", **told)
    assert "User not informed" not in desk.reads(off)
    assert "By phone" in desk.reads(off)
    assert "9:10am" in desk.reads(off)
    assert "Users are told of a cancellation Kept" in desk.reads(off)
