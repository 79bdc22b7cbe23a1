"""``evenhand users``: the first administrator, who then makes everybody else on the pages."""

from __future__ import annotations

import argparse
import json

from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.actions import create_user, grant, invite
from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.problems import Problem

MAY = "users.manage"
ROLE = "administrator"


def administrator(args: argparse.Namespace) -> int:
    """Make an administrator, or give one a link to choose a new password; print the link."""
    now = timezone.now()
    user = User.objects.filter(username__iexact=args.username).first()
    if user is None and not args.name:
        raise Problem(f"Nobody signs in as {args.username}.", "Give --name too, to make them.")
    user = user or create_user(by=None, at=now, username=args.username, name=args.name)
    if not may(user, MAY):
        grant(user, by=None, at=now, role=ROLE)
    token = invite(user, by=None, at=now)
    path = reverse("accounts:welcome", kwargs={"uidb64": user.ref, "token": token})
    link = args.site.rstrip("/") + path
    print(json.dumps({"link": link}) if args.json else f"To choose a password, open once: {link}")
    return 0
