"""A plain authority of any size straight into the database, for measuring; no file is read.

Codes of teams and workers are none that a made-up extract has, so that one can be imported beside.
Workers grow with the children, at about 16 open children each; the services and their teams are as
many at any size, as Islehaven's are, so that a team of the larger authority holds more.
"""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from evenhand.accounts.models import Team, Worker
from evenhand.accounts.references import new_reference, new_references
from evenhand.casework import models as casework
from evenhand.facts.registry import BINDINGS
from evenhand.people.models import Child, IdentityStanding, IdentityStatement
from evenhand.sources.models import Coverage, ImportBatch, Source

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
HISTORY_DAYS = 6 * 365
OPEN_SHARE, CHILDREN_A_WORKER = 0.4, 16
SERVICES, TEAMS = 5, 14
ANSWERED = 0.9
ANSWERS = {
    "ethnicity": ("WBRI", "WBRI", "WBRI", "WBRI", "BAFR", "APKN", "MWBC", "OOTH", "WOTH"),
    "sex": ("F", "M"), "disability": ("NONE", "NONE", "NONE", "LD", "MOB"),
    "religion": ("none", "christian", "muslim"), "first_language": ("eng", "eng", "pol"),
    "interpreter": ("no", "no", "no", "yes"),
}  # fmt: skip


class Population:
    """Rows are made in memory, a model at a time, and written in bulk."""

    def __init__(self, children: int, seed: int = 1) -> None:
        self.count = children
        self.chance = random.Random(seed)  # noqa: S311
        self.rows: dict[type[Any], list[Any]] = {}

    def write(self) -> None:
        """Write the whole authority in one transaction."""
        with transaction.atomic():
            self._staff()
            self._children()
            for model, rows in self.rows.items():
                model.objects.bulk_create(rows, batch_size=2000)
            self._coverage()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _staff(self) -> None:
        workers = max(TEAMS, int(self.count * OPEN_SHARE / CHILDREN_A_WORKER))
        refs = iter(new_references(workers + TEAMS + SERVICES))
        services = Team.objects.bulk_create(
            Team(ref=next(refs), code=f"P-S{n}", name=f"Service {n}") for n in range(SERVICES)
        )
        teams = Team.objects.bulk_create(
            Team(ref=next(refs), code=f"P-T{n}", name=f"Team {n}", parent=services[n % SERVICES])
            for n in range(TEAMS)
        )
        self.workers = Worker.objects.bulk_create(
            Worker(ref=next(refs), code=f"P-W{n}", name=f"Worker {n}", team=teams[n % TEAMS])
            for n in range(workers)
        )

    def _children(self) -> None:
        refs = iter(new_references(self.count))
        for number in range(1, self.count + 1):
            worker = self.chance.choice(self.workers)
            child = Child(
                pk=number,
                ref=next(refs),
                forename=f"Wren{number}",
                surname=f"Harbour{number % 997}",
                born_on=TODAY - timedelta(self.chance.randrange(18 * 365)),
                is_open=self.chance.random() < OPEN_SHARE,
                worker=worker,
                team_id=worker.team_id,
            )
            self._add(child)
            self._said(child)
            self._journey(child)

    def _said(self, child: Child) -> None:
        for characteristic, answers in ANSWERS.items():
            if self.chance.random() < ANSWERED:
                told = {
                    "child": child, "characteristic": characteristic, "status": "answered",
                    "answer": self.chance.choice(answers), "said_by": "import",
                }  # fmt: skip
                statement = IdentityStatement(ref=new_reference(), recorded_at=NOW, **told)
                self._add(statement)
                self._add(IdentityStanding(statement=statement, **told))

    def _add(self, row: Any) -> Any:
        rows = self.rows.setdefault(type(row), [])
        row.pk = row.pk or len(rows) + 1
        rows.append(row)
        return row

    def _day(self) -> date:
        return TODAY - timedelta(self.chance.randrange(HISTORY_DAYS))

    def _after(self, day: date, most: int, share: float = 1.0) -> date | None:
        later = day + timedelta(self.chance.randrange(1, most))
        return later if later <= TODAY and self.chance.random() < share else None

    def _journey(self, child: Child) -> None:
        day = self._day()
        worked = {"team_id": child.team_id, "worker_id": child.worker_id}
        referral = self._add(
            casework.Referral(
                child=child,
                received_on=day,
                no_further_action=False,
                closed_on=None if child.is_open else self._after(day, 400),
                **worked,
            )
        )
        if self.chance.random() < 0.8:
            self._add(
                casework.Assessment(
                    child=child,
                    referral=referral,
                    started_on=day,
                    authorised_on=self._after(day, 75),
                    **worked,
                )
            )
        if self.chance.random() < 0.2:
            self._protection(child, referral, day, worked)
        if self.chance.random() < 0.3:
            self._need(child, referral, day, worked)
        if self.chance.random() < 0.1:
            self._care(child, day)

    def _protection(self, child: Child, referral: Any, day: date, worked: Any) -> None:
        enquiry = self._add(
            casework.Section47(
                child=child, referral=referral, started_on=day, conference_needed=True, **worked
            )
        )
        held = self._after(day, 25, 0.95)
        if held is None:
            return
        met = self._add(
            casework.InitialConference(child=child, section_47=enquiry, held_on=held, **worked)
        )
        plan = self._add(
            casework.ProtectionPlan(
                child=child, conference=met, started_on=held, ended_on=self._after(held, 500, 0.9)
            )
        )
        for on in self._every(plan, 170):
            self._add(casework.ReviewConference(child=child, plan=plan, held_on=on))
        for on in self._every(plan, 20):
            self._add(casework.Visit(child=child, kind="protection", plan=plan, held_on=on))

    def _need(self, child: Child, referral: Any, day: date, worked: Any) -> None:
        plan = self._add(
            casework.NeedPlan(
                child=child,
                referral=referral,
                started_on=day,
                ended_on=self._after(day, 300, 0.9),
                **worked,
            )
        )
        for on in self._every(plan, 30):
            self._add(casework.Visit(child=child, kind="need", need_plan=plan, held_on=on))

    def _care(self, child: Child, day: date) -> None:
        period = self._add(
            casework.CarePeriod(child=child, started_on=day, ended_on=self._after(day, 900, 0.9))
        )
        self._add(casework.LegalStatus(child=child, care_period=period, status="C2"))
        for on in self._every(period, 160):
            self._add(
                casework.LookedAfterReview(
                    child=child, care_period=period, held_on=on, participation="PN1"
                )
            )
        for on in self._every(period, 40):
            self._add(casework.Visit(child=child, kind="care", care_period=period, held_on=on))

    def _every(self, period: Any, days: int) -> list[date]:
        """Days on which something was held, about so many days apart, at most 30 of them."""
        found: list[date] = []
        on = period.started_on
        while len(found) < 30:
            on += timedelta(self.chance.randrange(days // 2, days + days // 4))
            if on > (period.ended_on or TODAY):
                break
            found.append(on)
        return found

    def _coverage(self) -> None:
        source = Source.objects.create(key="ssd", name="SSD extract", rank=1)
        batch = ImportBatch.objects.create(
            ref=new_references(1)[0],
            source=source,
            label="bench",
            started_at=NOW,
            progress="merged",
            as_at=TODAY - timedelta(1),
        )
        Coverage.objects.bulk_create(
            Coverage(
                source=source,
                fact=name,
                batch=batch,
                complete_from=date(2015, 1, 1),
                complete_to=TODAY - timedelta(1),
            )
            for name, binding in BINDINGS.items()
            if not binding.fact.native
        )
