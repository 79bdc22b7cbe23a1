"""Forms that narrow a list."""

from __future__ import annotations

from typing import Any

from django import forms

from evenhand.facts.adopted import policy
from evenhand.pages.clauses import WORDS


class NarrowClauses(forms.Form):
    """Narrow the clauses by source, area and how they stand."""

    mark_optional = False
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
