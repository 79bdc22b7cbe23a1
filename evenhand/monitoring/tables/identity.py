"""Who a child is in our work, as audits grade it: sentences and tables."""

from __future__ import annotations

import math
from collections.abc import Mapping

from django.urls import reverse

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import number, percent
from evenhand.monitoring.queries.identity import Gap, Identity, Share, Told
from evenhand.work.models import Task

GAP = "quality:identity-gap"


def words(found: Identity) -> str:
    """Return how often who a child is comes alive, document by document, as a sentence."""
    said = [
        f"{part.label.lower()} in {percent(told.now.met, told.now.of)}"
        for part, told in found.parts.items()
        if told.now.of
    ]
    if not said:
        return "No audit has graded this yet, so we cannot tell."
    listed = ", ".join(said[:-1]) + (" and " if said[:-1] else "") + said[-1]
    return f"Who the child is comes alive in {listed} of the files audited."


def parts_table(found: Identity) -> Table:
    """Return each document: how many of the audits found it alive, and of the year before."""
    return Table(
        "Does who the child is come alive?",
        [Column("Document"), Column("Audits", numeric=True), Column("Alive"),
         Column("Likely between"), Column("The year before")],
        [
            [part.label, told.now.of, _share(told.now), _between(told.now), _share(told.before)]
            for part, told in found.parts.items()
        ],
    )  # fmt: skip


def teams_table(found: Identity) -> Table:
    """Return the same by team, each with the year before. By name: no team is ranked."""
    return Table(
        "Team by team, with the year before",
        [Column("Team"), *(Column(part.label) for part in found.parts)],
        [
            [team.name, *(_with_before(told) for told in parts.values())]
            for team, parts in found.by_team.items()
        ],
        empty="No team's files have been graded on this yet.",
    )


def gap_words(gap: Gap | None) -> str:
    """Return how far two kinds of work are apart, and a year ago, as a sentence."""
    if gap is None:
        return "One of the two was not graded yet, so they cannot be compared."
    ahead, behind = (gap.first, gap.second) if gap.points >= 0 else (gap.second, gap.first)
    said = (
        f"Gap: {abs(gap.points):.0f} points. {ahead.label} are ahead of {behind.label.lower()}; "
        f"it likely lies between {_points(gap.low)} and {_points(gap.high)} points."
    )
    if gap.before is None:
        return f"{said} There is no year before to compare with."
    return f"{said} The year before it was {_points(gap.before)} points."


def compared_table(found: Identity, viewer: User, tasks: Mapping[str, Task]) -> Table:
    """Return the two kinds of work side by side, with what is done about the gap."""
    rows = [
        [part.label, told.now.of, _share(told.now), _between(told.now), _share(told.before), None]
        for part, told in found.compared.items()
    ]
    if rows and found.gap is not None:
        rows[-1][-1] = _done(viewer, tasks)
    return Table(
        "Early help beside social care",
        [Column("Work"), Column("Audits", numeric=True), Column("Met the standard"),
         Column("Likely between"), Column("The year before"), "What is done"],
        rows,
    )  # fmt: skip


def services_table(found: Identity) -> Table:
    """Return services by how often audits find that who children are shapes the work."""
    return Table(
        "Services side by side",
        [Column("Service"), Column("Audits", numeric=True), Column("Met the standard"),
         Column("Likely between"), "Others can learn here"],
        [
            [one.service.name, one.share.of, _share(one.share), _between(one.share),
             "Good-practice source" if one.leads else None]
            for one in found.services
        ],
        empty="No service's files have been graded on this yet.",
    )  # fmt: skip


def average_words(found: Identity) -> str:
    """Return the average that services stand beside."""
    one = found.average
    if one is None or not one.of:
        return "No audit has graded this yet."
    audits = "1 audit" if one.of == 1 else f"{number(one.of)} audits"
    return f"Average of all services: {percent(one.met, one.of)} of {audits}."


def _share(share: Share) -> Cell:
    if not share.of:
        return Cell(None)
    return Cell(percent(share.met, share.of), note=f"{number(share.met)} of {number(share.of)}")


def _between(share: Share) -> str | None:
    if math.isnan(share.low):
        return None
    return f"{100 * share.low:.0f}% to {100 * share.high:.0f}%"


def _with_before(told: Told) -> Cell:
    before = told.before
    was = f"the year before {percent(before.met, before.of)}" if before.of else ""
    if not told.now.of:
        return Cell(None, note=was)
    of = f"{number(told.now.met)} of {number(told.now.of)}"
    return Cell(percent(told.now.met, told.now.of), note=f"{of}; {was}" if was else of)


def _done(viewer: User, tasks: Mapping[str, Task]) -> Cell:
    task = tasks.get(GAP)
    if task is not None:
        return Cell(task.what, url=reverse("work:task", args=[task.ref]))
    if not may(viewer, "findings.look_into"):
        return Cell("Nothing yet")
    return Cell("Open an action", url=f"{reverse('monitoring:improve')}?about=identity-gap")


def _points(points: float) -> str:
    return f"{points:.0f}".replace("-", "\N{MINUS SIGN}")
