"""Decisions and letters: what is kept, what is refused, who may read, and when a letter goes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.models import Role
from evenhand.eligibility import actions
from evenhand.eligibility.letters import language_of
from evenhand.eligibility.models import Decision, Letter
from evenhand.eligibility.pack import decidable
from evenhand.eligibility.queries import LAST
from evenhand.history.models import Entry
from evenhand.people.actions import answer, rebuild_lists
from evenhand.problems import Problem
from tests import factories as make
from tests.clock import Clock
from tests.eligibility.tier import advised, decides, referred
from tests.pages import links_of, main_of, table_of
from tests.recording.desk import Desk
from tests.records.pdf_text import words_of

pytestmark = pytest.mark.django_db
WHY = "Wren can get the help that she needs at the youth club."


@pytest.fixture
def desk(clock: Clock) -> Desk:
    """Somebody at their desk on a Monday in February."""
    clock.at("2026-02-02")
    return Desk()


def posts(desk: Desk, route: str, ref: str, **given: Any) -> HttpResponse:
    """Send a form of this room."""
    reply: Any = desk.client.post(reverse(f"eligibility:{route}", args=[ref]), given)
    return reply


def written(desk: Desk, words: str = "", **given: Any) -> Letter:
    """A letter on a decision of today."""
    decision = decides(desk, advised(desk, level="low"), decided="tier-1", **given)
    page = desk.get("eligibility:write", decision.ref)
    told = {"language": "English", "format": "Large print", "words": words or proposal_of(page)}
    assert posts(desk, "write", decision.ref, **told).status_code == 302
    return Letter.objects.latest("pk")


def proposal_of(page: HttpResponse) -> str:
    """The letter that a page proposes."""
    return str(page.context["form"].initial["words"])  # type: ignore[attr-defined]


def test_a_letter_says_the_reasons_and_goes_only_after_somebody_looked(
    desk: Desk, clock: Clock
) -> None:
    letter = written(desk, reasons=WHY, decided_by="Jo Reed")
    page = desk.words("eligibility:letter", letter.ref)
    assert WHY in page
    assert "We decided: Tier 1: inclusion." in page
    assert "stays open to you" not in page
    assert "It has not been sent." in page
    clock.at("2026-02-03")
    refused = posts(desk, "send", letter.ref, sent_how="By post", sent_on="3/2/2026")
    assert "safe contact" in main_of(refused)
    assert Letter.objects.get().sent_on is None
    told = {"contact_seen": "Nothing speaks against it", "sent_how": "By post"}
    assert posts(desk, "send", letter.ref, **told, sent_on="3/2/2026").status_code == 302
    page = desk.words("eligibility:letter", letter.ref)
    assert "It went on Tue 3 February 2026: By post. Ana Quay looked first" in page
    decision = Decision.objects.get()
    assert (decision.told_on, decision.told_how) == (date(2026, 2, 3), "By post")
    assert posts(desk, "send", letter.ref, **told, sent_on="3/2/2026").status_code == 404


def test_a_letter_is_given_as_a_pdf_and_as_plain_text(desk: Desk) -> None:
    letter = written(desk, "We decided.\r\n\r\n" + WHY)
    assert letter.words.split("\n\n") == ["We decided.", WHY]
    pdf = desk.get("eligibility:letter-file", letter.ref, "pdf").content
    assert WHY in " ".join(words_of(pdf).split())
    plain = desk.get("eligibility:letter-file", letter.ref, "txt").content.decode()
    assert WHY in plain


def test_a_letter_in_letters_that_the_typeface_has_not_is_given_as_text_alone(desk: Desk) -> None:
    letter = written(desk, words="\N{ARABIC LETTER ALEF}\N{ARABIC LETTER BEH}")
    links = links_of(desk.get("eligibility:letter", letter.ref))
    assert reverse("eligibility:letter-file", args=[letter.ref, "txt"]) in links
    assert reverse("eligibility:letter-file", args=[letter.ref, "pdf"]) not in links
    assert desk.get("eligibility:letter-file", letter.ref, "pdf").status_code == 404


def test_the_familys_language_is_proposed(desk: Desk) -> None:
    child = desk.child()
    assert language_of(child) == "English"
    answer(
        child, by=desk.user, at=timezone.now(), characteristic="first_language", said_by="child",
        status="answered", answer="pol", asked_on=date(2026, 2, 2), how="Face to face",
    )  # fmt: skip
    rebuild_lists(today=date(2026, 2, 2))
    assert language_of(child) == "Polish"


def test_a_challenge_waits_for_an_answer(desk: Desk, clock: Clock) -> None:
    decision = decides(desk, advised(desk, level="low"), decided="tier-1", decided_by="Jo Reed")
    clock.at("2026-02-09")
    told = {"challenged_on": "9/2/2026", "challenged_by": "Her mother", "challenge": "It is not so"}
    assert posts(desk, "challenge", decision.ref, **told).status_code == 302
    lacks = "Answer to the challenge of Mon 9 February 2026 missing: Jo Reed"
    assert lacks in desk.words("eligibility:decision", decision.ref)
    told |= {"answered_on": "8/2/2026"}
    assert "before the challenge" in main_of(posts(desk, "challenge", decision.ref, **told))
    told |= {"answered_on": "9/2/2026", "answer": "We looked again"}
    assert posts(desk, "challenge", decision.ref, **told).status_code == 302
    said = desk.words("eligibility:decision", decision.ref)
    assert lacks not in said
    assert "We looked again" in said


def test_a_decision_shows_what_the_answers_lack_that_it_rests_on(desk: Desk) -> None:
    record = advised(desk, level="low")
    decision = decides(desk, record, decided="tier-1", decided_by="Jo Reed")
    lacks = "Service missing: Jo Reed, Mon 2 February 2026"
    assert lacks in desk.words("eligibility:decision", decision.ref)
    desk.puts_right(record, level="low", services="Library", family_network="yes")
    assert lacks not in desk.words("eligibility:decision", decision.ref)


def test_a_refusal_asks_what_stays_open_and_where_the_child_goes(desk: Desk) -> None:
    child, _ = referred(desk)
    record = desk.writes("disability-team", child, judged_on="2/2/2026")
    decision = decides(desk, record, decided="not-eligible-list", decided_by="Jo Reed")
    said = desk.words("eligibility:decision", decision.ref)
    assert "What stays open missing: Jo Reed, Mon 2 February 2026" in said
    assert "Where the child goes next missing: Jo Reed" in said
    told = {"decided": "not-eligible-list", "decided_on": "2/2/2026", "reasons": WHY}
    given = {**told, "stays_open": ["section-17"], "goes_next": "The school nurse rings."}
    assert posts(desk, "change", decision.ref, **given).status_code == 302
    assert "What stays open missing" not in desk.words("eligibility:decision", decision.ref)
    letter = proposal_of(desk.get("eligibility:write", decision.ref))
    assert "This stays open to you: An assessment as a child in need" in letter
    assert "The school nurse rings." in letter


def test_a_decision_in_error_counts_no_more_and_can_be_read(desk: Desk) -> None:
    record = advised(desk, level="low")
    decision = decides(desk, record, decided="tier-4")
    rows = table_of(desk.get("eligibility:queue"), "Open referrals")
    assert rows[0][1] == "Tier 4: safety and security"
    assert posts(desk, "in-error", decision.ref, reason="Another child").status_code == 302
    rows = table_of(desk.get("eligibility:queue"), "Open referrals")
    assert rows[0][1] == "Tier 1: inclusion"
    assert "entered in error" in desk.words("eligibility:decision", decision.ref)
    assert posts(desk, "change", decision.ref, decided="tier-1").status_code == 404


def test_who_may_not_open_the_child_finds_nothing(desk: Desk) -> None:
    letter = written(desk)
    other = Desk("Tom Reef")
    decision = letter.decision
    for route, ref in (("decision", decision.ref), ("advice", decision.recording.ref),
                       ("letter", letter.ref), ("write", decision.ref)):  # fmt: skip
        assert other.get(f"eligibility:{route}", ref).status_code == 404
    assert table_of_or_none(other) == []
    assert desk.get("eligibility:report").status_code == 403


def table_of_or_none(desk: Desk) -> list[list[str]]:
    """The queue's rows; none where its sentence stands instead."""
    try:
        return table_of(desk.get("eligibility:queue"), "Open referrals")
    except AssertionError:
        return []


def test_two_who_change_one_decision_do_not_overwrite_each_other(desk: Desk) -> None:
    decision = decides(desk, advised(desk, level="low"), decided="tier-1")
    given = {"decided": "tier-2", "decided_on": "2/2/2026", "version": "1"}
    assert posts(desk, "change", decision.ref, **given).status_code == 302
    late = posts(desk, "change", decision.ref, **given, reasons=WHY)
    assert "This decision was changed since you opened it" in main_of(late)
    assert "What are the reasons" in main_of(late)


def test_reasons_are_sealed_and_not_in_the_history(desk: Desk) -> None:
    decision = decides(desk, advised(desk, level="low"), decided="tier-1", reasons=WHY)
    stored = Decision.objects.values_list("reasons", flat=True).get(pk=decision.pk)
    assert WHY not in str.__str__(stored)
    entry = Entry.objects.get(action="advice.decided")
    assert entry.changes is not None
    assert entry.changes["reasons"] == [None, "words, sealed"]


def test_what_cannot_be_is_refused_and_nothing_is_kept(desk: Desk) -> None:
    record = advised(desk, level="low")
    done: Any = {"by": desk.user, "at": timezone.now()}
    for given, words in (
        ({"decided": "tier-9"}, "cannot be decided here"),
        ({"decided_on": date(2026, 2, 3)}, "still to come"),
    ):
        with pytest.raises(Problem, match=words):
            actions.decide(record, given, **done)
    told = make.recorded("referrer-told", desk.user, child=record.child, about=record.about_id)
    with pytest.raises(Problem, match="advises nothing"):
        actions.decide(told, {}, **done)
    assert desk.get("eligibility:advice", told.ref).status_code == 404
    assert not Decision.objects.exists()


def test_a_form_that_decisions_do_not_name_lets_its_own_advice_be_decided() -> None:
    assert decidable("referrer-told", date(2026, 2, 2)) is None
    held = decidable("tier-advice", date(2026, 2, 2))
    assert held is not None
    assert held.word == "tier"
    assert held.label_of("gone") == "gone"


@pytest.mark.both_databases
def test_the_queue_holds_open_referrals_most_urgent_first(clock: Clock) -> None:
    clock.at("2026-02-02")
    desk = Desk(role=Role.TEAM_MANAGER)
    for level in ("low", "critical", "moderate", "substantial"):
        advised(desk, level=level)
    child, referral = referred(desk)
    referral.closed_on = date(2026, 2, 2)
    referral.save()
    desk.writes("tier-advice", child, referral.pk, level="critical")
    advised(desk)
    rows = table_of(desk.get("eligibility:queue"), "Open referrals")
    assert [row[2] for row in rows[:4]] == ["1", "2", "3", "4"]
    assert rows[4][1] == "More has to be answered"
    assert len(rows) == 5
    assert LAST > 4
    report = table_of(desk.get("eligibility:report"), "Tiers advised and decided")
    assert [row[2] for row in report] == ["2", "1", "1", "1"]
