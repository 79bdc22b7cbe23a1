"""Two services that know nothing of each other: what is one's own in one, what is not in the other.

Each role's person works in the first. ``strangers`` adds to the second.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from django.utils import timezone

from evenhand.accounts.models import Role, Team, User, Worker
from evenhand.accounts.roles import roles
from evenhand.audits.models import Member
from evenhand.casework.actions import record
from evenhand.config.upkeep import note_that_it_ran
from evenhand.equality import tallying
from evenhand.equality.actions import record_concern
from evenhand.equality.models import Concern, Release
from evenhand.facts.registry import BINDINGS
from evenhand.history import sealing
from evenhand.imports.actions import import_paths
from evenhand.people import standings
from evenhand.people.actions import (
    answer,
    declare_own_family,
    lend,
    rebuild_lists,
    restrict,
    start_campaign,
)
from evenhand.people.models import (
    Adult,
    Child,
    IdentityCampaign,
    IdentityStatement,
    TemporaryAccess,
)
from evenhand.policy.roles import CASELOAD, TEAMS
from evenhand.publications.models import Report
from evenhand.sources.models import Difference, RowFinding, SourceReference
from evenhand.standards import standing
from evenhand.work.actions import open_task
from evenhand.work.models import Task
from tests import factories as make
from tests.audits import making
from tests.audits.graded import reported
from tests.equality.crowd import known
from tests.imports.extracts import Extract

BORN = date(2012, 3, 1)
LONG_AGO = date(2020, 3, 1)
THEIR_NAME, OTHERS_NAME = "Harbourlight", "Quillfeather"
EACH = 7  # children of a group who went on, and who did not: more than would be hidden
OVER_A_TEAM = {key for key, rule in roles().roles.items() if rule.persons == TEAMS}
WITH_A_CASELOAD = {key for key, rule in roles().roles.items() if rule.persons == CASELOAD}


class Records(NamedTuple):
    """One child with a mother, a statement of each that another contradicts, and the rest."""

    child: Child
    adult: Adult
    statement: IdentityStatement
    campaign: IdentityCampaign
    concern: Concern
    finding: RowFinding
    release: Release
    report: Report
    difference: Difference
    typed: str
    twin: Child
    merged: Child
    closed: Child
    lent: TemporaryAccess
    task: Task


class World(NamedTuple):
    """One's own records and another's, the person of the role, and the other service's team."""

    viewer: User
    own: Records
    others: Records
    others_team: Team


class Services(NamedTuple):
    """Both services, before a person of any role is there."""

    team: Team
    worker: Worker
    own: Records
    others: Records
    others_team: Team


def services(folder: Path) -> Services:
    """Make both services, after an import by ``folder``: what takes long, once for many roles."""
    finding = _refused_row(folder)
    make.coverage(*BINDINGS, complete_to=timezone.localdate())
    team, others_team = make.team("Harbour", parent=make.team()), make.team("Quill")
    worker, others_worker = make.worker(team=team), make.worker(team=others_team)
    colleague, stranger = make.user(Role.DIRECTOR), make.user(Role.DIRECTOR)
    _crowd()
    _audits_planned()
    own = _records(team, worker, THEIR_NAME, colleague, finding)
    others = _records(others_team, others_worker, OTHERS_NAME, stranger, finding)
    standing.refresh(timezone.now())
    tallying.refresh(timezone.now())
    make.planned(team, colleague)
    make.better(colleague, stranger)
    make.own_work(others.task.owner, others_worker)
    making.found(others.task.owner, others.child, others_team)
    reported(others.task.owner)
    sealing.seal_all(at=timezone.now())
    note_that_it_ran(timezone.now())
    return Services(team, worker, own, others, others_team)


def joined(role: str, both: Services) -> World:
    """Add the person of a role to the first service, with a concern that they recorded."""
    viewer, own = _person(role, both.team, both.worker), both.own
    if role == Role.REVIEWING_OFFICER:
        make.involvement(own.child, _officer(viewer), role="IRO")
    make.own_work(viewer, viewer.worker or both.worker)
    own = own._replace(concern=_concern(viewer, both.team), task=_task(viewer))
    making.found(viewer, own.child, both.team)
    reported(viewer)
    return World(viewer, own, both.others, both.others_team)


def world(role: str, folder: Path) -> World:
    """Make both services, with the person of a role in the first, after an import by ``folder``."""
    return joined(role, services(folder))


def _concern(by: User, team: Team) -> Concern:
    return record_concern(
        by=by, at=timezone.now(), team=team, ground="class", what_happened="Turned away.",
        received_on=timezone.localdate(),
    )  # fmt: skip


def _task(owner: User) -> Task:
    """Ask somebody to do something."""
    return open_task(
        by=None, at=timezone.now(), kind="restriction-review", what="Look again", owner=owner
    )


def strangers(team: Team, count: int = 3) -> None:
    """Add children, each with something late and something to ask, to a team."""
    stranger = make.user(Role.DIRECTOR)
    worker, finding = team.workers.get(), RowFinding.objects.get()
    for _ in range(count):
        records = _records(team, worker, OTHERS_NAME, stranger, finding)
        making.found(stranger, records.child, team)
    standing.refresh(timezone.now())
    tallying.refresh(timezone.now())


def _audits_planned() -> None:
    """A slot of the audit programme, with somebody on its panel."""
    slot = making.slot("education-plan", LONG_AGO)
    Member.objects.create(slot=slot, name="Bea Reed", part="manager")


def _crowd() -> None:
    """Enough children of no team, in two groups, that figures by group can leave at all.

    Half of each group went on to an assessment, and had their first review in time.
    """
    today = timezone.localdate()
    for code in ("WBRI", "APKN"):
        for place in range(2 * EACH):
            child = make.child(is_open=False)
            known(child, code)
            make.referral(child, today - timedelta(days=200))
            period = make.care_period(
                child, today - timedelta(days=150), ended_on=today - timedelta(days=110)
            )
            if place < EACH:
                make.assessment(child, today - timedelta(days=190))
                make.looked_after_review(period, today - timedelta(days=140))
    everyone = [(pk, None) for pk in Child.objects.values_list("pk", flat=True)]
    standings.restate(everyone, ["ethnicity"])


def _person(role: str, team: Team, worker: Worker) -> User:
    if role in OVER_A_TEAM:
        over = team.parent if role == Role.SERVICE_MANAGER else team
        return make.user(role, team=over)
    if role == Role.REVIEWING_OFFICER:
        return make.user(role, worker=make.worker(team=make.team("Reviewing")))
    return make.user(role, worker=worker if role in WITH_A_CASELOAD else None)


def _officer(viewer: User) -> Worker:
    assert viewer.worker is not None
    return viewer.worker


def persons() -> bytes:
    """Return a file of one child, as the case system writes it."""
    return b"pers_person_id,pers_forename,pers_surname,pers_sex,pers_dob\n1,Ada,Tray,F,2015-06-01\n"


def _refused_row(folder: Path) -> RowFinding:
    """Import a child, and a contact in the year 202 that is refused."""
    extract = Extract(folder).person("1", forename="Ada", surname="Tray")
    extract.row("ssd_contacts", "K1", "1", cont_contact_date="0202-03-02").write()
    import_paths([folder], by=None, now=timezone.now(), as_at=timezone.localdate())
    return RowFinding.objects.get()


def _records(team: Team, worker: Worker, surname: str, by: User, finding: RowFinding) -> Records:
    child = make.child(born_on=BORN, surname=surname, team=team, worker=worker)
    adult = make.parent(child)
    today, now = timezone.localdate(), timezone.now()
    period = make.care_period(child, today - timedelta(days=100))
    make.section_47(child, today - timedelta(days=5))
    referral = make.referral(child, today - timedelta(days=100))
    told = today - timedelta(days=90)
    make.recorded("referrer-told", by, child=child, about=referral.pk, feedback_given=told)
    come = {"school": "Harbour School", "received": told, "deemed": False}
    make.recorded("transition-request", by, child=child, **come)
    make.decided(child, referral.pk, by)
    make.moving_on(child, by)
    for person in (adult, child):
        for code, how in (("WBRI", "Read in the referral"), ("WOTH", "Read in the assessment")):
            said = answer(
                person, by=by, at=now, characteristic="ethnicity", status="answered", answer=code,
                said_by="worker", asked_on=today, how=how,
            )  # fmt: skip
    rebuild_lists(today=today)
    campaign = start_campaign(
        by=by, at=now, title=f"Ask in {team}", team=team, characteristics=["first_language"],
        target_on=today + timedelta(days=30),
    )  # fmt: skip
    concern = _concern(by, team)
    release, report = make.release(team, by), make.report(by)
    differing = make.difference(period, "ended_on", today.isoformat())
    make.reviewed(child)
    make.provision(child, by)
    make.told_us(child, by, service="short-breaks" if surname == THEIR_NAME else "fostering")
    make.asked_to_see(child)
    visit = record(child, by=by, at=now, kind="visit", held_on=today - timedelta(days=3))
    typed = SourceReference.objects.get(target="casework.visit", target_id=visit.pk).key
    twin = make.child(born_on=BORN, surname=surname, team=team, worker=worker)
    merged = make.child(born_on=BORN, surname=surname, merged_into=child)
    closed = make.child(born_on=BORN, surname=surname, team=team, worker=worker)
    duty = make.user(Role.SOCIAL_WORKER)
    restrict(closed, by=by, at=now, reason="own-family", shut_out=[duty])
    declare_own_family(closed, by=by, at=now, of=duty)
    lent = lend(child, by=duty, at=now, reason="covering", because="Sam is away.")
    making.sampled(by, child, team)
    return Records(
        child,
        adult,
        said,
        campaign,
        concern,
        finding,
        release,
        report,
        differing,
        typed,
        twin,
        merged,
        closed,
        lent,
        _task(by),
    )
