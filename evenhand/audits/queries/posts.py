"""Who answers for what audits find: those who hold the pack's posts over a team.

The posts (audits.yaml) are team, service, assurance, head and training; each is a role.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from evenhand.accounts.models import Team, User
from evenhand.accounts.queries.users import in_force
from evenhand.accounts.scope import above, scope_of
from evenhand.audits import pack

TEAM, SERVICE, ASSURANCE, HEAD, TRAINING = "team", "service", "assurance", "head", "training"
OVER_A_TEAM = frozenset({TEAM, SERVICE})


def holders(post: str, team: Team | None, today: date) -> Sequence[User]:
    """Return who holds a post, by name: over a team or what it belongs to, or the authority."""
    role = pack.post(post)
    grants = in_force(today, role=role).filter(user__is_active=True)
    if post in OVER_A_TEAM:
        grants = grants.filter(team__in=above(team.pk) if team else ())
    found = User.objects.filter(pk__in=grants.values("user")).select_related("worker__team")
    return list(found.order_by("name", "pk"))


def is_post(viewer: User, post: str, team: Team | None = None) -> bool:
    """Whether a viewer holds a post today; where ``team`` is given, over it."""
    scope = scope_of(viewer)
    if pack.post(post) not in scope.roles:
        return False
    reach = scope.persons
    return team is None or reach.everyone or team.pk in reach.teams


def names_of(post: str, team: Team | None, today: date) -> str:
    """Return the names of who holds a post; where nobody does, that nobody does."""
    return " and ".join(user.name for user in holders(post, team, today)) or "nobody"
