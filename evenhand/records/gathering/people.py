"""Who somebody is, as said; their family; and who works with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evenhand.design.wording import day
from evenhand.people.models import Child, IdentityStatement, Involvement, Relationship
from evenhand.people.pack import ask_set, in_words
from evenhand.policy import Ask
from evenhand.records.contents import Cell, Piece, Section
from evenhand.records.gathering.about import About
from evenhand.records.gathering.names import OTHER_CHILD, PARENT, children_around
from evenhand.sources.models import SourceReference

SAID_BY = {
    "child": "You", "parent": "A parent", "adult": "An adult", "worker": "A worker",
    "import": "The case system",
}  # fmt: skip


def who_you_are(about: About) -> Section:
    """Return names, days and numbers."""
    rows = [
        ((label,), (value,))
        for child in Child.objects.filter(pk__in=about.kin).order_by("pk")
        for label, value in _of_child(child)
        if value
    ]
    numbers = SourceReference.objects.filter(target="people.child", target_id__in=about.kin)
    for name, key in numbers.values_list("source__name", "key"):
        rows.append(((f"Your number in {name}",), (key,)))
    return Section(
        "who-you-are", "Who you are",
        "Your name and the numbers that we know you by. Two sets of lines mean that two records "
        "are read as one.",
        ("What", "What we hold"), tuple(rows),
    )  # fmt: skip


def _of_child(child: Child) -> Iterator[tuple[str, str]]:
    yield "Name", f"{child.forename} {child.surname}".strip()
    yield "Born", day(child.born_on) if child.born_on else ""
    yield "Expected", day(child.expected_on) if child.expected_on else ""
    yield "Died", day(child.died_on) if child.died_on else ""
    yield "Unique pupil number", child.upn
    yield "Team", str(child.team or "")
    yield "Worker", str(child.worker or "")


def said_of_you(about: About) -> Section:
    """Return what was said of who the person is; what they volunteered only where they let it."""
    rows = [_statement(row, about) for row in statements(about)]
    return Section(
        "said-of-you", "What was said about who you are",
        "What you, your family or others told us about you, such as your language, and when. "
        "Nothing is written over: what was said before is here too.",
        ("What", "What was said", "In whose words", "Who said it", "Asked by", "When"),
        tuple(rows),
    )  # fmt: skip


def statements(about: About) -> list[IdentityStatement]:
    """Return every statement about the child that who asked may have, newest first."""
    rows = IdentityStatement.objects.filter(child__in=about.kin).select_related("asked_by")
    volunteered = {item.characteristic for item in ask_set() if not item.chased}
    return [
        row
        for row in rows.order_by("-recorded_at", "-pk")
        if row.characteristic not in volunteered or _is_let(row, about)
    ]


def _is_let(row: IdentityStatement, about: About) -> bool:
    parent = IdentityStatement.Audience.PARENT
    lets_parent = about.asked_by == "parent" and parent in row.may_see.split()
    return about.sees_own_answers or lets_parent


def _statement(row: IdentityStatement, about: About) -> tuple[Cell, ...]:
    items: Iterable[Ask] = (one for one in ask_set() if one.characteristic == row.characteristic)
    item = next(iter(items), None)
    label = item.label if item else row.characteristic.replace("_", " ")
    answer = in_words(item, row.answer) if item and row.answer else row.answer
    on = row.asked_on or row.recorded_at
    error = " (entered in error)" if row.entered_in_error else ""
    is_theirs = about.own and row.said_by == IdentityStatement.SaidBy.CHILD
    words: Cell = (row.own_words,) if is_theirs else about.named.prose(row.own_words)
    return (
        (label,), ((answer or row.get_status_display()) + error,), words,
        _said_by(row), (str(row.asked_by.name) if row.asked_by else "",), (day(on),),
    )  # fmt: skip


def _said_by(row: IdentityStatement) -> Cell:
    words = SAID_BY.get(row.said_by, row.said_by)
    if row.said_by in (IdentityStatement.SaidBy.PARENT, IdentityStatement.SaidBy.ADULT):
        return (Piece(PARENT, words),)
    return (words,)


def your_family(about: About) -> Section:
    """Return parents, carers and other children, each a piece about somebody else."""
    rows: list[tuple[Cell, ...]] = [
        ((one.kind.capitalize(),), (Piece(PARENT, str(one.adult)),))
        for one in Relationship.objects.filter(child__in=about.kin).select_related("adult")
    ]
    rows += [
        (("A child of your family",), (Piece(OTHER_CHILD, str(one)),))
        for one in children_around(about.kin)
    ]
    return Section(
        "your-family", "Your family",
        "People whom our records name as your family. What we hold about them alone is theirs, "
        "and not in here.",
        ("Who they are to you", "Name"), tuple(rows),
    )  # fmt: skip


def who_works_with_you(about: About) -> Section:
    """Return the workers and teams, in their professional role."""
    found = Involvement.objects.filter(child__in=about.kin).select_related("worker", "team")
    rows = [
        (
            (str(one.worker or ""),), (str(one.team or ""),), (one.role,),
            (day(one.starts_on) if one.starts_on else "",),
            (day(one.ends_on) if one.ends_on else "",),
            about.named.told(one.change_reason),
        )
        for one in found.order_by("-starts_on", "-pk")
    ]  # fmt: skip
    return Section(
        "who-works-with-you", "Who works, or worked, with you",
        "The people and teams whose job it is or was to help you.",
        ("Worker", "Team", "Role", "From", "Until", "Why it changed"), tuple(rows),
    )  # fmt: skip
