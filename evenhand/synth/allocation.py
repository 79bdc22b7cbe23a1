"""Who works with a family, for how long, and why that changed."""

from __future__ import annotations

from evenhand.synth.chance import Chance
from evenhand.synth.figures import bands, figure, shares
from evenhand.synth.staff import Team
from evenhand.synth.world import Allocation, Child, Spell, World

CHANGES = bands("involvement.worker_changes")
REASONS = shares("involvement.change_reasons")
TRANSFER, SOCIAL_WORKER = "TSPROC", "CW"


def role_in(team: Team) -> str:
    """The role that this team's workers have with a child, as the extract codes it."""
    role: str = figure("office:titles")[team.does][2]
    return role


def allocate(
    world: World, spell: Spell, team: Team, children: list[Child], starts: int, ends: int
) -> None:
    """Give children of one family the same worker of a team, and another when that one moves.

    The worker's role is the team's own unless the spell names another in ``role``.
    """
    chance, role = spell.chance, spell.role or role_in(team)
    while starts < ends and starts <= world.today:
        worker = team.worker(chance.roll())
        changes = starts + chance.size(CHANGES)
        until, reason = (ends, TRANSFER) if changes >= ends else (changes, chance.pick(REASONS))
        for child in children:
            last = min(until, child.adult_on) if role == SOCIAL_WORKER else until
            if starts < last:
                referral = spell.referrals.get(child.id, "")
                child.allocations.append(Allocation(worker, role, starts, last, referral, reason))
        starts = until


def last_worker(child: Child, chance: Chance, team: Team) -> str:
    """The worker of a team who had the child last, or else one of the team."""
    held = [a.worker for a in child.allocations if a.worker.team == team.id]
    return (held[-1] if held else team.worker(chance.roll())).id
