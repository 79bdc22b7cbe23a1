"""An editor's schema takes every pack that is shipped, and marks what a typist gets wrong."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from jsonschema.exceptions import best_match

from evenhand.policy import editor_schema, shipped
from evenhand.policy import vocabulary as words

STANDARD = """
- id: feedback
  title: The referrer is told the outcome
  clauses: [IOW-2.4.24-b]
  subject: referral
  deadline: {starts: referral.received, stops: referral.feedback_given}
  within: [{from: 2005-04-01, value: 7, unit: working days, basis: text}]
  where: {all: [{fact: referral.no_further_action, is: no}]}
  cases:
    - {referral.received: 2026-04-02, today: 2026-04-15, expect: open}
"""


class _AsAnEditorReads(yaml.SafeLoader):
    """YAML 1.2, as editors read it: a date is text, and yes and no are words."""


_AsAnEditorReads.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag != "tag:yaml.org,2002:timestamp"
        and (tag != "tag:yaml.org,2002:bool" or first in "tTfF")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(text: str) -> Any:
    return yaml.load(text, _AsAnEditorReads)


@pytest.fixture(scope="module")
def schemas() -> dict[str, Draft7Validator]:
    made = editor_schema.schemas(words.load())
    for schema in made.values():
        Draft7Validator.check_schema(schema)
    return {name: Draft7Validator(schema) for name, schema in made.items()}


def files() -> list[tuple[str, Path]]:
    packs = shipped()
    found = [(path.stem, path) for path in sorted(packs.glob("*/*.yaml"))]
    found += [("standards", path) for path in sorted(packs.glob("*/standards/*.yaml"))]
    return [(kind, path) for kind, path in found if kind in editor_schema.schemas(words.load())]


@pytest.mark.parametrize(
    ("kind", "path"), files(), ids=lambda each: each if isinstance(each, str) else each.parent.name
)
def test_every_shipped_file_passes(schemas, kind: str, path: Path) -> None:
    errors = schemas[kind].iter_errors(read(path.read_text("utf-8")))
    deepest = (deep for error in errors if (deep := best_match([error])))
    assert [f"{list(one.absolute_path)}: {one.message[:200]}" for one in deepest] == []


def test_the_standard_that_the_faults_are_made_from_passes(schemas) -> None:
    assert list(schemas["standards"].iter_errors(read(STANDARD))) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("starts: referral.received", "starts: referral.recieved"),
        ("unit: working days", "unit: workdays"),
        ("basis: text", "basis: folklore"),
        ("from: 2005-04-01", "from: 1 April 2005"),
        ("value: 7", "value: seven"),
        ("subject: referral", "subject: referrals"),
        ("within:", "witin:"),
        ("{all: [{fact", "{al: [{fact"),
        ("expect: open", "expect: pending"),
        ("referral.received: 2026", "referral.recieved: 2026"),
    ],
)
def test_what_a_typist_gets_wrong_is_marked(schemas, right: str, wrong: str) -> None:
    assert right in STANDARD
    document = read(STANDARD.replace(right, wrong))
    assert not schemas["standards"].is_valid(document)


def test_facts_are_offered_with_what_they_mean(schemas) -> None:
    fact = copy.deepcopy(schemas["standards"].schema["definitions"]["fact"])
    place = fact["enum"].index("referral.received")
    assert fact["enumDescriptions"][place] == words.load().facts["referral.received"].meaning
