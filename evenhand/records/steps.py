"""The steps of a request and of a complaint: what each asks, and the action that it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from evenhand.design.forms import EvenhandForm
from evenhand.records import actions, forms
from evenhand.records.models import DataComplaint, RecordsRequest
from evenhand.records.pack import askers


class Step(NamedTuple):
    """One step: its words, its form, its action, and whether it may be taken now."""

    title: str
    form: type[EvenhandForm]
    act: Callable[..., Any]
    done: str
    is_open: Callable[[Any], bool]


def _unanswered(request: RecordsRequest) -> bool:
    return request.answered_on is None


def _is_asked_for_another(request: RecordsRequest) -> bool:
    """Whether somebody else than the person asks: only then is anything to be shown, or wished."""
    asker = askers().get(request.asked_by)
    return _unanswered(request) and not (asker and asker.own)


def _waits_for_detail(request: RecordsRequest) -> bool:
    return request.clarifications.filter(answered_on=None).exists()


STEPS: Mapping[str, Step] = {
    "authority": Step(
        "Record what shows that they may ask", forms.AuthorityForm, actions.show_authority,
        "Recorded.", _is_asked_for_another,
    ),
    "ask-identity": Step(
        "Record that proof of identity was asked for", forms.AskIdentityForm,
        actions.ask_for_identity, "Recorded. The month begins when it is shown.",
        lambda one: _unanswered(one) and one.identity_shown_on is None,
    ),
    "identity": Step(
        "Record that identity was checked", forms.IdentityForm, actions.record_identity,
        "Recorded.", _unanswered,
    ),
    "wish": Step(
        "Record what the child wants", forms.WishForm, actions.record_wish, "Recorded.",
        _is_asked_for_another,
    ),
    "ask-detail": Step(
        "Record that more detail was asked for", forms.AskDetailForm, actions.ask_for_detail,
        "Recorded. The clock stands still until the answer.",
        lambda one: _unanswered(one) and not _waits_for_detail(one),
    ),
    "detail": Step(
        "Record the answer", forms.DetailForm, actions.record_detail,
        "Recorded. The clock runs again.",
        lambda one: _unanswered(one) and _waits_for_detail(one),
    ),
    "extend": Step(
        "Record that more time was taken", forms.ExtendForm, actions.extend, "Recorded.",
        lambda one: _unanswered(one) and one.extension_told_on is None,
    ),
    "withhold": Step(
        "Withhold something under an exemption", forms.WithholdForm, actions.withhold,
        "Recorded, with your name.", _unanswered,
    ),
    "answer": Step(
        "Record the answer given", forms.AnswerForm, actions.answer,
        "Recorded. The clock has stopped.", _unanswered,
    ),
}  # fmt: skip


def _untold(complaint: DataComplaint) -> bool:
    return complaint.outcome_told_on is None


OF_COMPLAINTS: Mapping[str, Step] = {
    "acknowledge": Step(
        "Record that it was acknowledged", forms.AcknowledgeForm, actions.acknowledge,
        "Recorded.", lambda one: one.acknowledged_on is None,
    ),
    "progress": Step(
        "Record what they were told of its progress", forms.ProgressForm, actions.tell_progress,
        "Recorded.", _untold,
    ),
    "outcome": Step(
        "Record the outcome", forms.OutcomeForm, actions.tell_outcome, "Recorded.", _untold,
    ),
}  # fmt: skip
