"""Who answers for what audits find: those who hold the pack's posts over a team.

The posts (audits.yaml) are team, service, assurance, head and training; each is a role.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from evenhand.accounts.models import Team, User
from evenhand.accounts.queries.users import in_force
from evenhand.accounts.roles import title_of
from evenhand.accounts.scope import above, scope_of
from evenhand.audits import pack

TEAM, SERVICE, ASSURANCE, HEAD, TRAINING = "team", "service", "assurance", "head", "training"
OVER_A_TEAM = frozenset({TEAM, SERVICE})
NOBODY = "nobody"


def holders(post: str, team: Team | None, today: date) -> Sequence[User]:
    """Return who holds a post, by name: over a team or what it belongs to, or the authority."""
    if post in OVER_A_TEAM:
        return holders_over(post, [team.pk], today)[team.pk] if team else ()
    grants = in_force(today, role=pack.post(post)).filter(user__is_active=True)
    found = User.objects.filter(pk__in=grants.values("user")).select_related("worker__team")
    return list(found.order_by("name", "pk"))


def holders_over(
    post: str, teams: Iterable[int], today: date
) -> Mapping[int, Sequence[User]]:  # fmt: skip
    """Return who holds a post over each of these teams, by name. Two queries for any number."""
    grants = in_force(today, role=pack.post(post)).filter(user__is_active=True)
    held = list(grants.select_related("user__worker__team").order_by("user__name", "user_id"))
    lines = above(teams)
    return {
        team: list({grant.user_id: grant.user for grant in held if grant.team_id in line}.values())
        for team, line in lines.items()
    }


def is_post(viewer: User, post: str, team: Team | None = None) -> bool:
    """Whether a viewer holds a post today; where ``team`` is given, over it."""
    scope = scope_of(viewer)
    if pack.post(post) not in scope.roles:
        return False
    reach = scope.persons
    return team is None or reach.everyone or team.pk in reach.teams


def named(people: Iterable[User], post: str) -> str:
    """Return the names of who holds a post; where nobody does, that it has no holder."""
    return " and ".join(user.name for user in people) or f"no {title(post)}"


def title(post: str) -> str:
    """Return what a post is called, within a sentence."""
    words = title_of(pack.post(post))
    return words[:1].lower() + words[1:]
