"""The second step: codes of an authenticator app (RFC 6238), and recovery codes.

Plain functions of keys, codes and the time. The sums are done by ``cryptography``.
"""

from __future__ import annotations

import base64
import binascii
import re
import secrets
from datetime import datetime

import qrcode
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.utils.crypto import salted_hmac
from qrcode.image.svg import SvgPathImage

SECONDS, DIGITS, KEY_BYTES = 30, 6, 20
"""What every authenticator app takes without asking: SHA-1, six digits, half a minute."""
DRIFT = 1
"""Codes of the half-minute before and after open too, as RFC 6238 section 5.2 advises."""
RECOVERY_CODES, RECOVERY_LETTERS = 10, "abcdefghjkmnpqrstuvwxyz23456789"
RECOVERY_LENGTH = 10


def new_key() -> str:
    """Return a new key in the letters that authenticator apps take."""
    return base64.b32encode(secrets.token_bytes(KEY_BYTES)).decode()


def in_groups(key: str) -> str:
    """Return a key in groups of four, to be typed from the page."""
    return " ".join(key[place : place + 4] for place in range(0, len(key), 4))


def address(key: str, *, person: str, service: str) -> str:
    """Return the otpauth:// address that an app reads from the picture."""
    return _totp(key).get_provisioning_uri(person, service)


def picture(words: str) -> str:
    """Return ``words`` as a QR code: SVG with nothing inline that a strict policy refuses."""
    image = qrcode.make(words, image_factory=SvgPathImage, border=4)
    svg: str = image.to_string(encoding="unicode")
    return svg


def counter_of(key: str, code: str, now: datetime, *, after: int) -> int | None:
    """Return which half-minute ``code`` belongs to; None where it opens nothing.

    ``after`` is the newest half-minute whose code was used: neither it nor an older one opens.
    """
    digits = re.sub(r"\s", "", code)
    current = int(now.timestamp()) // SECONDS
    for counter in range(current - DRIFT, current + DRIFT + 1):
        if counter > after and _is_right(key, digits, counter):
            return counter
    return None


def _is_right(key: str, digits: str, counter: int) -> bool:
    try:
        _totp(key).verify(digits.encode(), counter * SECONDS)
    except (InvalidToken, InvalidSignature, ValueError):
        return False
    return True


def _totp(key: str) -> TOTP:
    try:
        raw = base64.b32decode(key)
    except binascii.Error as fault:
        raise ValueError("not a key of an authenticator app") from fault
    return TOTP(raw, DIGITS, SHA1(), SECONDS)  # noqa: S303 (HMAC-SHA-1 is what RFC 6238 means)


def new_recovery_codes() -> list[str]:
    """Return ten codes of 49 bits, in two halves, without letters that are taken for others."""
    return [_recovery_code() for _ in range(RECOVERY_CODES)]


def _recovery_code() -> str:
    letters = "".join(secrets.choice(RECOVERY_LETTERS) for _ in range(RECOVERY_LENGTH))
    half = RECOVERY_LENGTH // 2
    return f"{letters[:half]}-{letters[half:]}"


def recovery_digest(code: str) -> str:
    """Return the keyed digest under which a recovery code is kept, however it is typed."""
    typed = re.sub(r"[\s-]", "", code).casefold()
    return salted_hmac("evenhand.recovery_code", typed, algorithm="sha256").hexdigest()
