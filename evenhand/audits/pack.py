"""What the adopted packs say of the audit programme (audits.yaml), read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple, TypeVar

from evenhand.facts.adopted import policy
from evenhand.policy.entries import called, needed, newest
from evenhand.problems import Problem
from evenhand.rules.standards import Standard

FILE = "audits.yaml"
TEAM, ROLE, AUTHORITY = "team", "role", "authority"
T = TypeVar("T")


class Type(NamedTuple):
    """One kind of audit. ``auditors`` are the roles that may do one; ``tool`` is a form's id.

    ``is_passed_on``: its copy goes to the service manager in supervision, who signs it.
    """

    id: str
    short: str
    title: str
    tier: int
    owner: str
    auditors: tuple[str, ...]
    frequency: str
    tool: str
    clauses: tuple[str, ...]
    is_passed_on: bool


class Line(NamedTuple):
    """One line of the programme: what is to be done in which months is its ``standard``'s.

    ``whose``: one slot for each team, for each holder of ``owner``, or one for the authority.
    ``counts``: the line toward which its files count, too. ``listed``, ``picked`` and ``least``
    name standards: when the list is ready, by when files are picked, how often in a year.
    """

    id: str
    type: Type
    title: str
    standard: str
    whose: str
    owner: str
    auditors: tuple[str, ...]
    is_in_timetable: bool
    is_own_team: bool
    is_whole: bool
    population: str
    counts: str
    picked_by: str
    picked: str
    listed: str
    least: str
    panel: tuple[str, ...]
    clauses: tuple[str, ...]


class Grade(NamedTuple):
    """One grade of the scale, the best first."""

    id: str
    label: str
    points: int
    is_met: bool
    is_below: bool


class FindingKind(NamedTuple):
    """What an audit can find that somebody answers for; ``task`` and ``copy``: kinds of task.

    ``task_of`` and ``action_of`` are posts. ``elsewhere``: the kind of task of another team's
    service manager. ``offers``: the source under which good practice is noted.
    """

    id: str
    label: str
    task: str
    copy: str
    clauses: tuple[str, ...]
    task_of: str
    action_of: str
    elsewhere: str
    offers: str
    now: str
    needs_action: bool
    reopens: bool
    is_pattern: bool
    is_of_grade: bool


class Recipients(NamedTuple):
    """A group of people who get reports: those who hold ``role``.

    ``leaves_out`` are parts of a report that they do not get; from whom ``small`` is hidden, sees
    no count under the packs' number.
    """

    id: str
    label: str
    role: str
    leaves_out: frozenset[str] = frozenset()
    is_small_hidden: bool = False


class Share(NamedTuple):
    """A question of a tool whose yes is counted; with ``by_row`` apart for each answer to that."""

    id: str
    title: str
    question: str
    by_row: str


class Beside(NamedTuple):
    """What stands beside the grade: a change between two numbers, or a choice and its better."""

    id: str
    title: str
    before: str
    after: str
    unit: str
    question: str
    better: str


class ReportKind(NamedTuple):
    """A kind of report, and to whom it must go (ids of ``Recipients``).

    ``standards`` say when the next is due.
    """

    id: str
    title: str
    types: tuple[str, ...]
    needs: tuple[str, ...]
    clauses: tuple[str, ...]
    standards: tuple[str, ...] = ()
    shares: tuple[Share, ...] = ()
    beside: tuple[Beside, ...] = ()


class Step(NamedTuple):
    """One step of how an audit goes."""

    id: str
    title: str
    words: str


class Part(NamedTuple):
    """A part that a panel needs somebody for."""

    id: str
    label: str


class Risk(NamedTuple):
    """What makes a file likelier to be drawn where a draw is weighted: by so many tickets more.

    ``tells`` names what shows it: "late", or a stage (protection-plan, care, need-plan).
    """

    id: str
    label: str
    tells: str
    adds: int


def is_adopted() -> bool:
    """Whether an adopted pack has an audit programme: there are pages of it then."""
    return bool(_document())


def types() -> Mapping[str, Type]:
    """Return the kinds of audit, by id, in the packs' order."""
    return _types(policy().digest)


def type_called(id_: str) -> Type:
    """Return one kind of audit. Problem, naming it, where no adopted pack has it."""
    return _called(types(), id_, "type of audit")


def lines() -> Mapping[str, Line]:
    """Return the lines of the programme, by id, in the packs' order."""
    return _lines(policy().digest)


def line_called(id_: str) -> Line:
    """Return one line. Problem, naming it, where no adopted pack has it."""
    return _called(lines(), id_, "line")


def standard_of(line: Line) -> Standard | None:
    """Return the standard that says when a line is due and how many are; None without one."""
    return policy().standards.get(line.standard)


def scale() -> tuple[Grade, ...]:
    """Return the grades, the best first."""
    return tuple(
        Grade(
            str(one["id"]), str(one["label"]), int(one["points"]), bool(one.get("met")),
            bool(one.get("below")),
        )
        for one in _listed("scale")
    )  # fmt: skip


def grade_words(id_: str) -> str:
    """Return a grade in words; of one that the packs have no more, its id."""
    return next((one.label for one in scale() if one.id == id_), id_)


def findings() -> Mapping[str, FindingKind]:
    """Return what an audit can find, by id."""
    made = map(_finding, _listed("findings"))
    return {one.id: one for one in made}


def finding_words(id_: str) -> str:
    """Return a kind of finding in words; of one that the packs have no more, its id."""
    found = findings().get(id_)
    return found.label if found else id_.replace("-", " ").capitalize()


def post(id_: str) -> str:
    """Return the role of a post (team, service, assurance, head, training); perhaps none."""
    return next((str(one["role"]) for one in _listed("posts") if one["id"] == id_), "")


def standard_named(key: str) -> Standard | None:
    """Return the standard that says by when something is to be done; None without one."""
    named: Any = _document().get("standards", {})
    return policy().standards.get(str(named.get(key, "")))


def recipients() -> Mapping[str, Recipients]:
    """Return the groups of people who get reports, by id."""
    made = (
        Recipients(
            str(one["id"]), str(one["label"]), str(one["role"]),
            frozenset(_texts(one, "leaves-out")), one.get("small") == "hidden",
        )
        for one in _listed("recipients")
    )  # fmt: skip
    return {one.id: one for one in made}


def report_kinds() -> Mapping[str, ReportKind]:
    """Return the kinds of report, by id."""
    made = (
        ReportKind(
            str(one["id"]), str(one["title"]), _texts(one, "types"), _texts(one, "needs"),
            _texts(one, "clauses"), _texts(one, "standards"),
            tuple(_share(each) for each in one.get("shares", ())),
            tuple(_beside(each) for each in one.get("beside", ())),
        )
        for one in _listed("reports")
    )  # fmt: skip
    return {one.id: one for one in made}


def report_kind_called(id_: str) -> ReportKind:
    """Return one kind of report. Problem, naming it, where no adopted pack has it."""
    return _called(report_kinds(), id_, "kind of report")


def small_under(on: date) -> int:
    """Return under which count a number is small, on a day. Problem without one."""
    entries: Any = policy().document("disparity")["values"]
    return int(needed(entries, "suppress-below", on, "disparity.yaml")["value"])


def process() -> tuple[Step, ...]:
    """Return the steps of an audit, in order."""
    return tuple(Step(str(o["id"]), str(o["title"]), str(o["words"])) for o in _listed("process"))


def panel_parts() -> tuple[Part, ...]:
    """Return the parts of panels."""
    return tuple(Part(str(one["id"]), str(one["label"])) for one in _listed("panel"))


def risks(on: date) -> tuple[Risk, ...]:
    """Return what makes a file likelier to be drawn, with the weights in force on a day."""
    held = _listed("risks")
    named = dict.fromkeys(str(one["id"]) for one in held)
    found = (newest(called(held, id_), on) for id_ in named)
    return tuple(
        Risk(str(one["id"]), str(one["label"]), str(one["tells"]), int(one["value"]))
        for one in found
        if one is not None
    )


def limit(id_: str, on: date) -> int:
    """Return a limit in force on a day. Problem, naming it, where no adopted pack has it."""
    return int(needed(_listed("limits"), id_, on, FILE)["value"])


def _finding(one: Mapping[str, Any]) -> FindingKind:
    def named(name: str, otherwise: str = "") -> str:
        return str(one.get(name, otherwise))

    return FindingKind(
        named("id"), named("label"), named("task"), named("copy"), _texts(one, "clauses"),
        named("task-of", TEAM), named("action-of", TEAM), named("elsewhere"), named("offers"),
        named("now"), bool(one.get("needs-action")), bool(one.get("reopens")),
        bool(one.get("pattern")), bool(one.get("of-grade")),
    )  # fmt: skip


@cache
def _types(_digest: str) -> Mapping[str, Type]:
    made = (
        Type(
            str(one["id"]), str(one["short"]), str(one["title"]), int(one["tier"]),
            str(one["owner"]), _texts(one, "auditors") or (str(one["owner"]),),
            str(one["frequency"]), str(one["tool"]), _texts(one, "clauses"),
            bool(one.get("passed-on")),
        )
        for one in _listed("types")
    )  # fmt: skip
    return {one.id: one for one in made}


@cache
def _lines(_digest: str) -> Mapping[str, Line]:
    made = (_line(one) for one in _listed("lines"))
    return {one.id: one for one in made}


def _line(one: Mapping[str, Any]) -> Line:
    type_ = type_called(str(one["type"]))

    def named(name: str) -> str:
        return str(one.get(name, ""))

    return Line(
        str(one["id"]), type_, str(one.get("title", type_.title)), str(one["standard"]),
        str(one["for"]), str(one["owner"]), _texts(one, "auditors") or type_.auditors,
        bool(one.get("timetable")), bool(one.get("own-team")), bool(one.get("whole")),
        str(one["population"]), named("counts"), named("picked-by"), named("picked"),
        named("list"), named("least"), _texts(one, "panel"), _texts(one, "clauses"),
    )  # fmt: skip


def _share(one: Mapping[str, Any]) -> Share:
    return Share(
        str(one["id"]), str(one["title"]), str(one["question"]), str(one.get("by-row", ""))
    )


def _beside(one: Mapping[str, Any]) -> Beside:
    names = ("id", "title", "before", "after", "unit", "question", "better")
    return Beside(*(str(one.get(name, "")) for name in names))


def _called(found: Mapping[str, T], id_: str, what: str) -> T:
    if id_ not in found:
        raise Problem(
            f'{FILE} has no {what} called "{id_}".',
            "Add it to the audits.yaml of your pack, or take that file away.",
        )
    return found[id_]


def _texts(one: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(str(each) for each in one.get(name, ()))


def _listed(name: str) -> Sequence[Mapping[str, Any]]:
    found: Any = _document().get(name, ())
    return list(found)


def _document() -> Mapping[str, Any]:
    found: Any = policy().document("audits")
    return found or {}
