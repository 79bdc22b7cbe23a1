"""Makes the people of a measurement, each signed in, and prints what they need: a line of JSON.

Run in a process of its own over the authority that is measured. Each has a child they may see, so
that a social worker opens their own caseload and a manager their own team.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from tools.load.mix import role_of

LONG_AGO = "2020-01-01"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def _guest(number: int, children: list[Any]) -> dict[str, Any]:
    from django.test import Client

    from evenhand.accounts.models import RoleGrant, User

    role, child = role_of(number), children[number % len(children)]
    user = User.objects.create(
        username=f"load-{number}", name=f"Guest {number}",
        worker=child.worker if role == "social_worker" else None,
    )  # fmt: skip
    over = {"team_manager": child.team, "service_manager": child.team.parent or child.team}
    RoleGrant.objects.create(user=user, role=role, team=over.get(role), starts_on=LONG_AGO)
    client = Client()
    client.force_login(user, BACKEND)
    return {
        "role": role,
        "cookies": {name: one.value for name, one in client.cookies.items()},
        "child": child.ref,
        "words": child.surname,
    }


def _count_on() -> None:
    """Have each table number its next row after those that were written with numbers given."""
    from django.apps import apps
    from django.core.management.color import no_style
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)


def main(count: int) -> None:
    """Print the guests."""
    import django

    django.setup()
    from evenhand.people.models import Child

    _count_on()
    found = Child.objects.filter(is_open=True).exclude(team=None).exclude(worker=None)
    children = list(
        found.select_related("worker", "team__parent").order_by("pk")[: 40 * count : 40]
    )
    print(json.dumps([_guest(number, children) for number in range(count)]))


if __name__ == "__main__":
    main(int(sys.argv[1]))
