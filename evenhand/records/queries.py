"""Reads of requests, bundles and complaints; each takes the viewer, and gives what they may see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.http import Http404
from django.shortcuts import get_object_or_404

from evenhand.accounts.models import User
from evenhand.people.models import Child
from evenhand.people.queries import child_for
from evenhand.people.queries.reach import of_child
from evenhand.problems import Problem
from evenhand.records.contents import Part, Piece, Section, as_text, sections_of
from evenhand.records.models import Bundle, ChildsWish, DataComplaint, Mark, RecordsRequest
from evenhand.records.pack import ACKNOWLEDGED, askers, exemptions, others, own_view_from
from evenhand.rules.arithmetic import birthday
from evenhand.standards.models import Standing

LEFT_OUT = "[left out: {}]"
PAGE = "records request"


def requests_for(viewer: User) -> QuerySet[RecordsRequest]:
    """Return the requests about children the viewer may open: those to answer first, by due day."""
    seen = Child.objects.visible_to(viewer).order_by().values("pk")
    mine = Q(child__in=seen) | Q(child__merged_into__in=seen)
    done = Case(
        When(answered_on=None, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    found = RecordsRequest.objects.filter(mine).annotate(done=done)
    return found.select_related("child", "child__merged_into").order_by(
        "done", F("due_on").asc(nulls_last=True), "pk"
    )


def request_for(viewer: User, ref: str, *, page: str = PAGE) -> RecordsRequest:
    """Find a request about a child the viewer may see, and log the view of the child.

    Raises Http404 for any other.
    """
    request = get_object_or_404(requests_for(viewer), ref=ref)
    child_for(viewer, request.child.ref, page=page)
    return request


def requests_of(child: Child, viewer: User) -> list[RecordsRequest]:
    """Return the requests about one child."""
    mine = of_child(child)
    return list(requests_for(viewer).filter(mine))


def bundle_of(request: RecordsRequest) -> Bundle | None:
    """Return the newest bundle of a request, or None."""
    return request.bundles.select_related("prepared_by", "released_by").order_by("-pk").first()


def bundle_or_404(request: RecordsRequest) -> Bundle:
    """Return the newest bundle of a request; Http404 where nothing was gathered yet."""
    found = bundle_of(request)
    if found is None:
        raise Http404
    return found


def expanded(bundle: Bundle, marks: Mapping[int, Mark]) -> list[Section]:
    """Return the contents with each piece's words in its place."""
    return sections_of(
        bundle.contents, lambda n: Piece(marks[n].kind, marks[n].words, marks[n].number)
    )


def released_sections(bundle: Bundle) -> list[dict[str, Any]]:
    """Return the contents as they may be given: words left out are not in it at all."""
    marks = {mark.number: mark for mark in bundle.marks.all()}
    kinds = others()

    def part(number: int) -> Part:
        mark = marks[number]
        if mark.leave_out is False:
            return str(mark.words)
        label = kinds[mark.kind].label if mark.kind in kinds else "somebody else"
        return LEFT_OUT.format(label)

    return as_text(sections_of(bundle.contents, part))


class Tally(NamedTuple):
    """How many marks there are, and how many of them nobody decided yet."""

    marks: int
    undecided: int


def tally_of(bundle: Bundle) -> Tally:
    """Return how far a bundle was gone through."""
    return Tally(bundle.marks.count(), bundle.marks.filter(leave_out=None).count())


def newest_wish(request: RecordsRequest) -> ChildsWish | None:
    """Return the child's own view as last recorded, or None."""
    return request.wishes.select_related("asked_by").order_by("-asked_on", "-pk").first()


def needs_wish(request: RecordsRequest) -> bool:
    """Whether the child's own view is asked: somebody else asks, and the child is old enough.

    A child whose birthday is not known is asked.
    """
    asker, born_on = askers().get(request.asked_by), request.child.born_on
    if asker is not None and asker.own:
        return False
    from_age = own_view_from(request.received_on)
    return born_on is None or request.received_on >= birthday(born_on, from_age)


def obstacles(bundle: Bundle, viewer: User, *, despite: str = "") -> Iterator[Problem]:
    """Yield what stands in the way of this viewer's release of a bundle."""
    yield from _of_people(bundle, viewer)
    yield from _of_checks(bundle.request)
    yield from _of_wish(bundle.request, despite)
    undecided = tally_of(bundle).undecided
    if undecided:
        yield Problem(
            f"Nobody has decided {undecided} of the marks yet.", "Go through what is marked."
        )


def _of_people(bundle: Bundle, viewer: User) -> Iterator[Problem]:
    judges = bundle.marks.filter(decided_by=viewer)
    if bundle.prepared_by_id == viewer.pk or judges.exists():
        yield Problem(
            "You put this together, or decided some of its marks.", "Another person approves it."
        )


def _of_checks(request: RecordsRequest) -> Iterator[Problem]:
    if request.identity_shown_on is None:
        yield Problem("Nobody has checked who asked.", "Record how identity was checked.")
    asker = askers().get(request.asked_by)
    if asker is not None and asker.authority and not request.authority:
        yield Problem(
            "Nothing shows that who asked may ask for the child.", "Record what shows it."
        )
    known = exemptions()
    for one in request.withholdings.filter(opinion_on=None):
        if one.exemption in known and known[one.exemption].opinion:
            yield Problem(
                "Health data is withheld without the opinion of a health professional.",
                "Ask one, and record it again with their name and the day.",
            )


def _of_wish(request: RecordsRequest, despite: str) -> Iterator[Problem]:
    wish = newest_wish(request)
    if wish is None and needs_wish(request):
        yield Problem(
            "The child has not been asked what they want.", "Ask them, and record their view."
        )
    if wish is None or wish.wish != ChildsWish.Wish.REFUSES:
        return
    if wish.understands is not False and not despite.strip():
        yield Problem(
            "The child does not want this.",
            "Refuse the request; or say why it is given all the same.",
        )


def complaints_for(viewer: User) -> QuerySet[DataComplaint]:
    """Return complaints about personal data: those whose outcome is not told first, oldest first.

    One about a request is there only for those who may see the child.
    """
    seen = Child.objects.visible_to(viewer).order_by().values("pk")
    mine = Q(child=None) | Q(child__in=seen) | Q(child__merged_into__in=seen)
    done = Case(
        When(outcome_told_on=None, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    found = DataComplaint.objects.filter(mine).annotate(done=done)
    return found.select_related("request", "recorded_by").order_by("done", "received_on", "pk")


def acknowledge_by(complaint: DataComplaint) -> date | None:
    """Return the day by which a complaint is to be acknowledged, as its standing has it."""
    found = Standing.objects.filter(standard=ACKNOWLEDGED, subject_id=complaint.pk)
    return found.values_list("due_on", flat=True).first()
