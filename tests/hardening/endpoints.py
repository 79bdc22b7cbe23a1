"""The routes as an OpenAPI 3.1 document, for an engine that makes up what to send."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from tests.access.asking import _arguments, form
from tests.access.test_every_route import NO_SUCH_METHOD
from tests.access.world import World
from tests.hardening.sending import FORM
from tools.access import Line

QUERY = ("page", "team", "show", "as", "state", "value", "found")
ANYTHING = {"responses": {"default": {"description": "any"}}}


def document(lines: Iterable[Line], role: str, walked: World) -> dict[str, Any]:
    """Return every route that a role reaches: its parts, its queries and its form's questions."""
    paths = {}
    for line in lines:
        if line.roles[role] != "no" and not line.route.startswith("accounts:"):
            paths["/" + _template(line)] = dict(_operations(line, walked))
    return {"openapi": "3.1.0", "info": {"title": "Evenhand", "version": "1"}, "paths": paths}


def _template(line: Line) -> str:
    for name in _names(line):
        for kind in ("slug", "str"):
            line = line._replace(address=line.address.replace(f"<{kind}:{name}>", f"{{{name}}}"))
    return line.address


def _names(line: Line) -> list[str]:
    return [part.split(">")[0].split(":")[1] for part in line.address.split("<")[1:]]


def _operations(line: Line, walked: World) -> Iterator[tuple[str, Any]]:
    real = _arguments(line.route, line.about, walked.own, walked.own)
    parts = [
        {"name": n, "in": "path", "required": True, "schema": _either(real[n], minLength=1)}
        for n in _names(line)
    ]
    queries = [{"name": n, "in": "query", "schema": {"type": "string"}} for n in QUERY]
    yield "get", {"parameters": parts + queries, **ANYTHING}
    if line.post != NO_SUCH_METHOD:
        questions = {
            name: _either(value)
            for name, value in form(line.route, walked.own).items()
            if not isinstance(value, UploadedFile)
        }
        body = {"type": "object", "properties": questions, "required": list(questions)}
        content = {"content": {FORM: {"schema": body}}, "required": True}
        yield "post", {"parameters": parts, "requestBody": content, **ANYTHING}


def _either(real: object, **bounds: Any) -> dict[str, Any]:
    """Return what may be sent: what is right, or any words."""
    return {"anyOf": [{"type": "string", "enum": [str(real)]}, {"type": "string", **bounds}]}
