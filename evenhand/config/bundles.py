"""What rooms beside that of requests hold of a child: the one table of who tells it.

Each function takes the keys of the child's records and yields ``(what, when, question, answer)``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from evenhand.recording.told import told_of

Tell = Callable[[Iterable[int]], Iterator[tuple[str, str, str, str]]]
TOLD: Mapping[str, Tell] = {"recording.recording": told_of}
