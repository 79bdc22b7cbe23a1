"""What a release told, as values that are kept with it, and read again when another is weighed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from evenhand.analytics.profiles import Bounds
from evenhand.equality.models import Release
from evenhand.equality.releasing.linking import Shown, Table

Plain = Mapping[str, Any]


def as_values(table: Table) -> dict[str, Any]:
    """Return a table as values that JSON can hold. No hidden number is in it."""
    return {
        "measure": table.measure, "after": table.after, "root": table.root,
        "groups": dict(table.groups), "since": table.since.isoformat(),
        "until": table.until.isoformat(), "shows_zeros": table.shows_zeros,
        "rows": {group: _plain(shown) for group, shown in table.rows.items()},
        "total": _plain(table.total), "known": sorted(map(list, table.known)),
        "most": dict(table.most),
    }  # fmt: skip


def _plain(shown: Shown | None) -> list[list[float]] | None:
    return None if shown is None else [list(shown.of), list(shown.reached)]


def table_of(release: Release) -> Table:
    """Return what a release told."""
    told: Plain = release.told
    return Table(
        ref=release.ref, measure=told["measure"], after=told["after"], root=told["root"],
        dimension=release.dimension, groups=told["groups"],
        since=date.fromisoformat(told["since"]), until=date.fromisoformat(told["until"]),
        shows_zeros=told["shows_zeros"],
        rows={group: _shown(plain) for group, plain in told["rows"].items()},
        total=_shown(told["total"]),
        known=frozenset((group, part) for group, part in told["known"]),
        most=told.get("most", {}),
    )  # fmt: skip


def _shown(plain: list[list[float]] | None) -> Shown | None:
    return None if plain is None else Shown(Bounds(*plain[0]), Bounds(*plain[1]))


def everything_released() -> list[Table]:
    """Return what every release told, oldest first: withdrawn ones too, for they were read."""
    return tables_of(Release.objects.filter(released_at__isnull=False).order_by("released_at"))


def tables_of(releases: Iterable[Release]) -> list[Table]:
    """Return what these releases told, of those of which it was kept."""
    return [table_of(each) for each in releases if each.told]
