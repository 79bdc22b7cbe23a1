"""Where the facts of requests and of complaints about personal data are read from."""

from __future__ import annotations

from evenhand.facts.registry import bind, subject
from evenhand.records.models import DataComplaint, RecordsRequest

subject(
    "records_request",
    RecordsRequest,
    child="child_id",
    team="child__team_id",
    worker="child__worker_id",
)
bind("records_request.received", RecordsRequest, "received_on")
bind("records_request.answered", RecordsRequest, "answered_on")
bind("records_request.extended", RecordsRequest, "extended")
bind("records_request.paused", RecordsRequest, "paused")
bind("records_request.stopped", RecordsRequest, "stopped")
bind("records_request.due", RecordsRequest, "due_on")

subject(
    "data_complaint",
    DataComplaint,
    child="child_id",
    team="child__team_id",
    worker="child__worker_id",
)
bind("data_complaint.received", DataComplaint, "received_on")
bind("data_complaint.acknowledged", DataComplaint, "acknowledged_on")
bind("data_complaint.outcome_told", DataComplaint, "outcome_told_on")
