"""Every address that the program answers, by its whole name."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def routes(
    resolver: URLResolver | None = None, prefix: str = "", room: str = ""
) -> Iterator[tuple[str, str]]:
    """Yield the name and the address of each route, such as ``("pages:home", "")``."""
    for pattern in (resolver or get_resolver()).url_patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield f"{room}{pattern.name}", address
        else:
            named = f"{pattern.namespace}:" if pattern.namespace else room
            yield from routes(pattern, address, named)
