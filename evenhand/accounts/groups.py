"""Which group of the directory gives which role: a YAML file that the authority keeps.

::

    groups:
      - {group: evenhand-quay-managers, role: team_manager, team: QUAY}
      - {group: evenhand-directors, role: director}

``EVENHAND_OIDC_GROUPS`` names it. It is read at each sign-in, so that a change holds at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from django.conf import settings

from evenhand.accounts.models import Team
from evenhand.accounts.roles import roles
from evenhand.policy.errors import nearest
from evenhand.problems import Problem

FIELDS = {"group", "role", "team"}


class Given(NamedTuple):
    """A role, and the team it is over (None: the whole authority, or one's own caseload)."""

    role: str
    team: Team | None


class Line(NamedTuple):
    """One line of the mapping."""

    group: str
    role: str
    team: str


def given_by(groups: Iterable[str]) -> set[Given]:
    """Return every role that these groups of the directory give."""
    mine = frozenset(groups)
    return {Given(line.role, _team(line)) for line in mapping() if line.group in mine}


def mapping() -> list[Line]:
    """Return the lines of the mapping. Raises Problem: the file, the line, what was found."""
    path = Path(settings.OIDC_GROUPS)
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        told = str(fault).replace("\n", " ")
        raise Problem(f"{path} cannot be read: {told}.", "Mend it; see docs/how-to.") from fault
    lines = found.get("groups") if isinstance(found, dict) else None
    if not isinstance(lines, list):
        raise Problem(f"{path} has no list of groups.", "Begin it with groups:")
    return [_line(path, number, each) for number, each in enumerate(lines, start=1)]


def _line(path: Path, number: int, found: Any) -> Line:
    where = f"{path}, entry {number}"
    if not isinstance(found, Mapping) or not {"group", "role"} <= set(found) <= FIELDS:
        raise Problem(f"{where}: found {found!r}.", "Give group and role, and team where needed.")
    line = Line(*(str(found.get(name) or "") for name in ("group", "role", "team")))
    known = roles().roles
    if line.role not in known:
        remedy = nearest(line.role, known, f"Use one of: {', '.join(known)}.")
        raise Problem(f'{where}: no role is called "{line.role}".', remedy)
    return line


def _team(line: Line) -> Team | None:
    if not line.team:
        return None
    team = Team.objects.filter(code=line.team).first()
    if team is None:
        raise Problem(
            f'The group {line.group} is for the team "{line.team}", which is not known here.',
            "Import the roster that names it, or mend the mapping of groups.",
        )
    return team
