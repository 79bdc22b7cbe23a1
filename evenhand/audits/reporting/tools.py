"""What a tool's own questions come to, and what stands beside the quality of a plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import fmean, median

import numpy as np

from evenhand.analytics.suppression import suppress
from evenhand.audits import pack
from evenhand.audits.queries.material import Material
from evenhand.audits.queries.shares import Plan
from evenhand.audits.reporting.showing import TOO_FEW, Showing
from evenhand.design.documents import Figures, Section
from evenhand.design.wording import number

BANDS = ("Good or better", "Below good")
CHANGES = ("Better", "Not better", "Not told")


def shares(made_of: Material, show: Showing) -> Iterator[Section]:
    """Yield the shares of each question that the kind of report counts."""
    for share, found in made_of.shares:
        if not found:
            continue
        rows = tuple(
            (group, show.share(tally, 0 if share.by_row else 1), show.interval(tally))
            for group, tally in sorted(found.items())
        )
        heads = ("Which" if share.by_row else "What", "Met", "Between")
        table = Figures(share.title, heads, (False, True, True), rows)
        yield Section(share.title, (), (table,))


def beside(made_of: Material, _show: Showing) -> Iterator[Section]:
    """Yield how children fared beside the quality of their plans; small numbers are hidden.

    These are counts of children: they are hidden from everyone, whoever the report goes to.
    """
    if not made_of.kind.beside or not made_of.plans:
        return
    under = pack.small_under(made_of.span.until)
    rows = _bands(made_of.plans, _better(made_of.kind.beside))
    counts = suppress([[len(cell) for cell in row] for row in rows], under).shown
    groups = [[plan for cell in row for plan in cell] for row in rows]
    groups.append([plan for group in groups for plan in group])
    cells = tuple(
        (name, *(_count(each) for each in counts[place]), *_of_band(group, under, made_of))
        for place, (name, group) in enumerate(zip((*BANDS, "All"), groups, strict=True))
    )
    titles = [one.title for one in made_of.kind.beside if one.question] or ["Outcome"]
    heads = (
        "Quality of the plan", *(f"{titles[0]}: {change.lower()}" for change in CHANGES), "All",
        "Quality score", _change_title(made_of.kind.beside),
    )  # fmt: skip
    numeric = (False, *(True for _ in heads[1:]))
    table = Figures("Quality beside what changed for the child", heads, numeric, cells)
    sentence = (
        f"Counts of children under {under} are hidden, and what could tell them. What changed may "
        "have other causes than the plan."
    )
    yield Section("Quality and outcomes", (sentence,), (table,))


def _better(of: Sequence[pack.Beside]) -> str:
    return next((one.better for one in of if one.question), "")


def _change_title(of: Sequence[pack.Beside]) -> str:
    found = next((one for one in of if one.before), None)
    return f"{found.title}: median change, {found.unit}" if found else "Change"


def _bands(plans: Sequence[Plan], better: str) -> list[list[list[Plan]]]:
    """Return the plans by band, and in it by what became of the choice."""
    met = {grade.id for grade in pack.scale() if grade.is_met}
    made: list[list[list[Plan]]] = [[[] for _ in CHANGES] for _ in BANDS]
    for plan in plans:
        grade = plan.audit.moderated or plan.audit.grade
        change = 2 if not plan.answer else 0 if plan.answer == better else 1
        made[0 if grade in met else 1][change].append(plan)
    return made


def _of_band(plans: Sequence[Plan], under: int, made_of: Material) -> tuple[str, str]:
    """Return the mean points of a band and its median change; of few children neither."""
    if len(plans) < under:
        return TOO_FEW, TOO_FEW
    points = {grade.id: grade.points for grade in pack.scale()}
    scores = [points[one] for plan in plans for one in made_of.grades.get(plan.audit.pk, ())
              if one in points]  # fmt: skip
    changes = [plan.change for plan in plans if plan.change is not None]
    score = number(round(fmean(scores), 1)) if scores else "not told"
    if len(changes) < under:
        return score, TOO_FEW if changes else "not told"
    return score, f"{median(changes):+g}"


def _count(count: float) -> str:
    return TOO_FEW if np.isnan(count) else str(int(count))
