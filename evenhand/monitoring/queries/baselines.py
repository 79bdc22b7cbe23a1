"""Every measure of monitoring as it stands, to be frozen; and a frozen one beside today's."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from django.db.models import QuerySet, Sum

from evenhand.accounts.models import User
from evenhand.design.wording import percent
from evenhand.equality.models import GroupTally
from evenhand.equality.pathway import Dimension, dimensions
from evenhand.equality.wording import title_of
from evenhand.monitoring.hiding import shown
from evenhand.monitoring.models import Baseline
from evenhand.monitoring.queries.groups import grouped_today
from evenhand.monitoring.queries.who import (
    every_open_child,
    hidden_below,
    sees_everything,
    sees_exactly,
)

Body = Mapping[str, Any]
Pair = tuple[int, int]
OPEN = "open/children"


class Line(NamedTuple):
    """One group, or last all together: what was frozen and what is, as they may be shown."""

    label: str
    then: str
    now: str


class Block(NamedTuple):
    """One measure by one dimension, then and now."""

    title: str
    lines: list[Line]


def baselines_for(viewer: User) -> QuerySet[Baseline]:
    """Return the baselines, newest first; none to those whose counts are not the authority's."""
    found = Baseline.objects.select_related("frozen_by").order_by("-as_at", "-pk")
    return found if sees_everything(viewer) else found.none()


def frozen_ways(body: Body) -> list[tuple[str, str]]:
    """Return the dimensions that a frozen body holds, each with its label then."""
    return [(id_, label) for id_, (label, _) in body["dimensions"].items()]


def then_and_now(viewer: User, baseline: Baseline, way: str, now: Body) -> list[Block]:
    """Return each measure of a baseline by one dimension beside what it is ``now``.

    Groups stand as they were named then; small numbers are hidden from those not entitled.
    """
    body, exact = baseline.body, sees_exactly(viewer)
    labels = dict(body["dimensions"][way][1])
    blocks = []
    for name, title in body["titles"].items():
        then, today = (one["counts"].get(name, {}).get(way, {}) for one in (body, now))
        if then or today:
            blocks.append(Block(title, _lines(name, labels, then, today, exact)))
    return blocks


def _lines(
    name: str, labels: Mapping[str, str], then: Mapping[str, Pair], now: Mapping[str, Pair],
    exact: bool,
) -> list[Line]:  # fmt: skip
    names = dict(labels) | {group: group for group in now if group not in labels}
    groups = [group for group in names if group in then or group in now]
    sides = [_cells(name, groups, side, exact) for side in (then, now)]
    words = [*(names[group] for group in groups), "All"]
    return [Line(*parts) for parts in zip(words, *sides, strict=True)]


def _cells(name: str, groups: list[str], counts: Mapping[str, Pair], exact: bool) -> list[str]:
    pairs = [counts.get(group, (0, 0)) for group in groups]
    if name == OPEN:
        rows = [[of] for _, of in pairs]
    else:
        rows = [[reached, of - reached] for reached, of in pairs]
    table = shown({name: rows}, hidden_below(), exact=exact)[name]
    return [_cell(row, is_open=name == OPEN) for row in table.rows]


def _cell(row: list[str], *, is_open: bool) -> str:
    if is_open:
        return row[0]
    reached, _, of = row
    if of == "0":
        return "none"
    numbers = [part.replace(",", "") for part in (reached, of)]
    share = (
        f" ({percent(int(numbers[0]), int(numbers[1]))})" if all(map(str.isdigit, numbers)) else ""
    )
    return f"{reached} of {of}{share}"


def everything_now(today: date) -> Body:
    """Return every measure by group of the whole authority, in true counts, to be frozen.

    Steps and clocks as they were last counted, and open children by group as they stand. It is
    frozen, or goes through ``then_and_now``: no page shows it as it is.
    """
    counts: dict[str, dict[str, dict[str, Pair]]] = defaultdict(lambda: defaultdict(dict))
    kept = {one.id: one for one in dimensions()}
    tallies = GroupTally.objects.filter(team=None, period=GroupTally.Period.YEAR).order_by()
    rows = tallies.values_list("kind", "measure", "dimension", "group")
    for kind, measure, way, group, reached, of in rows.annotate(Sum("reached"), Sum("of")):
        if way in kept:
            counts[f"{kind}/{measure}"][way][group] = (reached, of)
    for way, groups in _open_by_group(list(kept.values()), today).items():
        counts[OPEN][way] = groups
    return {
        "counts": counts,
        "titles": {name: _title(name) for name in counts},
        "dimensions": {one.id: (one.label, _groups(one, counts)) for one in kept.values()},
    }


def _open_by_group(ways: list[Dimension], today: date) -> dict[str, dict[str, Pair]]:
    who = every_open_child()
    found = {}
    for one in ways:
        groups, of_child = grouped_today(one, who, today)
        counts = np.bincount(of_child, minlength=len(groups)).tolist()
        found[one.id] = {
            group: (count, count) for group, count in zip(groups, counts, strict=True) if count
        }
    return found


def _groups(one: Dimension, counts: Mapping[str, Any]) -> list[tuple[str, str]]:
    met = {group for by in counts.values() for group in by.get(one.id, ())}
    order = {group: place for place, group in enumerate(one.labels)}
    ranked = sorted(met, key=lambda group: (order.get(group, len(order)), group))
    return [(group, one.label_of(group)) for group in ranked]


def _title(name: str) -> str:
    kind, _, measure = name.partition("/")
    return "Open children" if name == OPEN else title_of(kind, measure)


def digest_of(body: Body) -> str:
    """Return the SHA-256 of a body, whatever the order in which it is written."""
    written = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(written.encode()).hexdigest()


def is_as_frozen(baseline: Baseline) -> bool:
    """Say whether the body is the one that was frozen."""
    return digest_of(baseline.body) == baseline.digest
