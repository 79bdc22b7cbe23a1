"""Where facts that people record are read from: the answers of the forms.

``OWN`` subjects are recorded here whole; to ``ABOUT`` subjects, imported events, answers are
fastened. Every native fact of these that no other room binds is an answer of that name.
"""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from evenhand.facts.registry import FirstTold, bind, is_bound, subject, vocabulary
from evenhand.policy.vocabulary import Fact
from evenhand.recording.models import Answer, FirstDay, Recording

OWN: Final = (
    "message", "correspondence", "reception_call", "appointment", "transition_request", "audit",
    "early_help_assessment",
)  # fmt: skip
ABOUT: Final = ("referral", "assessment", "conference", "need_plan", "protection_plan", "visit")
COLUMN: Final = {
    "date": "day", "moment": "moment", "yes_no": "yes", "number": "number", "code": "code",
    "person": "code",
}  # fmt: skip
KEPT: Final = Q(recording__entered_in_error=False)
FIRST: Final = FirstTold(FirstDay, "on", "fact")


def _bind(fact: Fact, via: str) -> None:
    column = COLUMN[fact.type]
    where = KEPT & Q(fact=fact.name)
    if fact.many:
        where &= Q(row__gt=0) | Q(**{f"{column}__isnull": False})
        bind(fact.name, Answer, column, via=via, where=where, since=FIRST, blanks=True)
    else:
        pick = "earliest" if fact.is_time else "latest"
        bind(fact.name, Answer, column, via=via, where=where, since=FIRST, pick=pick)  # type: ignore[arg-type]


for _name in OWN:
    subject(
        _name, Recording, child="child_id", team="team_id", worker="worker_id",
        where=Q(subject=_name, entered_in_error=False),
    )  # fmt: skip
for _fact in vocabulary().facts.values():
    if _fact.native and not is_bound(_fact.name):
        if _fact.subject in OWN:
            _bind(_fact, "recording_id")
        elif _fact.subject in ABOUT:
            _bind(_fact, "recording__about_id")
