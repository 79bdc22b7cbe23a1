"""The eight uses on one page: each with its question, its answer, and what stands under it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.urls import reverse

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.design.charts import Trend
from evenhand.design.components import Table
from evenhand.equality.pathway import Dimension
from evenhand.equality.progress import value
from evenhand.equality.queries import counted_on
from evenhand.monitoring.pack import Use, uses
from evenhand.monitoring.plugs import changes, quality
from evenhand.monitoring.queries.access import access_for
from evenhand.monitoring.queries.allocation import allocations_for
from evenhand.monitoring.queries.baselines import baselines_for
from evenhand.monitoring.queries.gaps import gaps_of
from evenhand.monitoring.queries.groups import Counted, counted_for
from evenhand.monitoring.queries.improvement import followed_for
from evenhand.monitoring.queries.profile import profile_of
from evenhand.monitoring.queries.who import sees_everything
from evenhand.monitoring.tables import access, figures, gaps
from evenhand.monitoring.tables.quality import NOTHING

FEW = 5
WHOLE_ONLY = "This is of the whole authority, and your counts are of some teams."


class Section(NamedTuple):
    """One use: what it asks, the answer in a sentence, tables or a chart, and where to go on."""

    use: Use
    answer: str
    tables: list[Table]
    charts: list[Trend] = []
    url: str = ""
    url_words: str = ""


def sections(viewer: User, dimension: Dimension, today: date) -> list[Section]:
    """Return every use of the pack, in its order."""
    counted = counted_for(viewer, today)
    made: Mapping[str, Section] = {
        each.use.id: each
        for each in (
            _gaps(counted), _needs(counted), _quality(viewer), _change(viewer),
            _access(viewer, dimension), _baseline(viewer), _allocation(viewer, today),
            _improvement(viewer, dimension),
        )
    }  # fmt: skip
    return [made[use.id] for use in uses().uses if use.id in made]


def _sees_whole(viewer: User) -> bool:
    return sees_everything(viewer) and may(viewer, "monitoring.view")


def _use(id_: str) -> Use:
    return uses().use(id_)


def _gaps(counted: Counted) -> Section:
    found = gaps_of(counted)
    return Section(_use("gaps"), gaps.answer(found), [gaps.needs_table(found)])


def _needs(counted: Counted) -> Section:
    found = profile_of(counted)
    return Section(
        _use("needs"), figures.profile_answer(found),
        [figures.profile_table(part) for part in found.parts[1:2]],
        url=reverse("monitoring:needs"), url_words="By area and every group",
    )  # fmt: skip


def _quality(viewer: User) -> Section:
    found = quality(viewer)
    answer = found[0].answer if found else NOTHING
    return Section(
        _use("quality"), answer, [each.table for each in found],
        url=reverse("monitoring:quality"), url_words="By every group, by team and by service",
    )  # fmt: skip


def _change(viewer: User) -> Section:
    found = changes(viewer)
    answer = found[0].answer if found else "No action has a measure from before and after it yet."
    return Section(_use("change"), answer, [each.table for each in found])


def _access(viewer: User, dimension: Dimension) -> Section:
    found = access_for(viewer, dimension)
    return Section(_use("access"), access.answer(found), [access.table(found)])


def _baseline(viewer: User) -> Section:
    found = list(baselines_for(viewer)[:FEW])
    answer = f"The newest is {found[0].name}." if found else "No baseline is frozen yet."
    if not _sees_whole(viewer):
        return Section(_use("baseline"), WHOLE_ONLY, [])
    return Section(
        _use("baseline"), answer, [figures.baselines_table(found)] if found else [],
        url=reverse("monitoring:baselines"), url_words="Every baseline, and freezing one",
    )  # fmt: skip


def _allocation(viewer: User, today: date) -> Section:
    if not _sees_whole(viewer):
        return Section(_use("allocation"), WHOLE_ONLY, [])
    found = allocations_for(viewer, FEW, today)
    over = float(value("share-gap", counted_on()))
    said = [figures.allocation_answer(one, over) for one in found]
    return Section(
        _use("allocation"), " ".join(said) or "Nobody has told yet how places are shared out.",
        [figures.allocation_table(one) for one in found],
        url=reverse("monitoring:resources"), url_words="What is shared out, and decisions",
    )  # fmt: skip


def _improvement(viewer: User, dimension: Dimension) -> Section:
    found = followed_for(viewer, dimension)
    return Section(
        _use("improvement"), figures.improvement_answer(found),
        [figures.improvement_table(one) for one in found if not one.is_drawn],
        [figures.improvement_chart(one) for one in found if one.is_drawn],
        url=reverse("monitoring:benchmarks") if _sees_whole(viewer) else "",
        url_words="Beside other authorities",
    )  # fmt: skip
