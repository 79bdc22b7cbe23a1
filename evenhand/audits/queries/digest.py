"""The digest of a half-year: what is strong and what is to be improved, over all audits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from evenhand.accounts.models import User
from evenhand.audits import pack
from evenhand.audits.models import Finding
from evenhand.audits.queries.counting import (
    Counted,
    Tally,
    audits_between,
    counted,
    within_reach,
)
from evenhand.audits.reporting.showing import IMPROVE, STRENGTH, Showing, showing
from evenhand.rules.arithmetic import add_months
from evenhand.rules.periods import HALF_YEAR, Span


class Source(NamedTuple):
    """One type of audit in which a theme stood out, with how often it was met there."""

    type: pack.Type
    tally: Tally


class Theme(NamedTuple):
    """One theme with every type of audit in which it is strong, or weak; ``findings``: of both."""

    id: str
    title: str
    sources: Sequence[Source]
    findings: int


@dataclass(frozen=True)
class Digest:
    """What a half-year's audits show together."""

    span: Span
    audits: int
    strengths: Sequence[Theme]
    improve: Sequence[Theme]


def half_year_of(day: date) -> Span:
    """Return the half-year that a day is in: January to June, or July to December."""
    first = date(day.year, 1 if day.month <= HALF_YEAR else HALF_YEAR + 1, 1)
    return Span(first, date.fromordinal(add_months(first, HALF_YEAR).toordinal() - 1))


def digest_for(viewer: User, span: Span) -> Digest:
    """Return the digest of a half-year, of the teams whose counts a viewer may see.

    Only files that were drawn by chance count. A theme stands in it once, with all its sources.
    """
    rows = within_reach(audits_between(list(pack.types()), span.since, span.until), viewer)
    found, show = counted(rows.filter(is_random=True)), showing(span.until)
    raised = _raised(found)
    return Digest(
        span, len(found.audits), _themes(found, show, STRENGTH, raised),
        _themes(found, show, IMPROVE, raised),
    )  # fmt: skip


def _themes(found: Counted, show: Showing, wanted: str, raised: Sequence[Finding]) -> list[Theme]:
    sources: dict[str, list[Source]] = {}
    for (theme, type_), tally in found.by(lambda mark: (mark.theme, mark.audit.type)).items():
        if theme and type_ in pack.types() and show.verdict(tally) == wanted:
            sources.setdefault(theme, []).append(Source(pack.type_called(type_), tally))
    return [
        Theme(theme, title, _in_order(sources[theme]), _of(theme, wanted, raised))
        for theme, title in found.themes.items() if theme in sources
    ]  # fmt: skip


def _in_order(sources: Iterable[Source]) -> list[Source]:
    order = list(pack.types())
    return sorted(sources, key=lambda one: order.index(one.type.id))


def _raised(found: Counted) -> list[Finding]:
    """Return what was found in these audits."""
    keys = [one.pk for one in (*found.audits, *found.lacking)]
    return list(
        Finding.objects.filter(audit__in=keys, entered_in_error=False).only("kind", "theme")
    )


def _of(theme: str, wanted: str, raised: Iterable[Finding]) -> int:
    good = {kind.id for kind in pack.findings().values() if kind.offers}
    is_good = wanted == STRENGTH
    return sum(one.theme == theme and (one.kind in good) is is_good for one in raised)
