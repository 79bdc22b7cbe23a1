"""A row is changed as it was when the page was opened, or not at all."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from evenhand.problems import Problem


class Superseded(Problem):
    """It was changed since the page was opened: nothing of what came second is kept yet."""

    def __init__(self, called: str) -> None:
        where = "by somebody else or in another window"
        super().__init__(
            f"This {called} was changed since you opened it, {where}.",
            "See how it stands now, then decide.",
        )


def take_on(
    row: Model, version: int, *, still: dict[str, Any] | None = None, called: str = "",
    **fields: Any,
) -> None:  # fmt: skip
    """Take a row on to its next version, with these values. Superseded if it is not as it was read.

    ``version`` is the one that was read; ``still`` is what must hold besides, as {"state": "open"}.
    ``called`` is what people call such a row, where that is not its model's name.
    """
    rows = type(row)._default_manager.filter(pk=row.pk, version=version, **(still or {}))
    if not rows.update(version=version + 1):
        raise Superseded(called or str(row._meta.verbose_name))
    row.refresh_from_db()
    for name, value in fields.items():
        setattr(row, name, value)
    if fields:
        row.save(update_fields=list(fields))
