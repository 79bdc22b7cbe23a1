"""What was planted in Islehaven is found from its files alone, and what was not is not."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from evenhand.accounts.models import Team, Worker
from evenhand.casework.models import MissingEpisode, ReviewConference
from evenhand.design.wording import day
from evenhand.people.identity import Knowledge
from evenhand.people.models import Child, IdentityStanding
from evenhand.people.queries import completeness_for
from evenhand.rules import State
from evenhand.sources.models import ImportFile, RowFinding
from evenhand.standards.models import Standing
from evenhand.standards.queries import Promise, promises
from evenhand.synth.planted import group_of
from tests import factories
from tests.islehaven.chance import Counted, beyond_chance
from tests.islehaven.conftest import Islehaven
from tests.pages import main_of

pytestmark = pytest.mark.django_db
ASSESSMENT = "england/single-assessment"
CONFERENCE = "england/conference-after-enquiry"
VISITS = "england/need-plan-visits"
LATE = {State.LATE, State.KEPT_LATE}
JUDGED = {*LATE, State.KEPT}


def of_standard(islehaven: Islehaven, standard: str, **only: Any) -> Iterator[Promise]:
    """Every outcome of one standard."""
    return promises(Standing.objects.filter(standard=standard, **only), islehaven.now)


def late_by(pairs: Iterable[tuple[Hashable, State]]) -> Counted:
    """For each group, how many outcomes were late, of those that could be judged."""
    found: dict[Any, list[bool]] = defaultdict(list)
    for group, state in pairs:
        if state in JUDGED:
            found[group].append(state in LATE)
    return {group: (sum(late), len(late)) for group, late in found.items()}


def assessments_by_team(islehaven: Islehaven) -> Counted:
    """Late assessments by team, of referrals since the planted day."""
    teams = dict(Team.objects.values_list("pk", "code"))
    since = islehaven.manifest.planted["late_team"]["since"]
    found = of_standard(islehaven, ASSESSMENT, anchor_on__gte=since)
    return late_by((teams[one.row.team_id], one.state) for one in found)


def conferences_by_group(islehaven: Islehaven) -> Counted:
    """Late conferences by the group of the answer that stands for each child."""
    answers = dict(
        IdentityStanding.objects.filter(characteristic="ethnicity").values_list(
            "child_id", "answer"
        )
    )
    found = of_standard(islehaven, CONFERENCE)
    return late_by((group_of(answers.get(one.row.child_id, "")), one.state) for one in found)


def ethnicity_by_team() -> Counted:
    """Children of whom nobody has a record of asking, by team, as the page counts them."""
    report = completeness_for(
        factories.user("director"), characteristic="ethnicity", person="child"
    )
    return {
        row.team.code: (row.completion.never_asked, row.completion.counted)
        for row in report.teams
        if row.team is not None
    }


def test_the_team_that_is_late_is_found_and_no_other(islehaven: Islehaven) -> None:
    """The new team with few assessments, whatever its share, is not beyond chance."""
    planted, decoy = (
        islehaven.manifest.planted["late_team"],
        islehaven.manifest.decoys["small_team"],
    )
    counted = assessments_by_team(islehaven)
    assert beyond_chance(counted) == {planted["team"]}
    assert set(counted) == set(planted["counted"])
    assert decoy["team"] in counted


def test_the_group_that_waits_longer_is_found_and_no_other(islehaven: Islehaven) -> None:
    """By a count from standing and from the answers that lead, alone."""
    planted, decoy = (
        islehaven.manifest.planted["slow_group"],
        islehaven.manifest.decoys["other_group"],
    )
    counted = conferences_by_group(islehaven)
    assert beyond_chance(counted) == {planted["group"]}
    assert decoy["group"] in counted
    whole = [sum(each[name] for each in planted["counted"].values()) for name in ("late", "of")]
    assert [sum(column) for column in zip(*counted.values(), strict=True)] == whole


def test_the_teams_that_did_not_ask_are_found_and_no_other(islehaven: Islehaven) -> None:
    """By completeness alone."""
    planted = islehaven.manifest.planted["unasked"]
    assert beyond_chance(ethnicity_by_team()) == set(planted["teams"])


@pytest.mark.parametrize("characteristic", ["religion", "first_language"])
def test_what_was_never_supplied_was_never_asked_and_nobody_declined(
    islehaven: Islehaven, characteristic: str
) -> None:
    """Of every child that is counted."""
    report = completeness_for(
        factories.user("director"), characteristic=characteristic, person="child"
    )
    (row,) = [
        row
        for row in report.items
        if (row.item.characteristic, row.person) == (characteristic, "child")
    ]
    states = {state: count for state, count in row.completion.states.items() if count}
    assert set(states) == {Knowledge.NO_RECORD}
    assert (row.completion.asked, row.completion.known) == (0, 0)
    assert row.completion.never_asked == row.completion.counted > 0


def test_visits_that_stop_are_not_known_and_never_late(
    islehaven: Islehaven, client: Client
) -> None:
    """What fell due since is not known; what fell due before is still judged; the page says so."""
    last_day = date.fromisoformat(islehaven.manifest.planted["visits_stop"]["last_day"])
    found = list(of_standard(islehaven, VISITS))
    since = [one.state for one in found if _fell_due(one, last_day, islehaven)]
    assert Counter(since)[State.NOT_KNOWN] > 0
    assert State.LATE not in since
    assert any(one.state in JUDGED for one in found)
    client.force_login(factories.user("director"))
    page = main_of(client.get(f"/standards/{VISITS}/"))
    newest = date.fromisoformat(islehaven.manifest.planted["visits_stop"]["newest"])
    assert f"to {day(newest)}" in page


def _fell_due(one: Promise, after: date, islehaven: Islehaven) -> bool:
    today = timezone.localdate(islehaven.now)
    return one.row.due_on is not None and after < one.row.due_on < today


def test_every_row_has_one_fate(islehaven: Islehaven) -> None:
    """And as many rows were read as were written."""
    read = {file.name: file.rows_read for file in islehaven.report.files}
    written = islehaven.manifest.rows
    assert {name: read[name] for name in written} == written
    for file in islehaven.report.files:
        assert sum(getattr(file, fate) for fate in ImportFile.FATES) == file.rows_read, file.name


FOUND = {
    "orphan": ("SSD-P01", "quarantined"),
    "year_0202": ("SSD-D02", "quarantined"),
    "end_before_start": ("SSD-T01", "quarantined"),
    "join_duplicate": ("SSD-K01", "duplicate"),
    "local_ethnicity": ("SSD-C01", "taken"),
    "review_before_birth": ("SSD-T02", "quarantined"),
}


def test_each_planted_fault_is_found_where_it_was_planted(islehaven: Islehaven) -> None:
    """In its table, by its rule, as often as it was put in; nothing else is refused."""
    planted = dict(islehaven.manifest.dirt)
    expected = {
        (planted[kind]["table"], *found): planted[kind]["count"] for kind, found in FOUND.items()
    }
    where = planted["review_before_birth"]["table"], *FOUND["review_before_birth"]
    expected[where] = _reviews_before_birth(islehaven)
    findings = RowFinding.objects.exclude(rule="SSD-G01")
    counted = Counter(findings.values_list("file__kind", "rule", "fate"))
    assert counted == expected
    for kind in ("orphan", "year_0202", "end_before_start", "local_ethnicity"):
        fields = set(findings.filter(rule=FOUND[kind][0]).values_list("field", flat=True))
        assert fields == {planted[kind]["column"]}


def _reviews_before_birth(islehaven: Islehaven) -> int:
    """How many reviews were held before a birth whose day the file gives."""
    born = {row["pers_person_id"]: row["pers_dob"] for row in _rows(islehaven, "ssd_person")}
    reviews = [
        (row["clar_cla_review_date"], born.get(row["clar_cla_person_id"]))
        for row in _rows(islehaven, "ssd_cla_reviews")
    ]
    return sum(bool(held and birth and held < birth) for held, birth in reviews)


def _rows(islehaven: Islehaven, table: str) -> list[dict[str, str]]:
    with (islehaven.folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_faults_that_hide_nothing_are_read_through(islehaven: Islehaven) -> None:
    """Spaces, placeholders, spreadsheets' numbers and other ways of writing a day lose no row."""
    planted = islehaven.manifest.dirt
    assert all(planted[kind]["count"] for kind in planted)
    assert not Child.objects.filter(surname__contains="\u00a0").exists()
    assert not Worker.objects.filter(code="-1").exists()
    assert not Team.objects.filter(code="0").exists()
    assert not ReviewConference.objects.filter(participation__icontains="PLACEHOLDER").exists()
    episodes = islehaven.manifest.rows["ssd_missing.csv"]
    assert MissingEpisode.objects.exclude(started_on=None).count() == episodes
    for file in islehaven.report.files:
        if file.kind in {"ssd_contacts", "ssd_missing", "ssd_cp_reviews", "ssd_cin_episodes"}:
            assert file.created == file.rows_read - file.quarantined, file.name
