"""Words typed into a form whose session had ended: kept sealed, and given back to their writer."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest

from evenhand.accounts.filling import TOKEN
from evenhand.accounts.models import KeptForm, User
from evenhand.accounts.visitors import last_person

ASKED_FOR = "kept"
MOST = 20
"""So many forms are kept for one person at once; then the oldest goes."""
DRAFTS_LIVE = timedelta(days=4)
"""What somebody began on a Friday is still there on the Tuesday after a bank holiday."""
LONGEST_ADDRESS = 500
LONGEST_WORDS = 5_000_000
"""Characters: more than anybody types, and what the database takes in one value."""
OWN_ROOM = "accounts"
Words = dict[str, list[str]]


def keep(request: HttpRequest, *, at: datetime) -> KeptForm | None:
    """Keep what a request sent, for who is or was last signed in with this browser.

    None where nobody is known, where nothing was typed, or where it may not be kept: passwords
    never are. Files are not kept either; their names are.
    """
    if _is_of_signing_in(request):
        return None
    writer, words = _writer(request), _words(request)
    told = json.dumps([words, _files(request)])
    if writer is None or not words or len(told) > LONGEST_WORDS:
        return None
    _make_room(writer, at)
    return KeptForm.objects.create(
        user=writer,
        path=_storable(request.path),
        page=_storable(_page_of(request)),
        words=told,
        kept_until=at + timedelta(minutes=settings.KEPT_MINUTES),
    )


def keep_draft(request: HttpRequest, *, at: datetime) -> None:
    """Keep what somebody types into a form as they type it, in the place of what was kept of it."""
    if not isinstance(request.user, User):
        return
    drop_draft(request.user, request.path)
    kept = keep(request, at=at)
    if kept is not None:
        kept.kept_until = at + DRAFTS_LIVE
        kept.save(update_fields=["kept_until"])


def draft_of(user: User, path: str, *, at: datetime) -> KeptForm | None:
    """Return what this very person typed into the form at this address and did not send."""
    found = KeptForm.objects.filter(user=user, path=_storable(path), kept_until__gt=at)
    return found.order_by("-pk").first()


def drop_draft(user: User, path: str) -> None:
    """Throw away what was kept of a form: it was sent, or is typed anew."""
    KeptForm.objects.filter(user=user, path=_storable(path)).delete()


def pass_on(user: User, to: User, path: str) -> None:
    """Give what somebody typed into a form and did not send to who goes on with their work."""
    if not KeptForm.objects.filter(user=to, path=_storable(path)).exists():
        KeptForm.objects.filter(user=user, path=_storable(path)).update(user=to)


def kept_for(user: User, ref: str, *, at: datetime) -> KeptForm | None:
    """Return a kept form of this very person; None for anybody else's, or one that is gone."""
    return KeptForm.objects.filter(ref=ref, user=user, kept_until__gt=at).first()


def opened(kept: KeptForm) -> tuple[Words, list[str]]:
    """Return the words by field, and the names of the files that are to be chosen again."""
    words, files = json.loads(kept.words)
    return words, files


def way_back(kept: KeptForm) -> str:
    """Return the address of the page on which the words stand again."""
    joint = "&" if urlsplit(kept.page).query else "?"
    return f"{kept.page}{joint}{urlencode({ASKED_FOR: kept.ref})}"


def way_back_from_old_page(request: HttpRequest, *, at: datetime) -> str:
    """Return where the words of a form stand again whose page was older than the sign-in.

    Nothing where the form did not come from a page of ours: what others would have somebody say is
    not put into their hands.
    """
    kept = keep(request, at=at) if _from_our_page(request) else None
    return way_back(kept) if kept else ""


def _from_our_page(request: HttpRequest) -> bool:
    here = f"{request.scheme}://{request.get_host()}"
    origin, page = request.headers.get("Origin", here), request.headers.get("Referer", "")
    return origin == here and page.startswith(f"{here}/")


def clear_away(*, at: datetime) -> int:
    """Delete what was kept long enough; return how many forms."""
    return KeptForm.objects.filter(kept_until__lte=at).delete()[0]


def _writer(request: HttpRequest) -> User | None:
    if isinstance(request.user, User):
        return request.user
    return User.objects.filter(ref=last_person(request) or None, is_active=True).first()


def _words(request: HttpRequest) -> Words:
    return {
        name: list(values)
        for name, values in request.POST.lists()
        if name != TOKEN and "password" not in name
    }


def _files(request: HttpRequest) -> list[str]:
    return [file.name or "" for _, files in request.FILES.lists() for file in files]


def _is_of_signing_in(request: HttpRequest) -> bool:
    return request.resolver_match is None or request.resolver_match.namespace == OWN_ROOM


def _page_of(request: HttpRequest) -> str:
    """Return the page that the form stood on, where the browser says; else where it was sent."""
    page = urlsplit(request.headers.get("Referer", ""))
    if page.netloc != request.get_host():
        return request.path
    asked = [part for part in page.query.split("&") if part and not _is_ours(part)]
    here = "/" + page.path.lstrip("/")  # two slashes would lead to another host
    return here + (f"?{'&'.join(asked)}" if asked else "")


def _storable(address: str) -> str:
    return address.replace("\0", "")[:LONGEST_ADDRESS]


def _is_ours(part: str) -> bool:
    return part.startswith(f"{ASKED_FOR}=")


def _make_room(writer: User, at: datetime) -> None:
    clear_away(at=at)
    held: Iterable[int] = writer.kept_forms.order_by("-pk").values_list("pk", flat=True)
    KeptForm.objects.filter(pk__in=list(held)[MOST - 1 :]).delete()
