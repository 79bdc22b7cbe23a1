"""The disposal plan: for each table that leads to a child, how its rows of that child are found.

A test fails when a model leads to a child and has no line here. ``child`` and ``adult`` are paths
from the model; what stays says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple


class Line(NamedTuple):
    """How a child's rows of one model are found: by paths to the child, and to an adult."""

    child: tuple[str, ...] = ()
    adult: tuple[str, ...] = ()


OF_CHILD: Final = Line(child=("child",))
OF_EITHER: Final = Line(child=("child",), adult=("adult",))
EVENTS: Final = (
    "advisercontact", "assessment", "careepisode", "careleaver", "careperiod", "casenote",
    "contact", "coregroup", "earlyhelpepisode", "immigrationstatus", "initialconference",
    "legalstatus", "lookedafterreview", "missingepisode", "needplan", "pathwayplanreview",
    "placement", "protectionplan", "referral", "reviewconference", "reviewingofficercontact",
    "section47", "visit",
)  # fmt: skip
PLAN: Final[Mapping[str, Line]] = {
    **{f"casework.{event}": OF_CHILD for event in EVENTS},
    "people.child": Line(child=("pk",)),
    "people.adult": Line(adult=("pk",)),
    "people.relationship": OF_EITHER,
    "people.familymember": OF_CHILD,
    "people.involvement": OF_CHILD,
    "people.identitystatement": OF_EITHER,
    "people.identitystanding": OF_EITHER,
    "people.settleddifference": OF_EITHER,
    "people.identityquestion": OF_EITHER,
    "people.identitycampaignitem": OF_EITHER,
    "people.adoptionorder": OF_CHILD,
    "people.address": OF_CHILD,
    "people.monitoringobjection": OF_CHILD,
    "people.restriction": OF_CHILD,
    "people.restrictionname": Line(child=("restriction__child",)),
    "people.ownfamily": OF_EITHER,
    "people.temporaryaccess": OF_CHILD,
    "monitoring.provision": OF_CHILD,
    "standards.standing": OF_CHILD,
    "audits.sampledfile": OF_CHILD,
    "audits.audit": OF_CHILD,
    "audits.calibratedaudit": Line(child=("audit__child",)),
    "audits.compliancecheck": Line(child=("audit__child",)),
    "audits.copy": Line(child=("audit__child",)),
    "audits.finding": Line(child=("audit__child",)),
    "audits.managementreview": Line(child=("audit__child",)),
    "audits.told": Line(child=("finding__audit__child",)),
    "eligibility.decision": OF_CHILD,
    "eligibility.letter": Line(child=("decision__child",)),
    "recording.recording": OF_CHILD,
    "recording.answer": Line(child=("recording__child",)),
    "recording.missing": Line(child=("recording__child",)),
    "leaving_care.foundstanding": OF_CHILD,
    "promises.explanation": OF_CHILD,
    "promises.allowance": OF_CHILD,
    "promises.aside": OF_CHILD,
    "transitions.transitionplan": OF_CHILD,
    "transitions.sharedname": OF_CHILD,
    "transitions.agendacase": Line(child=("plan__child",)),
    "work.task": OF_CHILD,
    "work.reading": Line(child=("task__child",)),
    "records.recordsrequest": OF_CHILD,
    "records.clarification": Line(child=("request__child",)),
    "records.childswish": Line(child=("request__child",)),
    "records.withholding": Line(child=("request__child",)),
    "records.bundle": Line(child=("request__child",)),
    "records.mark": Line(child=("bundle__request__child",)),
    "records.datacomplaint": Line(child=("child", "request__child")),
    "records.progress": Line(child=("complaint__child", "complaint__request__child")),
    "retention.retentiondate": OF_CHILD,
    "retention.hold": OF_CHILD,
    "retention.decision": OF_CHILD,
    "retention.filing": OF_CHILD,
    "retention.correction": OF_CHILD,
    "retention.withdrawnreview": OF_CHILD,
    "feedback.feedback": OF_CHILD,
    "feedback.barriermet": OF_CHILD,
    "feedback.discriminationmet": OF_CHILD,
}
BY_NUMBER: Final[Mapping[str, str]] = {
    "sources.sourcereference": "by the records that it points at",
    "sources.difference": "by the child's number and by the records that it points at",
    "sources.rowfinding": "by the keys and the names that stand in a refused row",
    "sources.mend": "by the keys of the rows that it mends",
    "history.entry": "its words and salt go, by history.disposing; the chain still holds",
    "history.view": "its words go, by history.disposing",
    "people.family": "when its last member is gone",
}
"""What leads to a child by a number or by words, and how it is found."""

STAYS: Final[Mapping[str, str]] = {
    "audits.recommendation": "What a report recommends is about how a team works, and no child",
}
"""What leads to a child and stays, and why."""
