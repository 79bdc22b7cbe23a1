"""What audits are drawn from that other rooms hold: the one table from a population to its files.

Each function takes the viewer and two days, and returns what they may see of what happened then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from evenhand.accounts.models import User
from evenhand.accounts.scope import scope_of
from evenhand.audits.queries.populations import Elsewhere, File
from evenhand.workforce.models import Supervision


def supervisions(viewer: User, since: date, until: date) -> Iterable[File]:
    """Return the supervisions held between two days of people in the viewer's teams."""
    rows = Supervision.objects.filter(
        entered_in_error=False, held_on__gte=since, held_on__lte=until
    )
    reach = scope_of(viewer).persons
    if not reach.everyone:
        rows = rows.filter(worker__team__in=reach.teams)
    named = ("ref", "worker_id", "worker__team_id", "pk", "supervisor_id")
    for ref, worker, team, pk, supervisor in rows.order_by().values_list(*named):
        others = (supervisor,) if supervisor is not None else ()
        yield File(ref, "supervision", None, worker, team, about=pk, others=others)


ELSEWHERE: Mapping[str, Elsewhere] = {"supervisions": supervisions}
