"""One round from its beginning to what was found."""

from __future__ import annotations

import json
import shutil
import time
from dataclasses import asdict
from pathlib import Path

from tools.faults import kindling
from tools.faults.deeds import BRINGS_AN_IMPORT, DEEDS, _ends_well
from tools.faults.people import Person, Writers
from tools.faults.plan import Round
from tools.faults.sites import Site

AFTER = 0.15  # seconds that people go on writing once all is well again


def play(site: Site, plan: Round) -> list[str]:
    """Play a round; return a sentence for everything that does not hold after it."""
    _begin(site)
    people = [Person(one.username, site.host, dict(one.cookies)) for one in site.people]
    notes = site.folder / "notes.jsonl"
    notes.unlink(missing_ok=True)
    writers = Writers(people[: plan.writers], site.children, notes, plan.seed)
    with writers.writing():
        time.sleep(plan.after)
        found = DEEDS[plan.fault](site, writers, plan)
        time.sleep(AFTER)
    writers.send_again()
    found += [f"no answer in the end: {one.mark} {one.statuses}" for one in writers.attempts
              if not one.is_acknowledged]  # fmt: skip
    site.stop_web()
    found += _ends_well(site.run("upkeep"))
    return found + _what_does_not_hold(site, plan, writers)


def _begin(site: Site) -> None:
    kindling.wrong_by(site.clock, 0)
    site.place.put_back()
    for folder in (site.inbox, site.outputs):
        shutil.rmtree(folder)
        folder.mkdir()
    (site.inbox / "nightly").mkdir()
    site.start_web()


def _what_does_not_hold(site: Site, plan: Round, writers: Writers) -> list[str]:
    brought = plan.fault in BRINGS_AN_IMPORT or (
        plan.fault == "job-twice" and plan.job in {"import", "pickup"}
    )
    told = {
        "attempts": [asdict(one) for one in writers.attempts],
        "expected": site.expected if brought else None,
    }
    path = site.folder / "told.json"
    path.write_text(json.dumps(told), encoding="utf-8")
    looking = site.run("invariants", str(path))
    if looking.wait() == 0:
        return []
    return looking.said().strip().splitlines()


def keep(site: Site, plan: Round, found: list[str], place: Path) -> None:
    """Keep what a failed round left, to be looked into."""
    place.mkdir(parents=True, exist_ok=True)
    (place / "found.txt").write_text("\n".join(found) + "\n", encoding="utf-8")
    (place / "round.json").write_text(json.dumps(asdict(plan), indent=1), encoding="utf-8")
    for name in ("notes.jsonl", "told.json"):
        if (site.folder / name).exists():
            shutil.copy(site.folder / name, place / name)
    shutil.copytree(site.outputs, place / "outputs", dirs_exist_ok=True)
    site.place.keep(place)
