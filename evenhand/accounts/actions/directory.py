"""Who signs in by the directory, and the roles that their groups give."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from evenhand.accounts.actions.users import DIRECTORY, create_user, end_grant, grant
from evenhand.accounts.groups import Given, given_by
from evenhand.accounts.models import DirectoryIdentity, User, Worker
from evenhand.accounts.openid import ASK, Claims, Refused
from evenhand.accounts.queries.users import grants_in_force
from evenhand.accounts.references import new_reference
from evenhand.history.actions import Change, action

LONGEST_USERNAME, LONGEST_NAME, LONGEST_SUBJECT = 150, 300, 255


def admit(claims: Claims, *, issuer: str, at: datetime) -> User:
    """Return the user whom the directory's claims are about, with the roles their groups give.

    A person is known by the issuer and its subject. By their e-mail address alone nobody is known,
    save where EVENHAND_OIDC_BY_EMAIL says so and the directory has verified it. Raises Refused for
    somebody in no group that gives a role (who then holds none by the directory any more), or whose
    account is closed.
    """
    given = given_by(_groups(claims))
    with transaction.atomic():
        user = _known(claims, issuer) or (_new(claims, issuer, at=at) if given else None)
        if user is not None:
            _settle(user, given, at=at)
    if user is None or not given:
        raise Refused("You are in no group of the directory that opens Evenhand.", ASK)
    if not user.is_active:
        raise Refused("Your account in Evenhand is closed.", ASK)
    return user


def _groups(claims: Claims) -> list[str]:
    """Return the person's groups. Entra ID leaves them out above 200, which is said."""
    found: Any = claims.get(settings.OIDC_GROUPS_CLAIM)
    if found is None and settings.OIDC_GROUPS_CLAIM in claims.get("_claim_names", {}):
        raise Refused(
            "The directory did not send your groups: you are in too many.",
            "Ask whoever looks after it to send only those that are for Evenhand.",
        )
    if isinstance(found, str):
        return [found]
    return [str(each) for each in found] if isinstance(found, list) else []


def _known(claims: Claims, issuer: str) -> User | None:
    subject = _subject(claims)
    identity = DirectoryIdentity.objects.filter(issuer=issuer, subject=subject).first()
    return identity.user if identity else None


def _subject(claims: Claims) -> str:
    subject = str(claims.get("sub") or "")
    if not 0 < len(subject) <= LONGEST_SUBJECT:
        raise Refused("The directory does not say who you are.", ASK)
    return subject


def _new(claims: Claims, issuer: str, *, at: datetime) -> User:
    email = _verified_email(claims)
    user = _of_email(email) or create_user(
        by=None, at=at, username=_username(claims), name=_name(claims),
        worker=_worker(email), email=str(claims.get("email") or "")[:254],
    )  # fmt: skip
    _link(user, by=None, at=at, issuer=issuer, subject=_subject(claims))
    return user


@action("directory.linked")
def _link(user: User, *, by: None, at: datetime, issuer: str, subject: str) -> Change:
    DirectoryIdentity.objects.create(user=user, issuer=issuer, subject=subject)
    return Change(user, {"issuer": (None, issuer), "subject": (None, subject)})


def _verified_email(claims: Claims) -> str:
    """Return the e-mail address that may stand for the person; nothing where none may."""
    verified = settings.OIDC_BY_EMAIL and claims.get("email_verified") is True
    return str(claims.get("email") or "") if verified else ""


def _of_email(email: str) -> User | None:
    """Return the one open account of an address that nobody in the directory has yet."""
    found = User.objects.filter(email__iexact=email, is_active=True, identities=None)
    return found.get() if email and found.count() == 1 else None


def _worker(email: str) -> Worker | None:
    found = Worker.objects.filter(email__iexact=email, user=None)
    return found.get() if email and found.count() == 1 else None


def _username(claims: Claims) -> str:
    wanted = str(claims.get("preferred_username") or claims.get("email") or "").strip()
    taken = not wanted or User.objects.filter(username__iexact=wanted).exists()
    return new_reference() if taken or len(wanted) > LONGEST_USERNAME else wanted


def _name(claims: Claims) -> str:
    said = claims.get("name") or claims.get("preferred_username") or "Somebody of the directory"
    return str(said)[:LONGEST_NAME]


def _settle(user: User, given: set[Given], *, at: datetime) -> None:
    """Give what the groups give and end what they no longer give; by-hand roles are left alone."""
    in_force = grants_in_force(user, timezone.localdate(at))
    held = {Given(each.role, each.team): each for each in in_force.filter(source=DIRECTORY)}
    for key, each in held.items():
        if key not in given:
            end_grant(each, by=None, at=at)
    by_hand = {Given(each.role, each.team) for each in in_force.exclude(source=DIRECTORY)}
    for key in sorted(given - held.keys() - by_hand, key=str):
        grant(user, by=None, at=at, role=key.role, team=key.team, source=DIRECTORY)
