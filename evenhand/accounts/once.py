"""What one page reads, read once: kept while the page is made, and gone with it.

Many parts of a page ask the same: the day of the counts, who is left out, the answers of every
child. Within ``one_page`` a function marked ``once`` reads at its first call and gives the same
again; outside it reads anew at every call. Nothing outlives the page, so nothing goes stale.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
_held: ContextVar[dict[Hashable, Any] | None] = ContextVar("held", default=None)


def one_page(view: Callable[P, R]) -> Callable[P, R]:
    """Keep what ``once`` reads while a view answers. For views that only read."""

    @wraps(view)
    def within(*args: P.args, **kwargs: P.kwargs) -> R:
        token = _held.set({})
        try:
            return view(*args, **kwargs)
        finally:
            _held.reset(token)

    return within


def once(read: Callable[P, R]) -> Callable[P, R]:
    """Read once for a page and for the same arguments. What is returned is not to be changed."""

    @wraps(read)
    def kept(*args: P.args, **kwargs: P.kwargs) -> R:
        held = _held.get()
        if held is None:
            return read(*args, **kwargs)
        key = (read, args, tuple(sorted(kwargs.items())))
        if key not in held:
            held[key] = read(*args, **kwargs)
        found: R = held[key]
        return found

    return kept


def is_one_page() -> bool:
    """Say whether what is read now is kept for a page: then reading more at once pays."""
    return _held.get() is not None
