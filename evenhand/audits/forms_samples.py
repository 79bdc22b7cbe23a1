"""What is asked when files are drawn, added, picked, left out and given. It decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, NamedTuple

from django import forms

from evenhand.accounts.models import Team, User, Worker
from evenhand.audits import pack
from evenhand.audits.actions.themed import Theme
from evenhand.audits.models import Sample, SampledFile, Slot
from evenhand.audits.queries.drawing import PARTS, Choice
from evenhand.audits.queries.populations import (
    CHILDREN,
    MAX_WEEKS,
    Filters,
    ethnicity_groups,
    has_window,
    stage_words,
)
from evenhand.design.fields import DayField
from evenhand.design.forms import EvenhandForm, Why
from evenhand.design.widgets import Checkboxes, Radios
from evenhand.design.wording import child_name, day
from evenhand.people.models import Child

LONGEST, LONGEST_SEED, LONGEST_THEME, MOST_FILES = 500, 80, 200, 500
Method = Sample.Method
METHODS = (
    (Method.SIMPLE, "Each file is as likely as another"),
    (Method.STRATIFIED, "From each group its share"),
    (Method.WEIGHTED, "Files with more risk are likelier"),
)
ANY = ("", "Any")
HINTS = {
    Method.STRATIFIED: "No group goes without a file, as far as the number goes round",
    Method.WEIGHTED: "What counts as risk, and how much, is your pack's",
}
SEED_HELP = "Leave it empty for a new one. With the same word the same files are drawn again"


class Source(NamedTuple):
    """What files are drawn from, as far as it says what is asked."""

    population: str
    is_of_team: bool = False
    is_whole: bool = False
    since: date | None = None
    until: date | None = None


def source_of(slot: Slot) -> Source:
    """Return what the files of a slot are drawn from."""
    line = pack.line_called(slot.line)
    since, until = slot.since or slot.month, slot.until or slot.due_on
    return Source(line.population, line.whose == pack.TEAM, line.is_whole, since, until)


class DrawForm(EvenhandForm):
    """From which files to draw, how many and how."""

    why: ClassVar[Mapping[str, Why | str]] = {
        "method": Why("Files are drawn by chance, so that nobody picks the best.", "IOW-2.4.38"),
    }
    method = forms.ChoiceField(label="How are files drawn?", choices=METHODS,
                               widget=Radios(hints=HINTS))  # fmt: skip
    by = forms.ChoiceField(label="Which groups?", choices=tuple(PARTS.items()), required=False,
                           help_text="Only where each group gets its share")  # fmt: skip
    size = forms.IntegerField(label="How many files?", min_value=1, max_value=MOST_FILES)
    since = DayField(label="From which day?")
    until = DayField(label="To which day?")
    teams = forms.MultipleChoiceField(label="Of which teams?", required=False, widget=Checkboxes,
                                      help_text="None ticked: of all")  # fmt: skip
    worker = forms.ChoiceField(label="Of which worker?", required=False)
    stage = forms.ChoiceField(label="At which stage?", required=False)
    ethnicity = forms.ChoiceField(label="Of which ethnic group?", required=False)
    weeks = forms.IntegerField(label="Referred in the last weeks: how many?", required=False,
                               min_value=1, max_value=MAX_WEEKS)  # fmt: skip
    again = forms.BooleanField(label="Also files that were audited lately", required=False)
    seed = forms.CharField(label="Word to draw with", required=False, max_length=LONGEST_SEED,
                           help_text=SEED_HELP)  # fmt: skip

    def __init__(
        self, *args: Any, source: Source, teams: Sequence[Team], workers: Iterable[Worker] = (),
        size: int, **kwargs: Any,
    ) -> None:  # fmt: skip
        kwargs["initial"] = {
            "method": Method.SIMPLE, "size": size, "since": source.since, "until": source.until,
        }  # fmt: skip
        super().__init__(*args, **kwargs)
        self._is_whole = source.is_whole
        self._choose("teams", [(str(one.pk), one.name) for one in teams])
        self._choose("worker", [ANY, *((str(one.pk), str(one)) for one in workers)])
        self._choose("stage", [ANY, *stage_words().items()])
        self._choose("ethnicity", [ANY, *((one, one) for one in ethnicity_groups())])
        if source.is_of_team:
            self._choose("by", [(key, words) for key, words in PARTS.items() if key != "team"])
        for name in _not_asked(source, len(teams)):
            del self.fields[name]

    def _choose(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def choice(self, auditors: Sequence[User]) -> Choice:
        """Return what was asked for."""
        told = self.cleaned_data
        filters = Filters(
            tuple(int(one) for one in told.get("teams", ())),
            int(told["worker"]) if told.get("worker") else None,
            told.get("stage", ""), told.get("ethnicity", ""), told.get("weeks") or 0,
            told.get("since"), told.get("until"),
        )  # fmt: skip
        return Choice(
            Method.WHOLE if self._is_whole else told["method"], told.get("size") or 0, filters,
            told.get("by", ""), told.get("seed", ""), told.get("again", False), tuple(auditors),
        )  # fmt: skip


class ThemedForm(DrawForm):
    """What a themed audit is about, why, of which kind and by when, and how its files are drawn."""

    theme = forms.CharField(label="What is it about?", max_length=LONGEST_THEME,
                            help_text="For example: children who went missing")  # fmt: skip
    theme_why = forms.CharField(label="Who asked for it, and why?", max_length=LONGEST)
    kind = forms.ChoiceField(
        label="Which kind of audit?", help_text="It says who may audit, and with which tool"
    )
    due_on = DayField(label="By when are the files to be audited?")

    field_order = ("theme", "theme_why", "kind", "due_on")

    def __init__(self, *args: Any, kinds: Iterable[pack.Type], **kwargs: Any) -> None:
        super().__init__(*args, source=Source(CHILDREN), **kwargs)
        self._choose("kind", [(one.id, one.title) for one in kinds])

    def asked_for(self) -> Theme:
        """Return what the audit is about."""
        told = self.cleaned_data
        return Theme(told["theme"], told["theme_why"], told["kind"], told["due_on"])


def _not_asked(source: Source, teams: int) -> set[str]:
    """Return the questions that do not fit what is drawn from."""
    found = set() if has_window(source.population) else {"since", "until"}
    if source.is_of_team or teams < 2:
        found.add("teams")
    if not source.is_of_team:
        found.add("worker")
    if source.is_whole:
        found |= {"method", "by", "size", "worker", "teams", "stage", "ethnicity", "weeks",
                  "again", "seed"}  # fmt: skip
    if source.population == "supervisions":
        found |= {"stage", "ethnicity", "weeks"}
    return found


class NameForm(EvenhandForm):
    """Which child's file, and why."""

    child = forms.ChoiceField(label="Whose file?")
    why_this = forms.CharField(label="Why this file?", max_length=LONGEST)

    def __init__(
        self, *args: Any, children: Iterable[Child], asks_why: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        named = [(one.ref, _named(one)) for one in children]
        self.fields["child"].choices = [("", "Choose a child"), *named]  # type: ignore[attr-defined]
        self.fields["why_this"].required = asks_why


def _named(child: Child) -> str:
    born = f", born {day(child.born_on)}" if child.born_on else ""
    return f"{child_name(child, surname_first=True)}{born}, {child.team or 'no team'}"


class FindForm(EvenhandForm):
    """Words to find a child by."""

    mark_optional = False
    words = forms.CharField(label="Name or number of the child", max_length=100, required=False)


class LeaveOutForm(EvenhandForm):
    """Why a file is not audited."""

    why_not = forms.CharField(
        label="Why is this file not audited?", max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


NO_ROLE = "They hold none of the roles that may do this audit. Choose somebody of the list"


class GiveForm(EvenhandForm):
    """Which files go to whom."""

    files = forms.MultipleChoiceField(label="Which files?", widget=Checkboxes)
    auditor = forms.ChoiceField(
        label="Who audits them?", error_messages={"invalid_choice": NO_ROLE}
    )

    def __init__(
        self, *args: Any, files: Iterable[tuple[SampledFile, str]], auditors: Iterable[User],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["files"].choices = [(one.ref, words) for one, words in files]  # type: ignore[attr-defined]
        people = [(one.ref, one.name) for one in auditors]
        self.fields["auditor"].choices = [("", "Choose somebody"), *people]  # type: ignore[attr-defined]
