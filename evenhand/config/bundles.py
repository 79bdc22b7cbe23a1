"""What rooms beside that of requests hold of a child: the one table of who tells it.

Each function takes the keys of the child's records and yields ``(what, when, question, answer)``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from evenhand.audits import told as audits
from evenhand.recording import told as recording
from evenhand.transitions import told as transitions

Tell = Callable[[Iterable[int]], Iterator[tuple[str, str, str, str]]]
TOLD: Mapping[str, Tell] = {
    "audits.finding": audits.findings_of,
    "audits.managementreview": audits.reviews_of,
    "audits.sampledfile": audits.lists_of,
    "recording.recording": recording.told_of,
    "transitions.agendacase": transitions.told_of,
}
