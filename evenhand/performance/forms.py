"""What is asked on the pages of this room. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from evenhand.accounts.models import Team, User, Worker
from evenhand.design.fields import DayField
from evenhand.design.forms import EvenhandForm, FilterForm
from evenhand.design.widgets import Checkboxes, Radios
from evenhand.facts.adopted import policy
from evenhand.performance import pack
from evenhand.performance.actions.measures import Built
from evenhand.performance.models import Measure, Objective, PersonalObjective
from evenhand.performance.quarters import long_name
from evenhand.performance.queries.registers import running
from evenhand.rules.periods import Span
from evenhand.work.forms import somebody_called

LONGEST, LINE = 5_000, 300
NAMED = "Their whole name or username. It has to be somebody who signs in here."


def words(label: str, *, required: bool = True, rows: int = 4, help_text: str = "") -> forms.Field:
    """Return a question that is answered in a few lines."""
    return forms.CharField(
        label=label, required=required, max_length=LONGEST, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


def line(label: str, *, required: bool = True, help_text: str = "") -> forms.Field:
    """Return a question that is answered in one line."""
    return forms.CharField(label=label, required=required, max_length=LINE, help_text=help_text)


def one_of(label: str, *, required: bool = False, help_text: str = "") -> Any:
    """Return a question that is answered by choosing from a list that the form fills."""
    return forms.ChoiceField(label=label, required=required, help_text=help_text)


class Offering(EvenhandForm):
    """A form some of whose lists are filled when it is made."""

    def offer(self, field: str, pairs: Iterable[tuple[str, str]], nothing: str = "") -> None:
        """Fill a list; with ``nothing``, first a line for none of them."""
        first = [("", nothing)] if nothing else []
        self.fields[field].choices = [*first, *pairs]  # type: ignore[attr-defined]


class ObjectiveForm(Offering):
    """An objective of the council, or of a service."""

    words = line("What do we set out to do?")
    parent = one_of("Which objective of the council does it serve?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Objective.objects.filter(ended_on=None, level=Objective.Level.COUNCIL).order_by("pk")
        pairs = [(one.ref, one.words) for one in held]
        self.offer("parent", pairs, "None: it is an objective of the council itself")

    def clean_parent(self) -> Objective | None:
        """Return the council's objective, or None."""
        return Objective.objects.filter(ref=self.cleaned_data["parent"] or None).first()


class PersonalForm(Offering):
    """An objective of one's own."""

    words = line("What do you set out to do?", help_text="Name no child.")
    measure = one_of("Which measure of a team does it add to?")
    is_over = forms.BooleanField(label="It is over", required=False)

    def __init__(
        self, *args: Any, objective: PersonalObjective | None = None, **kwargs: Any
    ) -> None:
        if objective is not None:
            held = objective.measure.ref if objective.measure else ""
            kwargs["initial"] = {"words": objective.words, "measure": held}
        super().__init__(*args, **kwargs)
        pairs = [(one.ref, _measure(one)) for one in running()]
        self.offer("measure", pairs, "None yet")
        if objective is None:
            del self.fields["is_over"]

    def clean_measure(self) -> Measure | None:
        """Return the measure, or None."""
        return Measure.objects.filter(ref=self.cleaned_data["measure"] or None).first()


def _measure(one: Measure) -> str:
    return f"{one.name} ({one.team.name if one.team else 'the authority'})"


class MeasureForm(Offering):
    """A measure of a team, or of the authority."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label="What is it called?", max_length=200)
    definition = words("What exactly is counted?", required=False)
    source = one_of("Which standard is it counted from?")
    target = forms.DecimalField(
        label="Target, in per cent", required=False, min_value=0, max_value=100, decimal_places=1
    )
    team = one_of("Whose measure is it?")
    owner = line("Who answers for it?", help_text=NAMED)
    priority = one_of(
        "Which priority does it serve?", help_text="Without one it stays a draft with its owner."
    )
    objective = one_of("Which objective of a service does it show?")
    is_over = forms.BooleanField(label="It is over", required=False)

    def __init__(self, *args: Any, measure: Measure | None = None, **kwargs: Any) -> None:
        if measure is not None:
            kwargs["initial"] = _held(measure)
        super().__init__(*args, **kwargs)
        self.measure = measure
        standards = sorted(policy().standards.values(), key=lambda one: one.title)
        titles = [(one.id, f"{one.title} ({one.pack})") for one in standards]
        self.offer("source", titles, "None: it is told by hand")
        teams = [(one.ref, one.name) for one in Team.objects.order_by("name")]
        self.offer("team", teams, "The whole authority's")
        self.offer("priority", pack.choices("priorities"), "None yet")
        services = Objective.objects.filter(ended_on=None, level=Objective.Level.SERVICE)
        self.offer("objective", [(one.ref, one.words) for one in services], "None yet")
        if measure is None:
            del self.fields["is_over"]

    def clean_owner(self) -> User:
        """Return the one person of this name."""
        return somebody_called(self.cleaned_data["owner"])

    def clean_team(self) -> Team | None:
        """Return the team, or None."""
        return Team.objects.filter(ref=self.cleaned_data["team"] or None).first()

    def clean_objective(self) -> Objective | None:
        """Return the service's objective, or None."""
        return Objective.objects.filter(ref=self.cleaned_data["objective"] or None).first()

    @property
    def built(self) -> Built:
        """Return the answers as the action takes them."""
        return Built(**{name: self.cleaned_data[name] for name in Built._fields})

    @property
    def seen(self) -> int:
        """Return the version that the page showed; of none, the one there is."""
        given = self.cleaned_data.get("version")
        return int(given if given is not None else self.measure.version if self.measure else 0)


def _held(one: Measure) -> dict[str, Any]:
    return {
        "version": one.version, "name": one.name, "definition": one.definition,
        "source": one.source, "target": one.target, "team": one.team.ref if one.team else "",
        "owner": one.owner.username, "priority": one.priority,
        "objective": one.objective.ref if one.objective else "",
    }  # fmt: skip


class FindingForm(Offering):
    """What an inspection or a review found."""

    kind = forms.ChoiceField(label="Where does it come from?", widget=Radios)
    words = words("What was found?", help_text="Name no child and no worker.")
    told_in = line("Where does it stand?", required=False, help_text="Report and paragraph.")
    found_on = DayField(label="When was it found?")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("kind", pack.choices("finding-kinds"))
        self.fields["found_on"].latest = today  # type: ignore[attr-defined]


class ActionForm(EvenhandForm):
    """What is to be done, by whom and by when."""

    what = line("What is to be done?", help_text="Name no child.")
    owner = line("Who is to do it?", required=False, help_text=f"{NAMED} Empty: by role.")
    due_on = DayField(label="By when?", required=False, help_text="Empty: our usual time.")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].earliest = today  # type: ignore[attr-defined]

    def clean_owner(self) -> User | None:
        """Return the one person of this name, or None."""
        name = self.cleaned_data["owner"]
        return somebody_called(name) if name else None


class CloseForm(EvenhandForm):
    """What shows that a finding is answered."""

    words = words("What shows that it is answered?")


class PracticeForm(Offering):
    """What was done well, and whom to thank."""

    source = forms.ChoiceField(label="Where was it seen?", widget=Radios)
    summary = words("What was done well, and what can others learn?", help_text="Name no child.")
    team = one_of("Which team is to be thanked?")
    worker = line("Who is to be thanked?", required=False, help_text="Their whole name.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("source", pack.choices("practice-sources"))
        teams = [(one.ref, one.name) for one in Team.objects.order_by("name")]
        self.offer("team", teams, "No one team")

    def clean_team(self) -> Team | None:
        """Return the team, or None."""
        return Team.objects.filter(ref=self.cleaned_data["team"] or None).first()

    def clean_worker(self) -> Worker | None:
        """Return the one worker of this name, or None."""
        name = self.cleaned_data["worker"]
        return worker_called(name) if name else None


class ShareForm(EvenhandForm):
    """Which teams good practice is passed on to."""

    teams = forms.MultipleChoiceField(label="Which teams shall have it?", widget=Checkboxes)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = Team.objects.order_by("name")
        self.fields["teams"].choices = [(one.ref, one.name) for one in teams]  # type: ignore[attr-defined]

    def clean_teams(self) -> list[Team]:
        """Return the teams."""
        return list(Team.objects.filter(ref__in=self.cleaned_data["teams"]).order_by("name"))


class ResultForm(EvenhandForm):
    """How somebody's work was found."""

    worker = line("Whose work was it?", help_text="Their whole name.")
    title = forms.CharField(label="What was looked at?", max_length=200, help_text="Name no child.")
    looked_on = DayField(label="When was it looked at?")
    words = words("What was found?", help_text="What went well first; then what to work on.")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["looked_on"].latest = today  # type: ignore[attr-defined]

    def clean_worker(self) -> Worker:
        """Return the one worker of this name."""
        return worker_called(self.cleaned_data["worker"])


class ResponseForm(EvenhandForm):
    """What somebody answers to how their work was found."""

    response = words("What do you say to it?", help_text="Your manager reads it. Name no child.")


class QuarterForm(Offering):
    """Which quarter's figures to propose."""

    quarter = one_of("Which quarter?", required=True)

    def __init__(self, *args: Any, quarters: Iterable[Span], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pairs = [(one.since.isoformat(), long_name(one.since)) for one in quarters]
        self.offer("quarter", pairs)


class WithdrawForm(EvenhandForm):
    """Why figures are withdrawn."""

    why = words("Why are they withdrawn?", rows=3)


class TeamFilter(FilterForm):
    """Whose figures to show."""

    team = forms.ChoiceField(label="Team or service")

    def __init__(self, *args: Any, teams: Iterable[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pairs = [(one.ref, one.name) for one in teams]
        self.fields["team"].choices = [("", "All"), *pairs]  # type: ignore[attr-defined]


def worker_called(name: str) -> Worker:
    """Return the one worker of this name; ValidationError, saying so, otherwise."""
    found = list(Worker.objects.filter(name__iexact=name.strip())[:2])
    if len(found) != 1:
        raise forms.ValidationError(f"No one worker is called “{name}”. Write the whole name.")
    return found[0]
