"""Sign in by an OpenID Connect provider: Entra ID or any other. The protocol alone, no people.

Authorisation code flow with state, nonce and PKCE (OpenID Connect Core 1.0 sections 3.1 and 2,
RFC 7636, RFC 9207), by Authlib. What the provider says is believed only from a token that it
signed for us. Ours are the sentences, and what Authlib leaves to whoever calls it: which
signatures may be, https, RFC 9207's issuer, and whose the details told apart are.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import get_well_known_url
from django.conf import settings
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError, MissingClaimError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from evenhand.problems import Problem

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signatures with a public key alone: never one with a secret that we hold too, never none."""
LEEWAY = 60  # seconds by which clocks may differ
WAIT = 10  # seconds for the provider to answer
SCOPE = "openid profile email"
OURSELVES = {"localhost", "127.0.0.1", "::1"}
AGAIN = "Start again from the sign-in page. If it comes again, tell whoever looks after Evenhand."
ASK = "Tell whoever looks after Evenhand where you work."
LACKS = "The directory's answer lacks what it must say."
SILENT = "The directory does not answer.", "Try again in a few minutes."
DECLINED = "The directory refused to answer.", AGAIN
SAID = {
    "iss": "The answer came from another directory than the one asked.",
    "aud": "The directory's answer was meant for another service.",
    "azp": "The directory's answer was meant for another service.",
    "exp": "The directory's answer came too late: it has expired.",
    "iat": "The directory's clock and this one differ too much.",
    "nbf": "The directory's clock and this one differ too much.",
    "nonce": "The directory answered another sign-in than this one.",
    "sub": LACKS,
}
"""What is said of a claim that is not as it must be."""
MALFORMED = (AuthlibBaseError, JoseError, ArithmeticError, LookupError, TypeError, ValueError)
"""What the libraries raise at an answer that is not as it must be: Python's own errors too."""
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
    address, _ = _client(of, back).create_authorization_url(
        _address(_discover(of), "authorization_endpoint"),
        state=begun.state, nonce=begun.nonce, code_verifier=begun.verifier,
    )  # fmt: skip
    return address, begun


def finish(of: Provider, begun: Begun, answer: Mapping[str, str], *, back: str) -> Claims:
    """Return what the provider says of the person. Raises Refused, in a sentence, for all else."""
    if not hmac.compare_digest(answer.get("state", "").encode(), begun.state.encode()):
        raise Refused("This answer does not belong to a sign-in that began here.", AGAIN)
    if answer.get("error") or not answer.get("code"):
        raise Refused(f"{of.name} did not sign you in.", AGAIN)
    if answer.get("iss", of.issuer) != of.issuer:
        raise Refused(SAID["iss"], AGAIN)
    found = _discover(of)
    with _client(of, back) as client:
        tokens = _exchange(client, found, answer["code"], begun.verifier)
    claims = _read(of, found, tokens, begun.nonce)
    return _with_details(claims, found, str(tokens.get("access_token", "")))


def _client(of: Provider, back: str) -> OAuth2Session:
    return OAuth2Session(
        of.client_id, of.client_secret, scope=SCOPE, redirect_uri=back,
        code_challenge_method="S256", default_timeout=WAIT,
    )  # fmt: skip


def _discover(of: Provider) -> Mapping[str, Any]:
    found = _fetch(get_well_known_url(of.issuer, external=True))
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
    return _secured(address)


def _exchange(
    client: OAuth2Session, found: Mapping[str, Any], code: str, verifier: str
) -> Mapping[str, Any]:
    """Return the tokens for a code (OpenID Connect Core section 3.1.3)."""
    address, post = _address(found, "token_endpoint"), "client_secret_post"
    methods = found.get("token_endpoint_auth_methods_supported") or []
    how = client.client_auth(post if post in methods else client.token_endpoint_auth_method)
    sent = {"grant_type": "authorization_code", "code": code, "code_verifier": verifier}
    try:
        return dict(client.fetch_token(address, auth=how, allow_redirects=False, **sent))
    except (requests.ConnectionError, requests.Timeout) as fault:
        raise Refused(*SILENT) from fault
    except (requests.RequestException, *MALFORMED) as fault:
        raise Refused(*DECLINED) from fault


def _read(
    of: Provider, found: Mapping[str, Any], tokens: Mapping[str, Any], nonce: str
) -> dict[str, Any]:
    """Return the token's claims, having checked signature, issuer, audience, time and nonce."""
    allowed = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
    wanted = {"iss": {"value": of.issuer}, "aud": {"value": of.client_id}}
    known = {"access_token": tokens.get("access_token"), "client_id": of.client_id, "nonce": nonce}
    try:
        published = KeySet.import_key_set(_fetch(_address(found, "jwks_uri")))
        token = jwt.decode(tokens.get("id_token", ""), published, registry=allowed)
        claims = CodeIDToken(token.claims, token.header, wanted, known)
        claims.validate(leeway=LEEWAY)
    except InvalidKeyIdError:
        raise Refused("The directory signed with a key that it does not publish.", AGAIN) from None
    except MALFORMED as fault:
        raise Refused(_in_words(fault), AGAIN) from fault
    return dict(claims)


def _in_words(fault: Exception) -> str:
    claim = getattr(fault, "claim", "")
    if isinstance(fault, MissingClaimError) and claim != "nonce":
        return LACKS
    return SAID.get(claim, "The directory's answer is not signed as it must be.")


def _with_details(claims: dict[str, Any], found: Mapping[str, Any], token: str) -> Claims:
    """Add what the provider tells apart from the token; the token's own claims stand."""
    if settings.OIDC_GROUPS_CLAIM in claims or not found.get("userinfo_endpoint") or not token:
        return claims
    bearer = {"Authorization": f"Bearer {token}"}
    told = _fetch(_address(found, "userinfo_endpoint"), headers=bearer)
    if told.get("sub") != claims["sub"]:
        raise Refused("The directory told of somebody else than who signed in.", AGAIN)
    return {**told, **claims}


def _fetch(address: str, **more: Any) -> dict[str, Any]:
    """Return the JSON at one of the provider's addresses."""
    try:
        reply = requests.get(_secured(address), timeout=WAIT, allow_redirects=False, **more)
        found = reply.json() if reply.ok else None
    except (requests.RequestException, ValueError) as fault:
        raise Refused(*SILENT) from fault
    if not isinstance(found, dict):
        raise Refused(*DECLINED)
    return found


def _secured(address: str) -> str:
    """Return an address that is by https or on this machine. Raises Refused for any other."""
    with suppress(ValueError):
        parts = urlsplit(address)
        if parts.scheme == "https" or parts.hostname in OURSELVES:
            return address
    raise Refused(f"The directory's address {address} is not https.", ASK)
