"""A promise by what names it: the standard, its subject and its cycle; and by an address of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import salted_hmac

from evenhand.accounts.references import LENGTH
from evenhand.recording.models import Recording
from evenhand.standards.models import Standing

CHILD, RECORDED = "child", "recorded"


class Named(Protocol):
    """Whatever tells of one promise: a standing, or what was added to it."""

    standard: str
    subject_id: int
    cycle: int


class Key(NamedTuple):
    """What names a promise when its standing is rebuilt."""

    standard: str
    subject_id: int
    cycle: int


def key_of(one: Named) -> Key:
    """Return the key of a standing, or of what was added to it."""
    return Key(one.standard, one.subject_id, one.cycle)


def address_key(row: Standing) -> str:
    """Return what an address calls a promise: nothing that can be counted up to the next."""
    said = f"{row.standard} {row.subject} {row.subject_id} {row.cycle}"
    return salted_hmac("evenhand.promises.address", said).hexdigest()[:LENGTH]


def url_of(row: Standing, recorded: dict[int, str]) -> str:
    """Return the address of a promise's page; empty where it is of no child and no record."""
    if row.child is not None:
        return reverse("promises:one", args=[CHILD, row.child.ref, address_key(row)])
    if row.subject_id in recorded:
        return reverse("promises:one", args=[RECORDED, recorded[row.subject_id], address_key(row)])
    return ""


def records_of(rows: Iterable[Standing]) -> dict[int, str]:
    """Return the reference of the record that each promise of no child is about. One query."""
    keys = [row.subject_id for row in rows if row.child_id is None]
    found = Recording.objects.filter(pk__in=keys, about_id=None).values_list("pk", "ref")
    return dict(found) if keys else {}


def among(keys: Iterable[Key]) -> Q:
    """Return a filter of rows that may be of these promises: by subject, to be told apart after."""
    wanted = list(keys)
    return Q(standard__in={one.standard for one in wanted}) & Q(
        subject_id__in={one.subject_id for one in wanted}
    )
