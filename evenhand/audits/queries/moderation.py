"""Files audited twice: how far two auditors agree, by question and by auditor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.analytics.agreement import Agreement, Weights, gwet, kappa, table_of
from evenhand.audits import pack
from evenhand.audits.models import Audit, Calibration
from evenhand.audits.queries.reach import audits_for
from evenhand.recording.models import Answer
from evenhand.recording.sets import edition_of
from evenhand.rules.periods import Span
from evenhand.rules.question_sets import Question, QuestionSet

WEIGHTS = Weights.LINEAR  # grades stand in an order: one apart is nearer than three
BESIDE = ("team", "auditor", "child", "twin_of__auditor", "twin_of__team", "moderated_by")
DONE = Audit.State.DONE
PER_CENT = 100


class Pair(NamedTuple):
    """One file audited twice: the first audit, and the second, which was done blind."""

    first: Audit
    second: Audit

    @property
    def same(self) -> bool:
        """Whether both gave the same grade."""
        return self.first.grade == self.second.grade


class Line(NamedTuple):
    """How far two auditors agree on one question (``id`` empty: on the grade as a whole).

    ``kappa`` and ``gwet`` are None where fewer pairs than the packs' least can tell.
    """

    id: str
    label: str
    agreed: int
    of: int
    kappa: Agreement | None
    gwet: Agreement | None


class Auditor(NamedTuple):
    """One auditor beside those who audited the same files: how often the same, higher, lower."""

    user: User
    of: int
    same: int
    higher: int
    lower: int


class Agreed(NamedTuple):
    """How far auditors agree: on the whole, on each question, and each with the others."""

    pairs: Sequence[Pair]
    overall: Line
    questions: Sequence[Line]
    auditors: Sequence[Auditor]
    least: int


class Difference(NamedTuple):
    """One question of a file audited twice: what the first gave and the second; empty: nothing."""

    question: str
    first: str
    second: str

    @property
    def same(self) -> bool:
        """Whether both answered it alike."""
        return self.first == self.second


def counted(audits: QuerySet[Audit]) -> QuerySet[Audit]:
    """Return audits as figures count them: no second audits, each with its ``counted_grade``.

    That is the grade agreed in moderation, where there is one; else its auditor's own.
    """
    grade = Coalesce(NullIf("moderated", Value("")), "grade")
    return audits.filter(twin_of=None).annotate(counted_grade=grade)


def twins_for(viewer: User) -> QuerySet[Audit]:
    """Return second audits of which the viewer may read both, the newest first.

    Once both are done, the two auditors read each other's, to see where they differ.
    """
    seen = audits_for(viewer).order_by().values("pk")
    both = Q(pk__in=seen, twin_of__in=seen)
    own = Q(auditor=viewer) | Q(twin_of__auditor=viewer)
    done = Q(state=DONE, twin_of__state=DONE)
    rows = Audit.objects.filter(both | (own & done), twin_of__isnull=False)
    return rows.select_related(*BESIDE).order_by("-given_at", "-pk")


def waiting_for(viewer: User) -> QuerySet[Audit]:
    """Return second audits that are still open and not the viewer's own to do or to be kept from.

    Only for whoever manages the programme: nobody else is told that a file is audited twice.
    """
    if not may(viewer, "audits.manage"):
        return Audit.objects.none()
    rows = Audit.objects.filter(twin_of__isnull=False, state=Audit.State.OPEN)
    rows = rows.exclude(Q(auditor=viewer) | Q(twin_of__auditor=viewer))
    return rows.select_related(*BESIDE).order_by("due_on", "pk")


def pairs_of(twins: QuerySet[Audit]) -> list[Pair]:
    """Return the pairs of which both audits are done, of these second audits."""
    done = twins.filter(state=DONE, twin_of__state=DONE).select_related(*BESIDE)
    return [Pair(one.twin_of, one) for one in done if one.twin_of is not None]


def pair_for(viewer: User, ref: str) -> Pair | None:
    """Return the pair that an audit is of, where both are done and the viewer may read both."""
    either = Q(ref=ref) | Q(twin_of__ref=ref)
    found = pairs_of(twins_for(viewer).filter(either))
    return found[0] if found else None


def agreed_for(viewer: User, span: Span) -> Agreed:
    """Return how far auditors agreed on second audits done in a span that the viewer may read."""
    twins = twins_for(viewer).filter(done_on__gte=span.since, done_on__lte=span.until)
    return agreement_of(pairs_of(twins), span.until)


def agreement_for(audits: QuerySet[Audit], on: date | None = None) -> Agreed:
    """Return how far two auditors agree on those of these audits that were done twice."""
    twins = Audit.objects.filter(twin_of__in=audits.order_by().values("pk"))
    return agreement_of(pairs_of(twins), on or timezone.localdate())


def agreement_of(pairs: Sequence[Pair], on: date) -> Agreed:
    """Return how far the two of each pair agree. One query, whatever their number."""
    least = pack.limit("agreement-least", on)
    sure = pack.limit("confidence", on) / PER_CENT
    whole = [(pair.first.grade, pair.second.grade) for pair in pairs]
    overall = _line("", "The grade as a whole", whole, least, sure)
    labels, given = _labels(pairs), _given(pairs)
    by_question: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for pair in pairs:
        first, second = given[pair.first.pk], given[pair.second.pk]
        for question in labels:
            if question in first and question in second:
                by_question[question].append((first[question], second[question]))
    lines = [
        _line(question, label, by_question[question], least, sure)
        for question, label in labels.items()
        if by_question[question]
    ]
    return Agreed(pairs, overall, lines, _auditors(pairs), least)


def differences_of(pair: Pair) -> list[Difference]:
    """Return what both gave to each graded question, and to the whole, the first first."""
    labels, given = _labels([pair]), _given([pair])
    first, second = given[pair.first.pk], given[pair.second.pk]
    rows = [
        Difference(label, _words(first.get(question, "")), _words(second.get(question, "")))
        for question, label in labels.items()
    ]
    whole = Difference("The grade as a whole", _words(pair.first.grade), _words(pair.second.grade))
    return [*rows, whole]


def sessions_for(viewer: User) -> QuerySet[Calibration]:
    """Return calibration sessions, newest first: to who manages audits, and to who was there."""
    rows = Calibration.objects.prefetch_related("people", "looked_at__audit")
    if not (may(viewer, "audits.manage") or may(viewer, "audits.report")):
        rows = rows.filter(people=viewer)
    return rows.select_related("recorded_by").order_by("-held_on", "-pk")


def share_of(viewer: User, span: Span) -> tuple[int, int]:
    """Return how many of the audits drawn by chance and done in a span were given twice; of all."""
    rows = audits_for(viewer).filter(
        done_on__gte=span.since, done_on__lte=span.until, twin_of=None, is_random=True
    )
    return rows.filter(twins__isnull=False).distinct().count(), rows.count()


def _line(id_: str, label: str, grades: Sequence[tuple[str, str]], least: int, sure: float) -> Line:
    order = {grade.id: place for place, grade in enumerate(pack.scale())}
    pairs = [(order[a], order[b]) for a, b in grades if a in order and b in order]
    agreed = sum(a == b for a, b in pairs)
    if len(pairs) < max(least, 1):
        return Line(id_, label, agreed, len(pairs), None, None)
    counts = table_of(pairs, len(order))
    of_kappa, of_gwet = kappa(counts, WEIGHTS, sure), gwet(counts, WEIGHTS, sure)
    return Line(id_, label, agreed, len(pairs), of_kappa, of_gwet)


def _labels(pairs: Iterable[Pair]) -> dict[str, str]:
    """Return the graded questions of the pairs' tools, each under its section, in their order."""
    editions = dict.fromkeys((pair.first.tool, pair.first.edition) for pair in pairs)
    sets = (edition_of(tool, edition) for tool, edition in editions)
    return {
        question.id: _under(asked, question)
        for asked in sets
        if asked is not None
        for question in asked.questions
        if is_graded(question)
    }


def _under(asked: QuestionSet, question: Question) -> str:
    """A question with the title of its section: of several, each asks what difference it made."""
    titles = (one.title for one in asked.sections if question.id in one.questions)
    title = next(titles, "")
    return f"{title}: {question.label}" if title else question.label


def is_graded(question: Question) -> bool:
    """Whether a question is answered on the scale of grades."""
    grades = {grade.id for grade in pack.scale()}
    return question.kind == "choice" and {one.id for one in question.choices} == grades


def _given(pairs: Iterable[Pair]) -> Mapping[int, dict[str, str]]:
    """Return the grade that each audit gave to each question. One query."""
    keys = [audit.pk for pair in pairs for audit in pair]
    grades = [grade.id for grade in pack.scale()]
    rows = Answer.objects.filter(recording__audit__in=keys, row=0, code__in=grades)
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for audit, question, code in rows.values_list("recording__audit", "question", "code"):
        found[audit][question] = code
    return found


def _auditors(pairs: Iterable[Pair]) -> list[Auditor]:
    points = {grade.id: grade.points for grade in pack.scale()}
    people: dict[int, User] = {}
    gaps: dict[int, list[int]] = defaultdict(list)
    for pair in pairs:
        for own, other in (pair, pair[::-1]):
            people[own.auditor_id] = own.auditor
            gap = points.get(own.grade, 0) - points.get(other.grade, 0)
            gaps[own.auditor_id].append(gap)
    found = [
        Auditor(people[pk], len(of), of.count(0), sum(g > 0 for g in of), sum(g < 0 for g in of))
        for pk, of in gaps.items()
    ]
    return sorted(found, key=lambda one: one.user.name)


def _words(grade: str) -> str:
    return pack.grade_words(grade) if grade else ""
