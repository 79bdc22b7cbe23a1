"""Which statement leads for each person, kept for lists and counts. Derived: may be thrown away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Model, Q, QuerySet

from evenhand.people import identity, sealing
from evenhand.people.asking import CHILD, PARENT
from evenhand.people.identity import Leading, Statement
from evenhand.people.models import (
    Child,
    IdentityStanding,
    IdentityStatement,
    SettledDifference,
)
from evenhand.people.pack import ask_set
from evenhand.people.turns import take_turn

AT_ONCE = 2_000
About = tuple[int | None, int | None]  # (child_id, adult_id), one of them filled
STATEMENT_FIELDS = (
    "pk", "status", "answer", "said_by", "asked_on", "recorded_at", "source", "how",
    "entered_in_error",
)  # fmt: skip


def restate(about: Collection[About], characteristics: Collection[str]) -> None:
    """Work out anew which statement leads, for these people and characteristics."""
    take_turn()
    chased = {item.characteristic for item in ask_set() if item.chased} & set(characteristics)
    for some in in_chunks(_canonical(about)):
        leads = leading_statements(some, chased)
        _write_standings(some, chased, leads)


LET_STAND = """
    INSERT INTO people_identitystanding
        (child_id, adult_id, characteristic, status, answer, said_by, asked_on, conflict,
         statement_id)
    SELECT child_id, adult_id, characteristic, status, answer, said_by, %s, %s, id
    FROM people_identitystatement
    WHERE id > %s AND import_batch_id = %s AND characteristic IN ({chased})
"""


def let_stand(batch: int, *, after: int, on: date) -> None:
    """Let each statement of a batch with a key above ``after`` lead: nobody had spoken before.

    ``on`` is the day of recording.
    """
    chased = [item.characteristic for item in ask_set() if item.chased]
    if not chased:
        return
    statement = LET_STAND.replace("{chased}", ", ".join(["%s"] * len(chased)))
    recorded_on = connection.ops.adapt_datefield_value(on)
    with connection.cursor() as cursor:
        cursor.execute(statement, [recorded_on, False, after, batch, *chased])


def leading_statements(
    about: Collection[About], characteristics: Collection[str]
) -> dict[tuple[About, str], Leading]:
    """Return what leads for each person and characteristic that anything was said of."""
    said: dict[tuple[About, str], list[Statement]] = defaultdict(list)
    merged = _merged_into({child for child, _ in about if child})
    rows = _statements(about, merged).filter(characteristic__in=characteristics)
    for child, adult, characteristic, ref, *fields in rows.values_list(
        "child_id", "adult_id", "characteristic", "ref", *STATEMENT_FIELDS
    ):
        told = Statement(*fields)
        told = told._replace(answer=sealing.opened(told.answer, ref))
        said[((merged.get(child, child), adult), characteristic)].append(told)
    found = {key: identity.leading(each, _kind(key[0])) for key, each in said.items()}
    return {key: lead for key, lead in found.items() if lead is not None}


def _canonical(about: Collection[About]) -> set[About]:
    """Return these people with merged children named by the child they were merged into."""
    into = merged_among({child for child, _ in about if child})
    return {(into.get(child, child), adult) for child, adult in about}


def merged_among(children: Collection[int]) -> dict[int | None, int]:
    """Return which of these children were merged, and into whom."""
    merged = Child.objects.filter(pk__in=children).exclude(merged_into=None)
    return dict(merged.values_list("pk", "merged_into_id"))


def _kind(about: About) -> str:
    return CHILD if about[0] else PARENT


def _merged_into(children: Collection[int]) -> dict[int | None, int]:
    merged = Child.objects.filter(merged_into__in=children)
    return dict(merged.values_list("pk", "merged_into_id"))


def _statements(
    about: Collection[About], merged: Mapping[int | None, int]
) -> QuerySet[IdentityStatement]:
    children = [child for child, _ in about if child] + list(merged)
    adults = [adult for _, adult in about if adult]
    return IdentityStatement.objects.filter(Q(child__in=children) | Q(adult__in=adults))


def _write_standings(
    about: Collection[About],
    characteristics: Collection[str],
    leads: Mapping[tuple[About, str], Leading],
) -> None:
    settled = _settled(about)
    of_people(IdentityStanding, about).filter(characteristic__in=characteristics).delete()
    IdentityStanding.objects.bulk_create(
        (_standing(key[0], key[1], lead, settled) for key, lead in leads.items()), batch_size=1_000
    )


def _standing(
    about: About, characteristic: str, lead: Leading, settled: Collection[tuple[About, str, str]]
) -> IdentityStanding:
    said = lead.statement
    differing = difference(lead.differing)
    return IdentityStanding(
        child_id=about[0],
        adult_id=about[1],
        characteristic=characteristic,
        status=said.status,
        answer=said.answer,
        said_by=said.said_by,
        asked_on=said.said_on[0],
        conflict=bool(differing) and (about, characteristic, differing) not in settled,
        statement_id=said.key,
    )


def difference(answers: Sequence[str]) -> str:
    """Return answers that differ as one text, to keep and to compare."""
    return " / ".join(answers)


def _settled(about: Collection[About]) -> set[tuple[About, str, str]]:
    rows = of_people(SettledDifference, about).values_list(
        "child_id", "adult_id", "characteristic", "answers"
    )
    return {
        ((child, adult), characteristic, answers) for child, adult, characteristic, answers in rows
    }


def of_people(model: type[Model], about: Collection[About]) -> QuerySet[Any]:
    """Return the rows of a model that are about any of these people."""
    children = [child for child, _ in about if child]
    adults = [adult for _, adult in about if adult]
    return model._default_manager.filter(Q(child__in=children) | Q(adult__in=adults))


def in_chunks(things: Iterable[Any], size: int = AT_ONCE) -> Iterator[list[Any]]:
    """Yield lists of at most ``size``: as many as one statement names at once."""
    rest = iter(things)
    while some := list(islice(rest, size)):
        yield some
