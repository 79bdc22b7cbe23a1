"""Forms that narrow a list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from evenhand.design.fields import DayField
from evenhand.design.forms import FilterForm
from evenhand.facts.adopted import policy
from evenhand.pages.clauses import WORDS
from evenhand.people.queries.remembered import Looker


class NarrowClauses(forms.Form):
    """Narrow the clauses by source, area and how they stand."""

    mark_optional = False
    words = forms.CharField(label="Words", required=False, max_length=100)
    pack = forms.ChoiceField(label="Policy", required=False)
    area = forms.ChoiceField(label="Area", required=False)
    standing = forms.ChoiceField(
        label="How it stands",
        required=False,
        choices=[("", "All"), *((str(key), words) for key, words in WORDS.items())],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        adopted = policy()
        packs = {clause.pack for clause in adopted.clauses.values()}
        areas = sorted({clause.area for clause in adopted.clauses.values() if clause.area})
        self.fields["pack"].choices = [  # type: ignore[attr-defined]
            ("", "All"),
            *((pack.id, pack.title) for pack in adopted.packs if pack.id in packs),
        ]
        self.fields["area"].choices = [  # type: ignore[attr-defined]
            ("", "All"),
            *((area, area.capitalize()) for area in areas),
        ]


class NarrowLooks(FilterForm):
    """Keep one person's looks at a record, or those from a day on."""

    who = forms.ChoiceField(label="Who")
    since = DayField(label="From")

    def __init__(self, *args: Any, people: Iterable[Looker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ids = {one.ref: one.user_id for one in people if one.ref}
        named = sorted((one.name, one.ref) for one in people if one.ref)
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            ("", "Everybody"),
            *((ref, name) for name, ref in named),
        ]

    def chosen(self) -> tuple[int | None, date | None]:
        """Return whose looks and from which day; None for what was not chosen, or cannot be."""
        given = self.cleaned_data if self.is_valid() else {}
        return self._ids.get(given.get("who", "")), given.get("since")
