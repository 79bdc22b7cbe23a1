"""What is asked to settle where sources differ, and to rank them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from evenhand.design.forms import EvenhandForm, FilterForm
from evenhand.design.widgets import Radios
from evenhand.imports.recipes import KINDS
from evenhand.imports.reconciling.queries import Choices, in_words
from evenhand.imports.reconciling.sharing import BELIEVED, LEFT
from evenhand.sources.models import Difference, Source

HERE, ALIKE, ANOTHER = "here", "alike", "another"
SEEN = "seen.order"  # no source is called so: their keys have no dot


class DifferencesFilter(FilterForm):
    """Which of the differences to see."""

    kind = forms.ChoiceField(label="Kind of record")
    source = forms.ChoiceField(label="Told differently by")
    field = forms.ChoiceField(label="What differs")

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, listed in zip(("kind", "source", "field"), choices, strict=True):
            self.fields[name].choices = [("", "All"), *listed]  # type: ignore[attr-defined]


class SettleForm(EvenhandForm):
    """Whom to believe, where, and why."""

    decision = forms.ChoiceField(label="What should stand?", widget=Radios)
    where = forms.ChoiceField(label="Where does this hold?", widget=Radios, initial=HERE)
    reason = forms.CharField(label="Why?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, difference: Difference, alike: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = _decisions(difference)  # type: ignore[attr-defined]
        others = "the other one" if alike == 1 else f"the {alike:,} others"
        places = [(HERE, "For this one only")]
        if alike:
            places.append((ALIKE, f"For this and {others} like it that are open"))
        self.fields["where"].choices = places  # type: ignore[attr-defined]


def _decisions(difference: Difference) -> list[tuple[str, str]]:
    other = difference.source.name
    if difference.field:
        return [
            (LEFT, f"What {difference.believed or 'the leading source'} says, as it is now"),
            (BELIEVED, f"What {other} says; it then leads for this from now on"),
        ]
    return [
        (LEFT, "It did not happen, or is there under another day: leave it out"),
        (BELIEVED, f"It happened as {other} says: let it count"),
    ]


class KindForm(FilterForm):
    """Of which kind of record to see and change the order of sources."""

    kind = forms.ChoiceField(label="Kind of record")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [("", "Every kind that has no order of its own")]
        self.fields["kind"].choices = kinds + [(one, in_words(one)) for one in KINDS]  # type: ignore[attr-defined]


class RankForm(EvenhandForm):
    """The place of each source, 1 for the one that leads, and the order that was shown."""

    def __init__(
        self,
        *args: Any,
        sources: list[Source],
        places: Mapping[int, int],
        seen: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields[SEEN] = forms.CharField(initial=seen, widget=forms.HiddenInput, required=False)
        count = [(str(n), str(n)) for n in range(1, len(sources) + 1)]
        for source in sources:
            self.fields[source.key] = forms.ChoiceField(
                label=source.name, choices=count, initial=str(places[source.pk] + 1)
            )

    @property
    def places(self) -> dict[str, int]:
        """Return the place that was chosen for each source."""
        return {key: int(place) for key, place in self.cleaned_data.items() if key != SEEN}


class WhichForm(EvenhandForm):
    """Which of the records known already a row in doubt tells of."""

    record = forms.ChoiceField(label="Which record does the row tell of?", widget=Radios)

    def __init__(self, *args: Any, records: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        another = (ANOTHER, "None of these: it is another, to be kept beside them")
        self.fields["record"].choices = [*records, another]  # type: ignore[attr-defined]
