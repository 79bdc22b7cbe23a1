"""To whom a concern goes that names people who work here: a manager outside their line."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from evenhand.accounts.models import Worker


def owner_of(recorder: Worker | None, subjects: Collection[Worker]) -> Worker | None:
    """Return the nearest manager of the recorder above everyone named; None: the director.

    Whoever reports to somebody named is in their line, and is passed over with them; so is a
    manager who does not sign in.
    """
    line = _line_of(recorder)
    named = {worker.pk for worker in subjects}
    places = [place for place, manager in enumerate(line) if manager.pk in named]
    outside = line[places[-1] + 1 :] if places else line
    return next((one for one in outside if _signs_in(one)), None)


def _line_of(worker: Worker | None) -> list[Worker]:
    """Return a worker's managers, the nearest first; a line that runs in a ring is cut."""
    line: list[Worker] = []
    above = worker.manager if worker is not None else None
    while above is not None and above not in line and above != worker:
        line.append(above)
        above = above.manager
    return line


def _signs_in(worker: Worker) -> bool:
    user = getattr(worker, "user", None)
    return user is not None and user.is_active


def workers_called(names: Iterable[str]) -> tuple[list[Worker], list[str]]:
    """Return the workers of these names or codes, and the names that are nobody's or several's."""
    found: list[Worker] = []
    unknown: list[str] = []
    for name in dict.fromkeys(name.strip() for name in names if name.strip()):
        called = list(Worker.objects.filter(code__iexact=name)[:2]) or list(
            Worker.objects.filter(name__iexact=name)[:2]
        )
        found += called if len(called) == 1 else []
        unknown += [] if len(called) == 1 else [name]
    return found, unknown
