"""Who is to be asked what: a question stays here until an answer arrives, by whatever route."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.core.paginator import Page
from django.db.models import QuerySet

from evenhand.accounts.models import Team, User, Worker
from evenhand.design.paging import page_of
from evenhand.people.asking import CHILD, PARENT, Person, whom_to_ask
from evenhand.people.identity import Knowledge
from evenhand.people.models import Adult, Child, IdentityQuestion
from evenhand.people.pack import ask_set
from evenhand.people.queries.scope import of_persons
from evenhand.policy import Ask


class ToAsk(NamedTuple):
    """One question to put: of whom it is, what is known so far, and who is asked it today."""

    item: Ask
    state: Knowledge
    ask_from: date
    adult: Adult | None
    whom: str


class Entry(NamedTuple):
    """A child on the worklist, with what is to be asked of them and of their parents."""

    child: Child
    questions: list[ToAsk]


def worklist_for(
    viewer: User,
    *,
    today: date,
    characteristic: str = "",
    team: Team | None = None,
    worker: Worker | None = None,
) -> QuerySet[IdentityQuestion]:
    """Return the rows that stand for what is to be asked, those with most unasked first.

    One row a child; with ``characteristic``, one row a person of whom that is to be asked.
    """
    rows = IdentityQuestion.objects.filter(ask_from__lte=today)
    rows = (
        rows.filter(characteristic=characteristic) if characteristic else rows.filter(is_first=True)
    )
    mine = of_persons(viewer)
    if mine is not None:
        rows = rows.filter(mine)
    if team is not None:
        rows = rows.filter(team=team)
    if worker is not None:
        rows = rows.filter(worker=worker)
    return rows.order_by("-urgency", "-child_id", "pk")


def worklist_page(
    rows: QuerySet[IdentityQuestion], number: str | None, *, today: date, characteristic: str = ""
) -> tuple[Page[IdentityQuestion], list[Entry]]:
    """Return one page of the worklist and its entries, each child once."""
    page = page_of(rows, number)
    ids = list(dict.fromkeys(row.child_id for row in page.object_list))
    return page, entries_of(ids, today=today, characteristic=characteristic)


def entries_of(ids: list[int], *, today: date, characteristic: str = "") -> list[Entry]:
    """Return these children in order with all that is due to be asked."""
    children = Child.objects.select_related("team", "worker").in_bulk(ids)
    due = IdentityQuestion.objects.filter(child__in=ids, ask_from__lte=today)
    if characteristic:
        due = due.filter(characteristic=characteristic)
    asked: dict[int, list[ToAsk]] = defaultdict(list)
    for row in due.select_related("adult"):
        asked[row.child_id].append(_to_ask(row, children[row.child_id], today))
    return [Entry(children[pk], _in_order(asked[pk])) for pk in ids]


def _to_ask(row: IdentityQuestion, child: Child, today: date) -> ToAsk:
    item = next(item for item in ask_set() if item.characteristic == row.characteristic)
    state = Knowledge(row.state)
    if state is Knowledge.NOT_YET:
        state = Knowledge.NO_RECORD
    assert row.ask_from is not None  # noqa: S101 (the rows were chosen by it)
    return ToAsk(item, state, row.ask_from, row.adult, _whom(item, row, child, today))


def _whom(item: Ask, row: IdentityQuestion, child: Child, today: date) -> str:
    if row.adult_id is not None:
        return PARENT
    if row.state in {Knowledge.DECLINED, Knowledge.NOT_KNOWN}:
        return CHILD
    return whom_to_ask(item, Person(CHILD, child.born_on), today)


def _in_order(asked: Iterable[ToAsk]) -> list[ToAsk]:
    order = {item.characteristic: place for place, item in enumerate(ask_set())}
    return sorted(
        asked, key=lambda a: (a.adult is not None, str(a.adult), order[a.item.characteristic])
    )
