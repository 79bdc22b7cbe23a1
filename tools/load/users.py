"""Users at work over real connections, each page's seconds noted."""

from __future__ import annotations

import random
import threading
import time
from collections import defaultdict
from datetime import date
from typing import Any

from tools.faults.people import Person, Reply, new_token
from tools.load.mix import STANDARD, deeds

PAUSE = 0.2  # seconds at most that a user looks at a page: a harder day than people have
ANSWERED = {200, 302}


class Worked:
    """What was measured: the seconds of each page, and what did not go well."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.errors: list[str] = []
        self._lock = threading.Lock()

    def note(self, name: str, spent: float, reply: Reply) -> None:
        """Note one request."""
        with self._lock:
            if reply.status in ANSWERED and not reply.location.startswith("/sign-in/"):
                self.seconds[name].append(spent)
            else:
                self.errors.append(f"{name}: {reply.status} {reply.location}")


def work(host: str, guests: list[dict[str, Any]], seconds: float, seed: int) -> Worked:
    """Have these people work for so long, all at once; return what was measured."""
    worked, until = Worked(), time.monotonic() + seconds
    threads = [
        threading.Thread(target=_day, args=(host, guest, until, worked, f"{seed}:{number}"))
        for number, guest in enumerate(guests)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return worked


def _day(host: str, guest: dict[str, Any], until: float, worked: Worked, seed: str) -> None:
    chance = random.Random(seed)  # noqa: S311 (a plan, not a secret)
    person = Person(guest["role"], host, dict(guest["cookies"]))
    person.get("/")  # whose forms bring their cookie
    while True:
        deed = deeds(guest["role"], chance).name
        begun = time.perf_counter()
        reply = _do(person, deed, guest, chance)
        worked.note(deed, time.perf_counter() - begun, reply)
        if time.monotonic() > until:
            return
        time.sleep(chance.uniform(0, PAUSE))


def _do(person: Person, deed: str, guest: dict[str, Any], chance: random.Random) -> Reply:
    child = f"/children/{guest['child']}/"
    if deed == "search":
        return person.post("/children/search/", {"words": guest["words"]})
    if deed == "answer":
        form = {
            "answer": "WBRI", "said_by": "child", "asked_on": f"{date.today():%d/%m/%Y}",  # noqa: DTZ011
            "how": "Face to face", "once": new_token(chance),
        }  # fmt: skip
        return person.post(f"{child}identity/ethnicity/ask/", form)
    paths = {
        "home": "/", "children": "/children/", "child": child, "identity": f"{child}identity/",
        "standards": "/standards/", "standard": STANDARD, "imports": "/imports/",
    }  # fmt: skip
    return person.get(paths[deed])
