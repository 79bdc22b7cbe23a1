"""What audits see of other rooms: from which population files are drawn, and what was decided.

What files are drawn from takes the viewer and two days, and returns what they may see of then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from evenhand.accounts.models import User
from evenhand.accounts.scope import scope_of
from evenhand.audits.queries.populations import Elsewhere, File
from evenhand.eligibility.models import Decision
from evenhand.eligibility.pack import decidable
from evenhand.people.models import Child
from evenhand.people.queries.reach import of_child
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


def decisions(child: Child) -> Iterable[tuple[date, str]]:
    """Yield what was decided on a child's forms, as a tier, with its day; no reasons, no names."""
    mine = of_child(child)
    rows = Decision.objects.filter(mine, entered_in_error=False).exclude(decided="")
    for one in rows.order_by("decided_on", "pk"):
        held = decidable(one.form, one.edition)
        if held is not None:
            advised = held.label_of(one.advised) if one.advised else "nothing: answers lacked"
            yield (
                one.decided_on,
                (
                    f"{held.word.capitalize()} decided: {held.label_of(one.decided)}. "
                    f"The criteria advised: {advised}."
                ),
            )


ELSEWHERE: Mapping[str, Elsewhere] = {"supervisions": supervisions}
