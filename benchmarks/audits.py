"""A year of the audit programme on its page: 40 teams with over 3,000 audits done, and one team.

Seconds of the page and its queries, on the embedded database. The page tells each slot, so its
time grows with the teams, and its bound is in seconds; its queries are the same for both.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks import authority
from benchmarks.timing import Row, row

YEAR, TEAMS, EACH, ROUNDS = 2026, 40, 7, 7
MOST_QUERIES, SECONDS = 20, 2.0  # longer than two seconds, and one wonders


def run() -> list[Row]:
    """Return a row for the seconds of the page and one for its queries."""
    with tempfile.TemporaryDirectory() as place:
        settings = authority.environment(Path(place))
        command = [sys.executable, "-m", "benchmarks.audits"]
        done = subprocess.run(command, check=True, env=settings, stdout=subprocess.PIPE, text=True)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    detail = f"{told['audits']:,} audits of {TEAMS} teams; {told['alone']:.3f} s of one team"
    queries: Row = {
        "name": "queries of a year of audits", "ratio": told["queries"] / MOST_QUERIES,
        "bound": 1.0, "holds": told["queries"] <= MOST_QUERIES,
        "detail": f"{told['queries']} for {TEAMS} teams",
    }  # fmt: skip
    name = f"seconds of a year of {TEAMS} teams' audits"
    return [row(name, told["seconds"], 1.0, SECONDS, detail), queries]


def _measure() -> dict[str, Any]:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    ref = _made()
    whole, alone = f"/audits/?year={YEAR}", f"/audits/?year={YEAR}&team={ref}"
    client = _guest()
    from evenhand.audits.models import Audit

    seconds, queries = _opened(client, whole)
    return {
        "seconds": seconds, "queries": queries, "alone": _opened(client, alone)[0],
        "audits": Audit.objects.count(),
    }  # fmt: skip


def _opened(client: Any, where: str) -> tuple[float, int]:
    """Return the median seconds of a page, and its queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    spent = []
    for _ in range(ROUNDS):
        with CaptureQueriesContext(connection) as ran:
            start = time.perf_counter()
            reply = client.get(where)
            spent.append(time.perf_counter() - start)
        if reply.status_code != 200:
            raise RuntimeError(f"{where} answered {reply.status_code}")
    return statistics.median(spent), len(ran)


def _guest() -> Any:
    from django.test import Client

    from evenhand.accounts.models import RoleGrant, User

    user = User.objects.create(username="guest", name="Guest")
    RoleGrant.objects.create(user=user, role="quality_assurance", starts_on=date(2020, 1, 1))
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def _made() -> str:
    """Draw the year up for 40 teams with their audits; return one team's reference."""
    from django.utils import timezone

    from evenhand.accounts.models import Team, User
    from evenhand.accounts.references import new_reference
    from evenhand.audits.actions.programme import generate
    from evenhand.audits.models import Audit
    from evenhand.people.models import Child

    now, by = timezone.now(), User.objects.create(username="auditor", name="Auditor")
    for number in range(TEAMS):
        team = Team.objects.create(ref=new_reference(), code=f"T{number}", name=f"Team {number}")
        Child.objects.create(ref=new_reference(), team=team, is_open=True)
    slots = [slot for slot in generate(YEAR, by=None, at=now) if slot.line == "team-manager"]
    Audit.objects.bulk_create(
        Audit(
            ref=new_reference(), slot=slot, type=slot.type, tool="audit-file", team=slot.team,
            auditor=by, given_by=by, given_at=now, due_on=slot.due_on, edition=date(2005, 4, 1),
            state="done", done_on=slot.month, done_at=now, subject="child",
        )
        for slot in slots for _ in range(EACH)
    )  # fmt: skip
    return str(team.ref)


if __name__ == "__main__":
    print(json.dumps(_measure()))
