"""Sign in by an OpenID Connect provider: Entra ID or any other. The protocol alone, no people.

Authorisation code flow with state, nonce and PKCE (OpenID Connect Core 1.0 sections 3.1 and 2,
RFC 7636, RFC 9207). What the provider says is believed only from a token that it signed for us.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

import jwt
import requests
from django.conf import settings

from evenhand.problems import Problem

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signatures with a public key alone: never one with a secret that we hold too, never none."""
LEEWAY = 60  # seconds by which clocks may differ
WAIT = 10  # seconds for the provider to answer
SCOPE = "openid profile email"
WELL_KNOWN = "/.well-known/openid-configuration"
OURSELVES = {"localhost", "127.0.0.1", "::1"}
AGAIN = "Start again from the sign-in page. If it comes again, tell whoever looks after Evenhand."
ASK = "Tell whoever looks after Evenhand where you work."
Claims = Mapping[str, Any]


class Refused(Problem):
    """What the provider answered lets nobody in."""


class Provider(NamedTuple):
    """One provider, as the settings name it."""

    issuer: str
    client_id: str
    client_secret: str
    name: str


class Begun(NamedTuple):
    """What is kept in the session between leaving for the provider and coming back."""

    state: str
    nonce: str
    verifier: str


def provider() -> Provider | None:
    """Return the provider; None where none is set."""
    if not settings.OIDC_ISSUER:
        return None
    return Provider(
        settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET,
        settings.OIDC_NAME,
    )  # fmt: skip


def begin(of: Provider, *, back: str) -> tuple[str, Begun]:
    """Return the address at the provider to go to, and what to keep until they come ``back``."""
    begun = Begun(*(secrets.token_urlsafe(32) for _ in Begun._fields))
    asked = {
        "response_type": "code",
        "client_id": of.client_id,
        "redirect_uri": back,
        "scope": SCOPE,
        "state": begun.state,
        "nonce": begun.nonce,
        "code_challenge": _challenge(begun.verifier),
        "code_challenge_method": "S256",
    }
    return f"{_address(_discover(of), 'authorization_endpoint')}?{urlencode(asked)}", begun


def finish(of: Provider, begun: Begun, answer: Mapping[str, str], *, back: str) -> Claims:
    """Return what the provider says of the person. Raises Refused, in a sentence, for all else."""
    if not hmac.compare_digest(answer.get("state", "").encode(), begun.state.encode()):
        raise Refused("This answer does not belong to a sign-in that began here.", AGAIN)
    if answer.get("error") or not answer.get("code"):
        raise Refused(f"{of.name} did not sign you in.", AGAIN)
    if answer.get("iss", of.issuer) != of.issuer:
        raise Refused("The answer came from another directory than the one asked.", AGAIN)
    found = _discover(of)
    tokens = _exchange(of, found, answer["code"], begun.verifier, back)
    claims = _read(of, found, str(tokens.get("id_token", "")))
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), begun.nonce.encode()):
        raise Refused("The directory answered another sign-in than this one.", AGAIN)
    return _with_details(claims, found, str(tokens.get("access_token", "")))


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _discover(of: Provider) -> Mapping[str, Any]:
    found = _fetch("get", of.issuer.rstrip("/") + WELL_KNOWN)
    if found.get("issuer") != of.issuer:
        raise Refused(
            f"The directory at {of.issuer} calls itself {found.get('issuer')}.",
            "Set EVENHAND_OIDC_ISSUER to the name that it gives itself.",
        )
    return found


def _address(found: Mapping[str, Any], name: str) -> str:
    address = str(found.get(name, ""))
    if not address:
        raise Refused(f"The directory does not say its {name.replace('_', ' ')}.", ASK)
    return address


def _exchange(
    of: Provider, found: Mapping[str, Any], code: str, verifier: str, back: str
) -> Mapping[str, Any]:
    """Return the tokens for a code (OpenID Connect Core section 3.1.3)."""
    sent = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": back,
        "code_verifier": verifier,
    }  # fmt: skip
    methods = found.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    if "client_secret_post" in methods:
        secret = {"client_id": of.client_id, "client_secret": of.client_secret}
        return _fetch("post", _address(found, "token_endpoint"), data=sent | secret)
    pair = (of.client_id, of.client_secret)
    return _fetch("post", _address(found, "token_endpoint"), data=sent, auth=pair)


def _read(of: Provider, found: Mapping[str, Any], token: str) -> dict[str, Any]:
    """Return a token's claims, having checked signature, issuer, audience and time."""
    try:
        keys = jwt.PyJWKSet.from_dict(dict(_fetch("get", _address(found, "jwks_uri"))))
        name = jwt.get_unverified_header(token).get("kid")
        key = next(each for each in keys.keys if name is None or each.key_id == name)
        claims: dict[str, Any] = jwt.decode(
            token, key, algorithms=list(ALGORITHMS), audience=of.client_id, issuer=of.issuer,
            leeway=LEEWAY, options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )  # fmt: skip
    except StopIteration:
        raise Refused("The directory signed with a key that it does not publish.", AGAIN) from None
    except jwt.PyJWTError as fault:
        raise Refused(_in_words(fault), AGAIN) from fault
    if isinstance(claims["aud"], list) and claims.get("azp", of.client_id) != of.client_id:
        raise Refused("The directory's answer was meant for another service.", AGAIN)
    return claims


def _in_words(fault: jwt.PyJWTError) -> str:
    said: list[tuple[type[jwt.PyJWTError], str]] = [
        (jwt.ExpiredSignatureError, "The directory's answer came too late: it has expired."),
        (jwt.InvalidAudienceError, "The directory's answer was meant for another service."),
        (jwt.InvalidIssuerError, "The answer came from another directory than the one asked."),
        (jwt.ImmatureSignatureError, "The directory's clock and this one differ too much."),
        (jwt.MissingRequiredClaimError, "The directory's answer lacks what it must say."),
    ]
    other = "The directory's answer is not signed as it must be."
    return next((words for kind, words in said if isinstance(fault, kind)), other)


def _with_details(claims: dict[str, Any], found: Mapping[str, Any], token: str) -> Claims:
    """Add what the provider tells apart from the token; the token's own claims stand."""
    if settings.OIDC_GROUPS_CLAIM in claims or not found.get("userinfo_endpoint") or not token:
        return claims
    bearer = {"Authorization": f"Bearer {token}"}
    told = _fetch("get", str(found["userinfo_endpoint"]), headers=bearer)
    if told.get("sub") != claims["sub"]:
        raise Refused("The directory told of somebody else than who signed in.", AGAIN)
    return {**told, **claims}


def _fetch(method: str, address: str, **more: Any) -> Mapping[str, Any]:
    """Return the JSON at one of the provider's addresses, by https or on this machine only."""
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in OURSELVES:
        raise Refused(f"The directory's address {address} is not https.", ASK)
    try:
        reply = requests.request(method, address, timeout=WAIT, allow_redirects=False, **more)
        found = reply.json() if reply.ok else None
    except (requests.RequestException, ValueError) as fault:
        raise Refused("The directory does not answer.", "Try again in a few minutes.") from fault
    if not isinstance(found, dict):
        raise Refused("The directory refused to answer.", AGAIN)
    return found
