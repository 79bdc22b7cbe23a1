"""The reference pages, written from the packs: the same packs give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from evenhand.policy import editor_schema, form_pages, wording
from evenhand.policy.ask_set import Ask
from evenhand.policy.library import Policy
from evenhand.policy.roles import RoleRule, Roles
from evenhand.rules.standards import Recurrence, Standard

NOTICE = (
    "<!-- Written by `evenhand policy docs` from the packs. Change the packs, not this page. -->"
)


def write(policy: Policy, folder: Path) -> list[Path]:
    """Write every page into the folder (made if need be), and give their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = {
        "standards.md": standards_page(policy),
        "clauses.md": clauses_page(policy),
        "vocabulary.md": vocabulary_page(policy),
        "ask-set.md": ask_set_page(policy),
        "roles.md": roles_page(policy),
        "forms.md": _page("Forms", form_pages.lines_of(policy)),
        **_schemas(policy),
    }
    (folder / "schema").mkdir(exist_ok=True)
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return [folder / name for name in pages]


def _schemas(policy: Policy) -> dict[str, str]:
    """The schemas by which an editor checks a pack's files as they are written."""
    return {
        f"schema/{name}.json": json.dumps(schema, indent=1) + "\n"
        for name, schema in editor_schema.schemas(policy.vocabulary).items()
    }


def standards_page(policy: Policy) -> str:
    """Every standard by pack: what it promises, its values, and on what it rests."""
    lines = [f"{len(policy.standards)} standards, in the words and with the values of the packs."]
    for pack in policy.packs:
        mine = [one for one in policy.standards.values() if one.pack == pack.id]
        if mine:
            lines += ["", f"## {pack.title}", "", f"Source: {pack.source}"]
        for standard in mine:
            lines += ["", *_standard(standard)]
    return _page("Standards", lines)


def _standard(standard: Standard) -> Iterator[str]:
    yield f"### {standard.title}"
    yield ""
    yield f"`{standard.id}`" + (f", {standard.category}" if standard.category else "")
    yield ""
    yield f"- Promise: {wording.promise(standard)}"
    for place, dated in enumerate(standard.dated, start=1):
        name = f"Stage {place}" if isinstance(standard, Recurrence) else "Value"
        yield from (f"- {name}: {wording.entry(entry)}" for entry in dated.entries)
    if standard.where is not None:
        yield f"- Covers: {wording.condition(standard.where)}"
    if standard.until:
        yield f"- Until: `{standard.until}`"
    if standard.excused_by:
        yield f"- Excused by: {_names(standard.excused_by)}"
    if standard.words:
        yield f"- For families: {standard.words}"
    yield f"- Clauses: {', '.join(standard.clauses)}"


def clauses_page(policy: Policy) -> str:
    """Every clause by pack, with the standards that rest on it."""
    lines = [f"{len(policy.clauses)} clauses, each in our own words."]
    for pack in policy.packs:
        rows = [
            (one.id, one.ref, one.kind, one.mode, one.basis, one.summary,
             _names(standard.id for standard in policy.standards_of(one.id)))
            for one in policy.clauses.values() if one.pack == pack.id
        ]  # fmt: skip
        if rows:
            heads = ("Clause", "Where", "Kind", "Mode", "Basis", "What it asks", "Standards")
            lines += ["", f"## {pack.title}", "", *_table(heads, rows)]
    return _page("Clauses", lines)


def vocabulary_page(policy: Policy) -> str:
    """Every fact by subject: its type, its meaning and which format supplies it."""
    lines = [f"{len(policy.vocabulary.facts)} facts that a pack may name."]
    for subject in policy.vocabulary.subjects:
        rows = [
            (f"`{one.name}`", f"{one.type}{', many' if one.many else ''}", one.meaning,
             "; ".join(f"{name}: {column}" for name, column in one.supplied_by.items())
             or ("Evenhand itself" if one.native else ""))
            for one in policy.vocabulary.of_subject(subject)
        ]  # fmt: skip
        heads = ("Fact", "Type", "Meaning", "Supplied by")
        lines += ["", f"## {subject}", "", *_table(heads, rows)]
    return _page("Vocabulary", lines)


def ask_set_page(policy: Policy) -> str:
    """What is asked about who a child is, why, and on which condition."""
    lines = ["What is asked about who a child is, of whom, from what age, and why."]
    for ask in policy.ask_set:
        lines += ["", *_ask(ask)]
    return _page("Ask set", lines)


def _ask(ask: Ask) -> Iterator[str]:
    yield f"## {ask.label}"
    yield ""
    yield from (f"- Asked of a {asked}: {text}" for asked, text in ask.questions.items())
    if ask.from_age is not None:
        yield f"- The child is asked from the age of {ask.from_age}"
    if ask.ask_child_again_at is not None:
        yield f"- A parent's refusal is put to the child at {ask.ask_child_again_at}"
    yield f"- Why: {ask.why}"
    yield f"- Condition: {ask.lawful_condition}"
    yield f"- Used by: {', '.join(ask.used_by)}"
    yield "- " + (
        "On the worklist until it is asked" if ask.chased else "Volunteered, never chased"
    )
    yield f"- Basis: {wording.BASES.get(ask.basis, ask.basis)}. Clauses: {', '.join(ask.clauses)}"


def roles_page(policy: Policy) -> str:
    """Every role: how far it reaches and what it may do."""
    held = policy.roles
    lines = [f"{len(held.roles)} roles and {len(held.permissions)} permissions, before any change."]
    lines += [line for role in held.roles.values() for line in ("", *_role(role, held))]
    return _page("Roles", lines)


def _role(role: RoleRule, held: Roles) -> Iterator[str]:
    yield f"## {role.title}"
    yield ""
    yield f"- Key: `{role.id}`. First page: {role.first_page.replace('_', ' ')}"
    yield f"- Records: {role.persons}. Counts: {role.aggregates}"
    if role.closeness:
        yield f"- May stand to a child as: {', '.join(role.closeness).replace('_', ' ')}"
    yield f"- Second step at sign-in: {role.second_step}"
    yield from (
        f"- May {one.words} (`{one.id}`)" for one in held.permissions.values()
        if role.id in one.roles
    )  # fmt: skip


def _page(title: str, lines: Iterable[str]) -> str:
    return "\n".join([f"# {title}", "", NOTICE, "", *lines]) + "\n"


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    heads = tuple(heads)
    yield _row(heads)
    yield _row("---" for _ in heads)
    for row in rows:
        yield _row(row)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
