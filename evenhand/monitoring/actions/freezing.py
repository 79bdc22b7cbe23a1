"""Freezing every measure as it stands, under a name that plans can cite."""

from __future__ import annotations

import json
from datetime import datetime

from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.equality.tallying import counted_as_at
from evenhand.facts.adopted import policy
from evenhand.history.actions import Change, action
from evenhand.monitoring.models import Baseline
from evenhand.monitoring.queries.baselines import digest_of, everything_now
from evenhand.problems import Problem


@action("baseline.frozen")
def freeze(*, by: User, at: datetime, name: str) -> Change:
    """Freeze every measure of the whole authority as it stands now. It never changes after.

    Raises Problem for a name that another has, and where nothing is counted yet.
    """
    name = " ".join(name.split())
    if Baseline.objects.filter(name__iexact=name).exists():
        raise Problem(f"There is a baseline called {name} already.", "Give it another name.")
    as_at = counted_as_at()
    if as_at is None:
        raise Problem(
            "Nothing is counted by group yet.", "Freeze a baseline after the first import."
        )
    body = json.loads(json.dumps(everything_now(timezone.localdate(at))))
    made = Baseline.objects.create(
        ref=new_reference(), name=name, as_at=as_at, body=body, digest=digest_of(body),
        pack_digest=policy().digest, frozen_by=by, frozen_at=at,
    )  # fmt: skip
    return Change(made, {"name": (None, name), "digest": (None, made.digest)})
