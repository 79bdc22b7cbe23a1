"""What of a child's record can be said to be wrong: each with what it says now and who holds it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final, NamedTuple

from django.apps import apps
from django.db.models import Q

from evenhand.accounts.models import User
from evenhand.casework.happenings import HAPPENINGS, in_words
from evenhand.casework.recorded import SOURCE
from evenhand.design.wording import child_name, day
from evenhand.people.models import Adult, Child, IdentityStatement
from evenhand.people.pack import item_called
from evenhand.people.queries import statements_about
from evenhand.people.queries.about import parents_of
from evenhand.people.queries.reach import of_child
from evenhand.people.wording import answer
from evenhand.retention.models import Correction
from evenhand.retention.native import BY_HAND, STATEMENT, unconfirmed
from evenhand.sources.models import SourceReference

CHILD: Final = "people.child"
ANSWER: Final = "answer"
FACTS: Final = (
    ("forename", "First name"),
    ("surname", "Last name"),
    ("born_on", "Day of birth"),
    ("died_on", "Day of death"),
)
SEPARATOR: Final = "|"


class Disputable(NamedTuple):
    """One thing of a record: where it stands, in words, and whether Evenhand alone holds it."""

    target: str
    target_id: int
    field: str
    words: str
    is_native: bool

    @property
    def key(self) -> str:
        """Return how a form names it."""
        return SEPARATOR.join((self.target, str(self.target_id), self.field))


def disputables(child: Child, viewer: User) -> list[Disputable]:
    """Return what this viewer may see of a child's record and could be wrong."""
    return [*_facts(child), *_statements(child, viewer), *_events(child)]


def _facts(child: Child) -> Iterator[Disputable]:
    for field, words in FACTS:
        value = getattr(child, field)
        if value:
            shown = day(value) if isinstance(value, date) else value
            yield Disputable(CHILD, child.pk, field, f"{words}: {shown}", is_native=False)


def _statements(child: Child, viewer: User) -> Iterator[Disputable]:
    people: list[Child | Adult] = [child, *(adult for adult, _ in parents_of(child))]
    for person in people:
        for row in statements_about(person, viewer):
            if not row.entered_in_error:
                item = item_called(row.characteristic)
                words = f"{child_name(person)}: {item.label}: {answer(item, row)}"
                native = row.said_by != IdentityStatement.SaidBy.IMPORT
                yield Disputable(STATEMENT, row.pk, ANSWER, words, native)


def _events(child: Child) -> Iterator[Disputable]:
    whose = of_child(child)
    for kind in HAPPENINGS:
        label = kind.model._meta.label_lower
        typed = unconfirmed(label).values_list("target_id", flat=True) if label in BY_HAND else ()
        by_hand = set(typed)
        known = Q(**{f"{kind.day}__isnull": False}, withdrawn=False)
        for row in kind.model.objects.filter(whose, known).order_by(kind.day, "pk"):
            words = f"{in_words(kind, '')}, {day(getattr(row, kind.day))}"
            yield Disputable(label, row.pk, kind.day, words, row.pk in by_hand)


def reference_by_hand(target: str, target_id: int) -> SourceReference | None:
    """Return the reference of what somebody recorded here and no other source tells."""
    told = SourceReference.objects.filter(
        target=target, target_id=target_id, withdrawn_in_id=None
    ).select_related("source")
    sources = {one.source.key: one for one in told}
    return sources.get(SOURCE) if set(sources) == {SOURCE} else None


def value_of(target: str, target_id: int, field: str) -> str | None:
    """Return what a record says now, as text; None: it is gone, withdrawn or taken back.

    What a statement says is not copied out: its row is followed by another, never changed.
    """
    row: Any = apps.get_model(target)._base_manager.filter(pk=target_id).first()
    if row is None or getattr(row, "withdrawn", False) or getattr(row, "entered_in_error", False):
        return None
    if target == STATEMENT:
        return _newest_import(row)
    value = getattr(row, field)
    return "" if value is None else str(value)


def _newest_import(row: IdentityStatement) -> str:
    """The key of the newest statement that the source made of the same thing."""
    same = IdentityStatement.objects.filter(
        child=row.child, adult=row.adult, characteristic=row.characteristic, source=row.source
    )
    return str(same.order_by("-pk").values_list("pk", flat=True).first())


def disputes_on(child: Child) -> list[Correction]:
    """Return what is said to be wrong of a child's record and is not settled yet."""
    whose = of_child(child)
    open_ = Q(standing__in=(Correction.Standing.ASKED, Correction.Standing.AT_SOURCE))
    return list(Correction.objects.filter(whose & open_).order_by("received_on", "pk"))
