"""Every address has a name, and none carries a number that counts people."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, PathConverter


def routes(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every pattern below ``resolver`` with its whole address."""
    for pattern in resolver.url_patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, address)
        else:
            yield address, pattern


ROUTES = list(routes(get_resolver()))
IDS = [address or "/" for address, _ in ROUTES]


@pytest.mark.parametrize(("address", "pattern"), ROUTES, ids=IDS)
def test_a_route_is_named(address: str, pattern: URLPattern) -> None:
    """So that pages link by name and the walk over every route for every role finds it."""
    assert pattern.name


@pytest.mark.parametrize(("address", "pattern"), ROUTES, ids=IDS)
def test_a_reference_is_random(address: str, pattern: URLPattern) -> None:
    """A row number in an address can be counted up to the next child."""
    converters = pattern.pattern.converters.values()
    assert not [each for each in converters if isinstance(each, IntConverter | PathConverter)]
