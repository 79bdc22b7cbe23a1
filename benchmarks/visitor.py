"""A process that opens pages in turn: a line of JSON in for each, a line out with what it cost.

In: [role, page, explain]. Out: {"seconds", "queries", "rows"}; rows only where ``explain`` asks for
the most rows that one statement examines (PostgreSQL).
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

ROLES = ("director", "team_manager", "social_worker")
STANDARD = "/standards/england/single-assessment/"
LISTED = "/standards/england/need-plan-visits/children/?state=kept"
CLOSER = "/equality/fares/clocks/england/single-assessment/closer/"
STEP = "/equality/fares/steps/looked-after/"
LONG_AGO = "2020-01-01"


def paths(child_ref: str) -> dict[str, str]:
    """Return the pages to open, by name."""
    return {
        "home": "/",
        "children": "/children/",
        "child": f"/children/{child_ref}/",
        "standards": "/standards/",
        "standard": STANDARD,
        "listed": LISTED,
        "closer": CLOSER,
        "clock": CLOSER.removesuffix("closer/"),
        "step": STEP,
        "closer step": f"{STEP}closer/",
        "services": "/equality/fares/services/",
        "fares": "/equality/fares/",
        "uses": "/monitoring/",
        "needs": "/monitoring/needs/",
        "my work": "/my-work/",
        "case file": f"/case-files/{child_ref}/",
    }


class Guest:
    """One person signed in, with a child they may see."""

    def __init__(self, role: str) -> None:
        from django.test import Client

        from evenhand.accounts.models import RoleGrant, User
        from evenhand.people.models import Child

        self.child = Child.objects.filter(is_open=True).exclude(team=None).earliest("pk")
        team = self.child.team if role == "team_manager" else None
        worker = self.child.worker if role == "social_worker" else None
        user, is_new = User.objects.get_or_create(
            username=f"guest-{role}", defaults={"name": role, "worker": worker}
        )
        if is_new:
            RoleGrant.objects.create(user=user, role=role, team=team, starts_on=LONG_AGO)
        self.client = Client()
        self.client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        self.paths = paths(self.child.ref)


def visit(guest: Guest, page: str, *, explain: bool) -> dict[str, Any]:
    """Open a page and say what it cost."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    seen: list[int] = []
    watch = _examining(seen) if explain else _nothing
    with CaptureQueriesContext(connection) as queries, connection.execute_wrapper(watch):
        start = time.perf_counter()
        reply = guest.client.get(guest.paths[page])
        spent = time.perf_counter() - start
    if reply.status_code != 200:
        raise RuntimeError(f"{guest.paths[page]} answered {reply.status_code}")
    return {"seconds": spent, "queries": len(queries), "rows": max(seen, default=0)}


def _nothing(execute: Callable[..., Any], *rest: Any) -> Any:
    return execute(*rest)


def _examining(seen: list[int]) -> Callable[..., Any]:
    """Run each reading statement once more under EXPLAIN ANALYZE, and note the rows it examines."""

    def examine(
        execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        if sql.lstrip(" (").upper().startswith("SELECT"):
            with context["connection"].connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params)
                (plan,) = cursor.fetchone()
            seen.append(max(_examined(plan[0]["Plan"]), default=0))
        return execute(sql, params, many, context)

    return examine


def _examined(plan: dict[str, Any]) -> Iterator[int]:
    """Yield for the statement how many rows its scans touched, all of them together."""
    yield sum(_scanned(plan))


def _scanned(plan: dict[str, Any]) -> Iterator[int]:
    if "Scan" in plan["Node Type"] and "Bitmap Index" not in plan["Node Type"]:
        each = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)
        each += plan.get("Rows Removed by Index Recheck", 0)
        yield round(each * plan["Actual Loops"])
    for inner in plan.get("Plans", ()):
        yield from _scanned(inner)


def main() -> None:
    """Answer line by line."""
    import django

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    guests: dict[str, Guest] = {}
    for line in sys.stdin:
        role, page, explain = json.loads(line)
        guest = guests.setdefault(role, guests.get(role) or Guest(role))
        print(json.dumps(visit(guest, page, explain=explain)), flush=True)


if __name__ == "__main__":
    main()
