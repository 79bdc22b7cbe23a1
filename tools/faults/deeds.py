"""What goes wrong, one function for each fault. It is called while people write."""

from __future__ import annotations

import os
import re
import shutil
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from tools.faults import kindling
from tools.faults.people import ANSWER, Reply, Writers
from tools.faults.plan import Round
from tools.faults.sites import Running, Site

Deed = Callable[[Site, Writers, Round], list[str]]
"""Does one fault and returns what it found wrong by itself; the invariants are looked at later."""
BUSY = 2
AT_ONCE = 3


def kill_web(site: Site, _: Writers, plan: Round) -> list[str]:
    """Kill one or two of the processes that serve, at a moment of their own each."""
    chance = plan.chance("which")
    for worker in chance.sample(site.workers(), k=min(2, len(site.workers()))):
        with suppress(ProcessLookupError):
            os.kill(worker.pid, signal.SIGKILL)
        time.sleep(chance.uniform(0, 0.2))
    return []


def kill_all_web(site: Site, _: Writers, plan: Round) -> list[str]:
    """Kill everything that serves, and serve again after a while."""
    assert site.web is not None
    for each in [*site.workers(), site.web]:
        with suppress(ProcessLookupError):
            os.kill(each.pid, signal.SIGKILL)
    site.web.wait()
    time.sleep(plan.lasts / 4)
    site.start_web()
    return []


def _killed(site: Site, plan: Round, *words: str, most: float) -> list[str]:
    """Start a command, kill it at some moment, and run it again to its end."""
    running = site.run(*words)
    time.sleep(plan.chance("when").uniform(0.0, most))
    running.kill()
    return _ends_well(site.run(*words))


def _ends_well(running: Running, *also: int) -> list[str]:
    code = running.wait()
    if code in {0, *also} and "Traceback" not in running.said():
        return []
    return [f"{' '.join(running.words)} ended with {code}: {running.said()[-1500:]}"]


def kill_upkeep(site: Site, _: Writers, plan: Round) -> list[str]:
    """Kill upkeep."""
    return _killed(site, plan, "upkeep", most=0.8)


def kill_import(site: Site, _: Writers, plan: Round) -> list[str]:
    """Kill an import."""
    return _killed(site, plan, *site.importing(), most=2.5)


def kill_pickup(site: Site, _: Writers, plan: Round) -> list[str]:
    """Kill the pick-up of a folder's files."""
    _deliver(site)
    return _killed(site, plan, "pickup", "--wait", "1", most=4.0)


def _deliver(site: Site) -> None:
    for path in site.extract.glob("*.csv"):
        shutil.copy(path, site.inbox / "nightly")


def no_room(site: Site, _: Writers, plan: Round) -> list[str]:
    """Leave no room to write, for a while."""
    with site.place.without_room(site.workers()):
        time.sleep(plan.lasts)
    return []


def database_gone(site: Site, _: Writers, plan: Round) -> list[str]:
    """Take the database away, for a while."""
    with site.place.gone():
        time.sleep(plan.lasts)
    return []


def clock_jumps(site: Site, _: Writers, plan: Round) -> list[str]:
    """Have every clock jump, tend then, and have them jump back."""
    kindling.wrong_by(site.clock, plan.jump)
    try:
        found = _ends_well(site.run("upkeep"))
        time.sleep(plan.lasts)
    finally:
        kindling.wrong_by(site.clock, 0)
    return found


def one_record(_: Site, writers: Writers, __: Round) -> list[str]:
    """Have two people take back the same answer at the same moment, each for a reason."""
    first, second = writers.people[:2]
    said = writers.new(ANSWER)
    writers.send(first, said)
    child = said.path.split("/")[2]
    page = first.get(f"/children/{child}/identity/").text
    where = re.search(rf"/children/{child}/identity/said/[^/]+/error/", page)
    if where is None:
        return [] if not said.is_acknowledged else ["an answer that was recorded is not listed"]
    reasons = [f"The reason of {one.username}." for one in (first, second)]
    with ThreadPoolExecutor(2) as both:
        replies = list(both.map(_take_back, (first, second), [where[0]] * 2, reasons))
    return _neither_lost_words(replies, reasons)


def _take_back(person: object, where: str, reason: str) -> Reply:
    return person.post(where, {"reason": reason})  # type: ignore[attr-defined]


def _neither_lost_words(replies: list[Reply], reasons: list[str]) -> list[str]:
    """One did it; the other is shown what was done, with their own words."""
    led = [reply.is_recorded for reply in replies]
    if sum(led) != 1:
        return [f"of two who took back one answer {sum(led)} did: {[r.status for r in replies]}"]
    other, reason = next(
        (reply, said) for reply, said, done in zip(replies, reasons, led, strict=True) if not done
    )
    kept = reason in other.text
    return [] if kept else [f"the second lost their words: {other.status} {other.location}"]


def double_submit(_: Site, writers: Writers, plan: Round) -> list[str]:
    """Send one form several times at the same moment, and once more."""
    found = []
    for _ in range(2):
        attempt = writers.new()
        people = [writers.people[plan.number % len(writers.people)]] * AT_ONCE
        with ThreadPoolExecutor(AT_ONCE) as at_once:
            replies = list(at_once.map(writers.send, people, [attempt] * AT_ONCE))
        replies.append(writers.send(people[0], attempt))
        if not all(reply.is_recorded for reply in replies):
            found.append(f"one form sent {len(replies)} times: {[r.status for r in replies]}")
    return found


def job_twice(site: Site, _: Writers, plan: Round) -> list[str]:
    """Run a job twice at the same moment: both end well, or one is told that the other is at it."""
    words = tuple(plan.job.split())
    if plan.job == "import":
        words = site.importing()
    if plan.job == "pickup":
        _deliver(site)
        words = ("pickup", "--wait", "1")
    both = [site.run(*words), site.run(*words)]
    found = [fault for one in both for fault in _ends_well(one, BUSY)]
    if all(one.code == BUSY for one in both):
        found.append(f"{plan.job} ran twice and neither did it: {both[0].said()[-500:]}")
    return found


def import_and_writes(site: Site, _: Writers, __: Round) -> list[str]:
    """Import while people write."""
    return _ends_well(site.run(*site.importing()))


DEEDS: dict[str, Deed] = {
    "kill-web": kill_web,
    "kill-all-web": kill_all_web,
    "kill-upkeep": kill_upkeep,
    "kill-import": kill_import,
    "kill-pickup": kill_pickup,
    "no-room": no_room,
    "database-gone": database_gone,
    "clock-jumps": clock_jumps,
    "one-record": one_record,
    "double-submit": double_submit,
    "job-twice": job_twice,
    "import-and-writes": import_and_writes,
}
BRINGS_AN_IMPORT = {"kill-import", "kill-pickup", "import-and-writes"}
