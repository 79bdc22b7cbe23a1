"""Somebody at their desk: writes on the packs' forms and reads the pages, as through a browser."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.models import Role, Team, User, Worker
from evenhand.people.models import Child
from evenhand.recording.models import Recording
from evenhand.recording.queries import reference_of
from evenhand.recording.sets import form_called
from tests import factories as make
from tests.pages import main_of, table_of


class Desk:
    """One person who signs in: a social worker of a team of their own, unless told otherwise."""

    def __init__(
        self, name: str = "Ana Quay", *, role: Role = Role.SOCIAL_WORKER, team: Team | None = None
    ) -> None:
        self.team = team or make.team()
        self.worker: Worker = make.worker(name, team=self.team)
        over = None if role in (Role.SOCIAL_WORKER, Role.REVIEWING_OFFICER) else self.team
        self.user: User = make.user(role, worker=self.worker, team=over)
        User.objects.filter(pk=self.user.pk).update(name=name)
        self.user.name = name

    def child(self, **fields: Any) -> Child:
        """A child of this person's."""
        return make.child(team=self.team, worker=self.worker, **fields)

    @property
    def client(self) -> Client:
        """A browser, signed in now: whatever day a test's clock says."""
        client = Client()
        client.force_login(self.user)
        return client

    def get(self, route: str, *args: Any, **query: Any) -> HttpResponse:
        """A page."""
        reply: Any = self.client.get(reverse(route, args=args), query)
        return reply

    def words(self, route: str, *args: Any, **query: Any) -> str:
        """The words of a page's main part."""
        return main_of(self.get(route, *args, **query))

    def writes(
        self, form: str, child: Child | None = None, about: int | None = None, **answers: Any
    ) -> Recording:
        """Fill a form in, of nobody, of a child, or about a child's event (its key)."""
        if child is None:
            where = reverse("recording:new", args=[form])
        elif about is None:
            where = reverse("recording:new-of-child", args=[child.ref, form])
        else:
            subject = form_called(form, timezone.localdate()).subject
            event = reference_of(subject, about)
            where = reverse("recording:new-about", args=[child.ref, form, event])
        reply: Any = self.client.post(where, answers)
        assert reply.status_code == 302, main_of(reply)
        return Recording.objects.latest("pk")

    def puts_right(self, recording: Recording, **answers: Any) -> None:
        """Fill the form in again, with these answers only."""
        reply: Any = self.client.post(reverse("recording:change", args=[recording.ref]), answers)
        assert reply.status_code == 302, main_of(reply)

    def reads(self, recording: Recording) -> str:
        """What the page of a record says."""
        return self.words("recording:one", recording.ref)

    def promises(self, recording: Recording) -> dict[str, list[str]]:
        """The promises that the page of a record shows: title to when due, and how it stands."""
        rows = table_of(self.get("recording:one", recording.ref), "What was promised")
        return {row[0]: row[1:] for row in rows}

    def promise(self, recording: Recording, title: str) -> list[str]:
        """One of them, by how its title begins: when due, and how it stands."""
        found = self.promises(recording)
        return next(row for name, row in found.items() if name.startswith(title))
