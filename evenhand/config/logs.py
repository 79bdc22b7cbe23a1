"""What is logged: where something happened and of what kind, never what anybody typed or is.

An exception's words can hold a child's name (a refused row, a value that is no day), and so can an
address that somebody typed: neither is written. Each fault has a reference, which its page shows.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

from django.http import HttpRequest

from evenhand.accounts.references import new_reference

NOWHERE = "an address that leads nowhere"
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def reference_of(request: HttpRequest) -> str:
    """Return the reference of a request that went wrong: the same for its page and the log."""
    if not hasattr(request, "fault_reference"):
        request.fault_reference = new_reference()  # type: ignore[attr-defined]
    return str(request.fault_reference)  # type: ignore[attr-defined]


class RouteOnly(logging.Filter):
    """Says the route and the reference of a request in place of its address."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite a record that carries a request; keep every record."""
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            record.msg = "%s %s %s, reference %s"
            record.args = (
                getattr(record, "status_code", "refused"),
                request.method,
                _route(request),
                reference_of(request),
            )
        return True


def _route(request: HttpRequest) -> str:
    found = getattr(request, "resolver_match", None)
    return f"/{found.route}" if found else NOWHERE


class WithoutWords(logging.Formatter):
    """Writes of an exception its kind and the lines of code, not its words."""

    def formatException(self, ei: ExcInfo | Any) -> str:  # noqa: N802 (the library's name)
        """Return the frames of an exception and of those it came from."""
        return "\n".join(part.rstrip() for part in _told(ei[1])) if ei[1] else ""


def _told(fault: BaseException) -> Iterator[str]:
    before = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    if before is not None:
        yield from _told(before)
        yield "which led to:"
    yield from traceback.format_tb(fault.__traceback__)
    yield f"{type(fault).__module__}.{type(fault).__qualname__}"
