"""What a page is made of, its words and numbers left out: two of one shape need one check."""

from __future__ import annotations

import hashlib
import re

WORDS = re.compile(r">[^<]*[^<\s][^<]*<")
LEADS = re.compile(r' (href|action|value|content|nonce|datetime)="[^"]*"')
DRAWN = re.compile(
    r' (d|x|y|x1|x2|y1|y2|cx|cy|r|dx|dy|width|height|points|transform|viewBox)="[^"]*"'
)
REFERENCE = re.compile(r"(?<=-)[a-z0-9]{12}\b")
REPEATED = re.compile(
    r"(<(tr|li|option|tspan|rect|circle|text)\b(?:(?!<\2\b).)*?</\2>)(?:\s*\1)+", re.DOTALL
)


def shape_of(html: str, width: int) -> str:
    """Return a digest that pages share when only their words, numbers and length differ.

    Whatever a rule of accessibility can turn on stays: elements and their order, classes, ids,
    names, roles, labels, states, and whether there are words at all.
    """
    bare = LEADS.sub(r' \1=""', DRAWN.sub("", WORDS.sub(">x<", html)))
    bare = REPEATED.sub(r"\1", REFERENCE.sub("ref", bare))
    return hashlib.sha256(f"{width} {bare}".encode()).hexdigest()
