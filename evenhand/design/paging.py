"""Pages of a list that cost no more as the list grows: only its first rows can be paged through."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

ON_A_PAGE = 25
MOST = 2_500


class FirstRows(Paginator):  # type: ignore[type-arg]
    """Counts and shows the first ``most`` rows; ``has_more`` says that there are others."""

    def __init__(self, rows: QuerySet[Any], on_a_page: int, *, most: int) -> None:
        super().__init__(rows, on_a_page)
        self.most = most

    @cached_property
    def _found(self) -> int:
        return int(self.object_list[: self.most + 1].count())

    @property
    def has_more(self) -> bool:
        """Say whether rows are left out: narrow the list to see them."""
        return self._found > self.most

    @cached_property
    def count(self) -> int:
        """Return how many rows can be paged through."""
        return min(self._found, self.most)


def page_of(rows: QuerySet[Any], number: str | None, *, most: int = MOST) -> Page[Any]:
    """Return a page; the nearest there is, where the number is none of them."""
    return FirstRows(rows, ON_A_PAGE, most=most).get_page(number)
