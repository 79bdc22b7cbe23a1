"""What people typed about a child and has not been thrown away yet: searches, and kept forms."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from django.db.models import Q

from evenhand.accounts.models import KeptForm
from evenhand.accounts.sessions import SessionStore
from evenhand.accounts.sign_in_records import Session
from evenhand.people.models import Child

SEARCHES: Final = "searches"
"""Where a session remembers what was searched for."""


def forget_typed(children: Collection[Child], keys: Collection[str]) -> None:
    """Throw away forms kept about these children, and searches for their names or numbers."""
    pages = Q(pk__in=[])
    for child in children:
        pages |= Q(path__contains=child.ref) | Q(page__contains=child.ref)
    KeptForm.objects.filter(pages).delete()
    named = {name.lower() for child in children for name in (child.forename, child.surname) if name}
    for row in Session.objects.all():
        _forget_searches(row, named | {key.lower() for key in keys})


def _forget_searches(row: Session, named: Collection[str]) -> None:
    data: dict[str, Any] = SessionStore().decode(row.session_data)
    searches = data.get(SEARCHES, {})
    kept = {
        token: words
        for token, words in searches.items()
        if not any(name in str(words).lower() for name in named)
    }
    if len(kept) < len(searches):
        row.session_data = SessionStore().encode({**data, SEARCHES: kept})
        row.save(update_fields=["session_data"])
