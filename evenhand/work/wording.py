"""Tasks and their measures in plain words: how a task stands, and what changed since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse

from evenhand.accounts.roles import title_of
from evenhand.analytics.intervals import newcombe
from evenhand.design.wording import ago, day, percent
from evenhand.work.models import Reading, Task
from evenhand.work.pack import confidence_on

SMALL = "Hidden here, because one of the numbers is small"
EVENTS = {
    "task.opened": "Opened",
    "task.done": "Done",
    "task.not_needed": "Not needed",
    "task.checked": "Checked",
    "task.sent_back": "Sent back",
    "task.passed_on": "Passed on",
    "task.put_off": "Put off",
    "task.noted": "Note",
    "task.measured": "Measured again",
    "words.added": "Note",
}


def whose(task: Task) -> str:
    """Return who is to do a task: a person, or whoever holds a role."""
    if task.owner is not None:
        return task.owner.name
    role = title_of(task.role)
    return f"{role}, {task.team.name}" if task.team else role


def standing(task: Task, today: date) -> str:
    """Return how a task stands, in a few words."""
    if task.state == Task.State.TO_BE_CHECKED:
        return "Done, to be checked by somebody else"
    if task.state != Task.State.OPEN:
        return "Done" if task.state == Task.State.DONE else "Not needed"
    if task.later_until and task.later_until > today:
        return f"Put off until {day(task.later_until)}"
    if task.due_on < today:
        return f"Late: it was due {ago(task.due_on, today)}"
    return "Due today" if task.due_on == today else f"Due {ago(task.due_on, today)}"


def place_url(task: Task) -> str:
    """Return the address that a task came from; empty where there is none (any more)."""
    if not task.route:
        return ""
    try:
        url = reverse(task.route, args=task.route_args)
    except NoReverseMatch:
        return ""
    return f"{url}?{task.query}" if task.query else url


def who(entry: Any) -> str:
    """Return who did something to a task: a person, or Evenhand by itself."""
    return entry.actor.name if entry.actor else "Evenhand"


def share(n: int, of: int) -> str:
    """Return a share with the two counts that it is made of."""
    return f"{percent(n, of)} ({n:,} of {of:,})"


def change(first: Reading, again: Reading) -> list[str]:
    """Return what changed between two counts of one measure, and how far that can be trusted."""
    if not first.of or not again.of:
        return ["There was nothing to count on one of the two days, so they cannot be compared."]
    if first.definition != again.definition:
        return ["What is counted was changed in between, so the two cannot be compared."]
    return [_points(first, again), *_chance(first, again), *_caveats(first, again)]


def _points(first: Reading, again: Reading) -> str:
    points = round(100 * again.n / again.of) - round(100 * first.n / first.of)
    if not points:
        return "No change of a whole percentage point."
    return f"{points:+d} point{'' if abs(points) == 1 else 's'}.".replace("-", "\N{MINUS SIGN}")


def _chance(first: Reading, again: Reading) -> list[str]:
    sure = confidence_on(again.as_at)
    found = newcombe([again.n], [again.of], [first.n], [first.of], sure)
    low, high = (100 * float(end[0]) for end in (found.low, found.high))
    span = f"{low:+.0f} to {high:+.0f} points".replace("-", "\N{MINUS SIGN}")
    if low <= 0 <= high:
        return [f"That may be chance alone: the true change likely lies between {span}."]
    return [f"That is more than chance would explain: it likely lies between {span}."]


def _caveats(first: Reading, again: Reading) -> list[str]:
    said = []
    if first.until and again.since and again.since <= first.until:
        said.append(
            f"Both counts hold the days from {day(again.since)} to {day(first.until)}: a change "
            "since then shows only in part."
        )
    if first.pack != again.pack:
        said.append("The policy packs changed in between, but not what is counted here.")
    return said


def shown(reading: Reading, *, exact: bool) -> str:
    """Return a count as those may see it who are, or are not, entitled to the cases."""
    if reading.is_small and not exact:
        return SMALL
    return share(reading.n, reading.of) if reading.of else "Nothing to count"


def others_shown(reading: Reading, *, exact: bool) -> str | None:
    """Return the count of those it was compared with; None where there are none."""
    if reading.others_of is None or reading.others_n is None:
        return None
    return SMALL if reading.is_small and not exact else share(reading.others_n, reading.others_of)


def outcome_of(readings: Sequence[Reading], *, exact: bool) -> list[str]:
    """Return what came of it: the newest count beside the first; empty while there is one."""
    if len(readings) < 2:
        return []
    if not exact and any(one.is_small for one in (readings[0], readings[-1])):
        return [f"{SMALL}."]
    return change(readings[0], readings[-1])
