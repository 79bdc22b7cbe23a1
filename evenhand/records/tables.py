"""What the pages of requests and of complaints lay out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from evenhand.design.components import Cell, Column, SummaryRow, Table
from evenhand.design.wording import ago, child_name, day
from evenhand.people.models import Child
from evenhand.people.tables.listed import listed
from evenhand.records.clock import due_of
from evenhand.records.models import DataComplaint, Mark, RecordsRequest
from evenhand.records.pack import askers, exemptions, others, time_on
from evenhand.records.queries import acknowledge_by, newest_wish

NO_RULE = "No rule is in force for that day"


def requests_table(requests: Iterable[RecordsRequest], today: date, *, child: bool = True) -> Table:
    """Return requests with when each is due; ``child`` names whose record it is."""
    return Table(
        "Requests to see records",
        [
            Column("Request"),
            *([Column("Whose record")] if child else []),
            Column("Who asks"), Column("Due"), Column("How it stands"),
        ],
        [
            [
                Cell(
                    f"Of {day(one.received_on)}", url=reverse("records:request", args=[one.ref])
                ),
                *([child_name(_whose(one), surname_first=True)] if child else []),
                asker_in_words(one), due_cell(one, today), how_it_stands(one, today),
            ]
            for one in requests
        ],
        empty="Nobody has asked to see their records yet. When somebody does, record it here.",
        caption_hidden=True,
    )  # fmt: skip


def _whose(request: RecordsRequest) -> Child:
    return request.child.merged_into or request.child


def asker_in_words(request: RecordsRequest) -> str:
    """Return who asks, as the pack says it."""
    asker = askers().get(request.asked_by)
    return asker.label if asker else request.asked_by.replace("-", " ")


def due_cell(request: RecordsRequest, today: date) -> Cell:
    """Return the day due, and how far off it is while nothing was answered."""
    if request.due_on is None:
        return Cell(NO_RULE)
    if request.answered_on is not None:
        return Cell(request.due_on)
    if request.stopped:
        return Cell(request.due_on, note="at the earliest: the clock stands still")
    return Cell(request.due_on, note=f"due {ago(request.due_on, today)}")


def how_it_stands(request: RecordsRequest, today: date) -> str:
    """Return in words how a request stands."""
    if request.answered_on is not None:
        late = request.due_on is not None and request.answered_on > request.due_on
        return f"{request.get_decision_display()}, {'late' if late else 'in time'}"
    if request.stopped:
        return "Waiting for the person"
    late = request.due_on is not None and today > request.due_on
    return "Late" if late else "To answer"


def request_rows(request: RecordsRequest, today: date) -> list[SummaryRow]:
    """Return what is known of a request, what it is due by, and what was decided."""
    asker = askers().get(request.asked_by)
    who = f"{asker_in_words(request)}{f': {request.asker_name}' if request.asker_name else ''}"
    rows = [
        SummaryRow("Received", request.received_on, source=request.came_by),
        SummaryRow("Who asks", who),
        SummaryRow("What they want", request.wanted),
        SummaryRow("Due", due_cell(request, today), source=why_due(request)),
        SummaryRow("Identity", _identity(request)),
        *_authority(request, needed=bool(asker and asker.authority)),
        *_questions(request),
        *_wish(request),
        *_withheld(request),
        *_answer(request),
    ]
    return [row for row in rows if row.value is not None]


def why_due(request: RecordsRequest) -> str:
    """Return from which day the time is counted, what was left out or added, and the law."""
    found, time = due_of(request), time_on(request.received_on)
    if found is None or time.within is None:
        return ""
    said = [f"{time.within} from {day(found.starts_on)}"]
    if found.days_left_out:
        said.append(f"{found.days_left_out} days do not count while more detail was asked for")
    if found.extended:
        said.append(f"extended by {time.extension}")
    if found.extended is False:
        said.append("not extended: they were told after the month")
    return f"{'; '.join(said)}; then the next working day. {'; '.join(time.citations)}"


def _identity(request: RecordsRequest) -> str:
    if request.identity_shown_on:
        return f"{request.identity_by}, {day(request.identity_shown_on)}"
    if request.identity_asked_on:
        return f"Asked for on {day(request.identity_asked_on)}; not shown yet"
    return "Not checked yet"


def _authority(request: RecordsRequest, *, needed: bool) -> Iterator[SummaryRow]:
    if request.authority and request.authority_on:
        yield SummaryRow("May ask", f"{request.authority}, {day(request.authority_on)}")
    elif needed:
        yield SummaryRow("May ask", "Not shown yet")


def _questions(request: RecordsRequest) -> Iterator[SummaryRow]:
    for one in request.clarifications.order_by("pk"):
        if one.answered_on:
            answered = f"Answered {day(one.answered_on)}: {one.answer}"
        else:
            answered = "Not answered yet: the clock stands still"
        yield SummaryRow(f"Asked {day(one.asked_on)}", one.asked, source=answered)


def _wish(request: RecordsRequest) -> Iterator[SummaryRow]:
    wish = newest_wish(request)
    if wish is not None:
        known = {True: "who understands", False: "who does not understand it", None: ""}
        who = known[wish.understands]
        said = f"{wish.get_wish_display()}{f', {who}' if who else ''}"
        asked = f"Asked by {wish.asked_by.name} on {day(wish.asked_on)}"
        yield SummaryRow("The child's own view", said, source=f"{wish.words} {asked}".strip())


def _withheld(request: RecordsRequest) -> Iterator[SummaryRow]:
    known = exemptions()
    for one in request.withholdings.select_related("decided_by").order_by("pk"):
        label = known[one.exemption].label if one.exemption in known else one.exemption
        asked = (
            f" Health professional: {one.opinion_of}, {day(one.opinion_on)}."
            if one.opinion_on else ""
        )  # fmt: skip
        decided = f"{one.why}{asked} Decided by {one.decided_by.name}"
        yield SummaryRow("Withheld", f"{one.what} ({label})", source=decided)


def _answer(request: RecordsRequest) -> Iterator[SummaryRow]:
    if request.answered_on is not None:
        by = request.decided_by.name if request.decided_by else ""
        yield SummaryRow("Decided", request.get_decision_display(), source=f"By {by}")
        yield SummaryRow("Why", request.decision_why or None)
        yield SummaryRow("Answered", request.answered_on, source=request.given_by)


def found_table(children: Iterable[Child]) -> Table:
    """Return the children found, each with a link to record a request."""
    return listed(
        "Children found", children, {"Born": "born_on", "Team": "team"}, route="records:new",
        empty="No child whom you may see is called so or has that number.",
    )  # fmt: skip


def marks_table(marks: Iterable[Mark]) -> Table:
    """Return marks with what was decided and why."""
    kinds = others()
    return Table(
        "What is marked",
        [Column("Words"), Column("About"), Column("Places"), Column("Decided"), Column("Why")],
        [
            [
                str(one.words),
                Cell(kinds[one.kind].label if one.kind in kinds else one.kind, note=one.where),
                one.places, decided(one), one.why or None,
            ]
            for one in marks
        ],
        empty="Nothing in it tells of anybody else.",
        caption_hidden=True,
    )  # fmt: skip


def decided(mark: Mark) -> str:
    """Return what was decided of a mark."""
    return {True: "Left out", False: "Kept", None: "Not decided yet"}[mark.leave_out]


def complaints_table(complaints: Iterable[DataComplaint], today: date) -> Table:
    """Return complaints with when each is to be acknowledged, and how it stands."""
    return Table(
        "Complaints about personal data",
        [Column("Complaint"), Column("Acknowledge by"), Column("Acknowledged"), Column("Outcome")],
        [
            [
                Cell(
                    f"Of {day(one.received_on)}", url=reverse("records:complaint", args=[one.ref])
                ),
                acknowledge_cell(one, today), one.acknowledged_on, one.outcome_told_on,
            ]
            for one in complaints
        ],
        empty="Nobody has complained about personal data yet.",
        caption_hidden=True,
    )  # fmt: skip


def acknowledge_cell(complaint: DataComplaint, today: date) -> Cell:
    """Return the day by which a complaint is to be acknowledged."""
    by = acknowledge_by(complaint)
    if by is None:
        return Cell(NO_RULE)
    if complaint.acknowledged_on is not None:
        late = complaint.acknowledged_on > by
        return Cell(by, note="late" if late else "in time")
    return Cell(by, note=f"due {ago(by, today)}")


def complaint_rows(complaint: DataComplaint, today: date) -> list[SummaryRow]:
    """Return what is known of a complaint, and each time that they were told how far it is."""
    told = complaint.progress.select_related("told_by").order_by("told_on", "pk")
    rows = [
        SummaryRow("Received", complaint.received_on, source=complaint.came_by),
        SummaryRow("From", complaint.from_name or None),
        SummaryRow("About", complaint.about),
        SummaryRow("Acknowledge by", acknowledge_cell(complaint, today)),
        SummaryRow("Acknowledged", complaint.acknowledged_on),
        *(
            SummaryRow(f"Told on {day(one.told_on)}", one.words, source=one.told_by.name)
            for one in told
        ),
        SummaryRow("Outcome", complaint.outcome or None),
        SummaryRow("Outcome told", complaint.outcome_told_on),
    ]
    return [row for row in rows if row.value is not None]


def sections_of(sections: Iterable[dict[str, Any]]) -> list[tuple[dict[str, Any], Table]]:
    """Return each part of what is given with its table."""
    return [
        (
            one,
            Table(
                one["title"], one["columns"], one["rows"], caption_hidden=True,
                empty="We hold nothing of this kind.", id=f"part-{one['id']}", heads_rows=False,
            ),
        )
        for one in sections
    ]  # fmt: skip
