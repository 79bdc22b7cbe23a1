"""People who write while something goes wrong, and note what they were told was recorded."""

from __future__ import annotations

import http.client
import json
import random
import re
import string
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

PASSWORD = "islehaven-demo"
ANSWERS = ("WBRI", "WIRI", "MWBC", "AIND", "BCRB", "OOTH")
CONCERN, ANSWER = "concern", "answer"
ONCE = "It was recorded, once"
WITHOUT_AN_ANSWER = (OSError, http.client.HTTPException)
SECONDS = 40
TO_BE_LET_IN = ("/sign-in/", "/account/")


@dataclass
class Reply:
    """What came back for one request; status 0: nothing did."""

    status: int = 0
    location: str = ""
    text: str = ""

    @property
    def is_recorded(self) -> bool:
        """Whether the reply says that what was sent is kept."""
        led = self.status == 302 and not self.location.startswith(TO_BE_LET_IN)
        return led or ONCE in self.text


@dataclass
class Attempt:
    """One form that somebody sent, under a mark that is looked for afterwards."""

    mark: str
    kind: str
    path: str
    form: dict[str, str]
    is_acknowledged: bool = False
    statuses: list[int] = field(default_factory=list)
    sender: str = ""


@dataclass
class Person:
    """One browser, signed in as somebody of the demonstration."""

    username: str
    host: str = ""
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Reply:
        """Open a page."""
        return self._ask("GET", path)

    def post(self, path: str, form: dict[str, str]) -> Reply:
        """Send a form of a page."""
        token = self.cookies.get("csrftoken", "")
        return self._ask("POST", path, urlencode({**form, "csrfmiddlewaretoken": token}))

    def sign_in(self) -> None:
        """Sign in as the person whose name this is."""
        self.cookies.clear()
        self.get("/sign-in/")
        reply = self.post("/sign-in/", {"username": self.username, "password": PASSWORD})
        if reply.status != 302:
            raise RuntimeError(f"{self.username} could not sign in: {reply.status}")

    def _ask(self, method: str, path: str, body: str = "") -> Reply:
        connection = http.client.HTTPConnection(self.host, timeout=SECONDS)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
            self._keep_cookies(answer)
            return Reply(answer.status, answer.headers.get("Location", ""), text)
        except WITHOUT_AN_ANSWER:
            return Reply()
        finally:
            connection.close()

    def _keep_cookies(self, answer: http.client.HTTPResponse) -> None:
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]


def new_token(chance: random.Random) -> str:
    """Return a token as the forms of a page carry one."""
    return "".join(chance.choices(string.ascii_letters + string.digits, k=64))


class Writers:
    """Several people who write one form after another, each note of it kept in a file too."""

    def __init__(self, people: list[Person], children: list[str], notes: Path, seed: str) -> None:
        self.people, self._children, self._notes = people, children, notes
        self._chance = random.Random(seed)  # noqa: S311 (a plan, not a secret)
        self.seed = seed
        self.attempts: list[Attempt] = []
        self._lock = threading.Lock()

    def new(self, kind: str = "") -> Attempt:
        """Return a form that nobody has sent yet."""
        with self._lock:
            chance, number = self._chance, len(self.attempts)
            mark = f"mark {self.seed} {number}."
            made = _made(
                kind or chance.choice([ANSWER, ANSWER, CONCERN]), mark, chance, self._children
            )
            self.attempts.append(made)
        return made

    def send(self, person: Person, attempt: Attempt) -> Reply:
        """Send a form, signing in again where one was signed out; note what came back."""
        attempt.sender = person.username
        reply = person.post(attempt.path, attempt.form)
        if reply.status in {302, 403} and not reply.is_recorded:
            person.sign_in()
            reply = person.post(attempt.path, attempt.form)
        attempt.statuses.append(reply.status)
        attempt.is_acknowledged |= reply.is_recorded
        with self._lock, self._notes.open("a", encoding="utf-8") as notes:
            notes.write(json.dumps(asdict(attempt)) + "\n")
        return reply

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Have everybody write during the body; a person gives up a form that got no answer."""
        stop = threading.Event()
        threads = [threading.Thread(target=self._write, args=(one, stop)) for one in self.people]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            stop.set()
            for thread in threads:
                thread.join()

    def _write(self, person: Person, stop: threading.Event) -> None:
        while not stop.is_set():
            try:
                reply = self.send(person, self.new())
            except RuntimeError:  # nobody could be signed in just now
                reply = Reply()
            if not reply.status:
                time.sleep(0.05)

    def send_again(self) -> None:
        """Send once more what got no answer, and some of what did: the same people's same forms."""
        people = {one.username: one for one in self.people}
        unanswered = [one for one in self.attempts if one.sender and not one.is_acknowledged]
        answered = [one for one in self.attempts if one.is_acknowledged]
        for attempt in [*unanswered, *answered[:2]]:
            self.send(people[attempt.sender], attempt)


def _made(kind: str, mark: str, chance: random.Random, children: list[str]) -> Attempt:
    token, today = new_token(chance), f"{date.today():%d/%m/%Y}"  # noqa: DTZ011 (as a person types)
    if kind == CONCERN:
        form = {"ground": "class", "what_happened": mark, "received_on": today}
        return Attempt(mark, kind, "/equality/concerns/new/", {**form, "once": token})
    form = {
        "answer": chance.choice(ANSWERS), "own_words": mark, "said_by": "child",
        "asked_on": today, "how": "Face to face", "once": token,
    }  # fmt: skip
    path = f"/children/{chance.choice(children)}/identity/ethnicity/ask/"
    return Attempt(mark, kind, path, form)


def children_of(person: Person) -> list[str]:
    """Return the references of the children on a person's list."""
    page = person.get("/children/").text.partition("<main")[2]
    return sorted(set(re.findall(r'href="/children/([a-z0-9]{12})/"', page)))
