"""What is asked to say what a report's columns mean."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from django import forms
from django.db.models import QuerySet

from evenhand.design.forms import EvenhandForm
from evenhand.formats.cells import is_empty
from evenhand.formats.recognise import plain
from evenhand.formats.report.tables import CHILD, DAY, KEY, WORKER, titles, words
from evenhand.formats.tables import Column, Table
from evenhand.imports.codes import codes_of
from evenhand.imports.mapping.sample import Sample
from evenhand.sources.models import Source

LABELS: Final[Mapping[str, str]] = {
    KEY: "The row's own number",
    CHILD: "The child's number",
    WORKER: "The member of staff",
    DAY: "The day",
}
OF_TABLE: Final[Mapping[tuple[str, str], str]] = {
    ("report_absences", DAY): "The first day away",
    ("report_absences", "Last day away"): "The last day away",
    ("report_strategy_discussions", DAY): "The day of the discussion",
    ("report_strategy_discussions", "Minutes sent"): "The day on which its minutes went out",
    ("report_supervisions", "Supervisor"): "Who supervised them",
}
"""Labels of columns that mean something of their own in one kind of report."""
HELP: Final[Mapping[str, str]] = {
    KEY: "If the report has none, whose it is and the day name the row.",
    CHILD: "The number by which the case system knows the child, not a name.",
    WORKER: "Their number in the roster or the case system, or else their full name.",
}
SAYS_NOTHING: Final = "-"


class ReportForm(EvenhandForm):
    """A report, and what one of its rows is."""

    file = forms.FileField(
        label="The report",
        help_text="A CSV file or a workbook (.xlsx), as the case system gives it. Nothing of it "
        "is stored yet.",
    )
    sheet = forms.CharField(
        label="Which sheet?",
        required=False,
        max_length=80,
        help_text="Of a workbook with several. Left blank, the first that has column names.",
    )
    kind = forms.ChoiceField(label="What is one row?")
    source = forms.ModelChoiceField(
        label="Whose numbers for children does it have?",
        queryset=None,
        empty_label=None,
        help_text="A report of staff has none: leave it as it is.",
    )

    def __init__(self, *args: Any, sources: QuerySet[Source], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [("", "Choose what a row is"), *titles().items()]
        self.fields["kind"].choices = listed  # type: ignore[attr-defined]
        self.fields["source"].queryset = sources  # type: ignore[attr-defined]


class ColumnsForm(EvenhandForm):
    """Which of the report's columns holds each fact, and under which name it is kept."""

    def __init__(self, *args: Any, table: Table, sample: Sample, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        listed = [(name, name) for name in sample.header if name]
        guessed = guesses(table, sample.header)
        for number, column in enumerate(table.columns):
            if column.key and DAY not in [each.name for each in table.columns]:
                continue  # a row that is a child has the child's number
            needed = column.needed and not column.key
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=label_of(table, column),
                choices=[("", "Choose a column" if needed else "Not in the report"), *listed],
                required=needed,
                initial=guessed.get(column.name, ""),
                help_text=HELP.get(column.name, ""),
                error_messages={
                    "required": f"Choose the column that holds {label_of(table, column).lower()}"
                },
            )
        self.fields["name"] = forms.CharField(
            label="What is the report called?", max_length=120, initial=name
        )

    def chosen(self) -> dict[str, str]:
        """The report's column for each of the table's that has one."""
        found = {
            column.name: self.cleaned_data.get(f"column_{number}", "")
            for number, column in enumerate(self.table.columns)
        }
        return {name: column for name, column in found.items() if column}

    def clean(self) -> dict[str, Any]:
        """Refuse a column that is chosen twice, and a row that tells nothing."""
        cleaned = super().clean() or {}
        columns = self.table.columns
        seen: dict[str, str] = {}
        for number, column in enumerate(columns):
            chosen = cleaned.get(f"column_{number}") or ""
            label = label_of(self.table, column)
            if chosen and chosen in seen:
                self.add_error(
                    f"column_{number}", f"{chosen} is chosen for {seen[chosen].lower()} already"
                )
            seen.setdefault(chosen, label)
        if not any(c.needed for c in columns[2:]) and len(set(seen) - {""}) == 1:
            self.add_error(None, "Choose at least one column beside the child's number.")
        return cleaned


class MeaningsForm(EvenhandForm):
    """What values of the report stand for that are neither a code nor the words of one."""

    mark_optional = False

    def __init__(
        self, *args: Any, table: Table, sample: Sample, chosen: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked: dict[str, tuple[str, str]] = {}
        lists = codes_of(table.name)
        for number, column in enumerate(table.columns):
            codes = lists.get(column.codes, {})
            for place, value in enumerate(_unknown(column, sample, chosen, codes)):
                name = f"meaning_{number}_{place}"
                self.asked[name] = (column.name, value)
                self.fields[name] = forms.ChoiceField(
                    label=f"{chosen[column.name]}: “{value}” means",
                    required=False,
                    choices=[
                        ("", "Not known yet: leave it aside, and list it"),
                        *codes.items(),
                        (SAYS_NOTHING, "That nothing is recorded"),
                    ],
                )

    def was_shown(self, posted: Collection[str]) -> bool:
        """Whether every value was asked about on the page that was sent."""
        return all(name in posted for name in self.asked)

    def meanings(self) -> dict[str, dict[str, str]]:
        """For each column the values in lower case, with the codes that they stand for."""
        found: dict[str, dict[str, str]] = {}
        for name, (column, value) in self.asked.items():
            said = self.cleaned_data.get(name) or ""
            if said:
                code = "" if said == SAYS_NOTHING else said
                found.setdefault(column, {})[value.lower()] = code
        return found


def label_of(table: Table, column: Column) -> str:
    """What a column of a kind of report is called where its report's own is chosen."""
    return OF_TABLE.get((table.name, column.name)) or LABELS.get(column.name, column.name)


def _unknown(
    column: Column, sample: Sample, chosen: Mapping[str, str], codes: Mapping[str, str]
) -> list[str]:
    """The values of a column of codes that its list does not know."""
    if not column.codes or column.name not in chosen:
        return []
    known = {word.lower() for pair in codes.items() for word in pair}
    values = sample.values[sample.header.index(chosen[column.name])]
    return [v for v in values if v.lower() not in known and not is_empty(v)]


def guesses(table: Table, header: list[str]) -> dict[str, str]:
    """The column of the report that each of the table's may be, by its words; each used once."""
    found: dict[str, str] = {}
    for column in table.columns:
        for word in words()[table.name, column.name]:
            fits = [name for name in header if _fits(word, name) and name not in found.values()]
            if fits:
                found[column.name] = fits[0]
                break
    return found


def _fits(word: str, name: str) -> bool:
    return f"_{plain(word)}_" in f"_{plain(name)}_"
