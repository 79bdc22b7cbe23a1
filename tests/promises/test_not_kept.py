"""What was not kept: the reason, a review by another, what was done, and what was let off."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from evenhand.accounts.models import Role
from evenhand.people.models import Child
from evenhand.promises.models import Allowance, Explanation
from evenhand.standards import standing
from evenhand.standards.models import Standing
from tests import factories as make
from tests.clock import Clock
from tests.pages import links_of, main_of, table_of
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
REVIEWS = ("care_period.reviews_held", "care_period.started", "care_period.legal_statuses")
REVIEW = "Looked-after reviews are held"


@pytest.fixture
def desk(clock: Clock) -> Desk:
    """A social worker with a child in care whose first review is late."""
    clock.at("2026-04-22")
    make.coverage(*REVIEWS, complete_to=None)
    desk = Desk()
    late(desk, clock)
    return desk


@pytest.fixture
def manager(desk: Desk) -> Desk:
    return Desk("Bo Reed", role=Role.TEAM_MANAGER, team=desk.team)


def late(desk: Desk, clock: Clock) -> Child:
    child = desk.child()
    make.legal_status(make.care_period(child, date(2026, 3, 2)), "C2")
    standing.refresh(clock.at("2026-04-22"))
    return child


def promise(desk: Desk) -> str:
    links = links_of(desk.get("promises:mine", section="late"))
    return next(link for link in links if link.startswith("/my-work/child/"))


def does(desk: Desk, step: str, where: str, **given: str) -> str:
    """Send one step, and return the words of the page that follows."""
    reply = desk.client.post(f"{where}{step}/", given, follow=True)
    return main_of(reply)


def test_a_reason_a_review_by_another_and_what_was_done(desk: Desk, manager: Desk) -> None:
    where = promise(desk)
    said = does(desk, "why", where, reason="another-agency", words="Waited for the school.")
    assert "We waited for another agency" in said
    assert "Waits for a manager" in said
    assert "Review the reason" not in said
    waiting = table_of(manager.get("promises:not-kept"), "Reasons that wait for a review")
    assert waiting[0][0] == REVIEW
    said = does(manager, "review", where, words="Agreed.", done="We now ask a week earlier.")
    assert "We now ask a week earlier." in said
    assert Explanation.objects.get().reviewed_by == manager.user
    assert Standing.objects.filter(done_on=None, due_on="2026-03-30").exists()


def test_nobody_reviews_their_own_reason(manager: Desk, desk: Desk) -> None:
    where = promise(desk)
    does(manager, "why", where, reason="sickness")
    said = does(manager, "review", where, words="Fine.")
    assert "There is nothing to do of that kind any more." in said or "Waits for a manager" in said
    assert Explanation.objects.get().reviewed_by is None


def test_a_worker_may_neither_review_nor_let_off(desk: Desk) -> None:
    where = promise(desk)
    for step in ("review", "let-off", "end-let-off"):
        assert desk.client.get(f"{where}{step}/").status_code == 403
    assert desk.client.get(f"{where}other/").status_code == 404


def test_a_pause_stands_beside_the_clock_with_its_reason_person_and_end(
    desk: Desk, manager: Desk, clock: Clock
) -> None:
    where = promise(desk)
    given = {"kind": "pause", "starts_on": "16/3/2026", "until": "4/5/2026", "reason": "Abroad"}
    said = does(manager, "let-off", where, **given)
    assert "The clock stands still" in said
    assert "Bo Reed" in said
    assert "Abroad" in said
    assert "Mon 30 March 2026" in said
    assert "Mon 18 May 2026" in said
    row = table_of(desk.get("promises:mine", section="waiting"), "What waits")[0]
    assert "The clock stands still until Mon 4 May 2026, agreed by Bo Reed" in row[3]
    standing.refresh(clock.at("2026-05-05"))
    assert table_of(desk.get("promises:mine", section="late"), "What waits")[0][0].startswith(
        REVIEW
    )
    assert Standing.objects.filter(due_on="2026-03-30").exists()


def test_an_exemption_leaves_nothing_to_do_until_it_is_ended(desk: Desk, manager: Desk) -> None:
    where = promise(desk)
    given = {"starts_on": "22/4/2026", "until": "1/7/2026", "reason": "Adoption order made"}
    does(manager, "let-off", where, kind="exemption", **given)
    assert "It need not be done until Wed 1 July 2026" in desk.words(
        "promises:mine", section="later"
    )
    does(manager, "end-let-off", where, reason="The order was set aside")
    assert "Nothing waits" in desk.words("promises:mine", section="later")
    assert Allowance.objects.get().ended_by == manager.user


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"until": "1/4/2026"}, "It would end before it begins"),
        ({"until": "1/4/2027"}, "It may last until 22/07/2026 at most"),
        ({"reason": ""}, "Why?"),
    ],
)
def test_an_impossible_pause_is_told_in_a_sentence(
    desk: Desk, manager: Desk, given: dict[str, str], said: str
) -> None:
    form = {"kind": "pause", "starts_on": "22/4/2026", "until": "1/5/2026", "reason": "Ill"}
    assert said in does(manager, "let-off", promise(desk), **{**form, **given})
    assert not Allowance.objects.exists()


def test_patterns_across_reasons_by_standard_and_team(
    desk: Desk, manager: Desk, clock: Clock
) -> None:
    late(desk, clock)
    links = links_of(desk.get("promises:mine", section="late"))
    for where in {link for link in links if link.startswith("/my-work/child/")}:
        does(desk, "why", where, reason="interpreter")
    rows = table_of(manager.get("promises:not-kept"), "Why promises were not kept")
    law = next(row for row in rows if "The law's limit" in row[0])
    assert law[1:] == [
        str(desk.team), "An interpreter, a format or access was not there in time", "2", "0",
    ]  # fmt: skip
    none = manager.words("promises:not-kept", standard="england/single-assessment")
    assert "interpreter" not in none or "Standard" in none
    stranger = Desk("Cy Stone", role=Role.TEAM_MANAGER)
    assert "No reason has been given yet." in stranger.words("promises:not-kept")
    assert desk.client.get(reverse("promises:not-kept")).status_code == 403
