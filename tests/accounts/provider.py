"""A small OpenID Connect provider on loopback: real signatures, a code once, PKCE held to.

``told`` are the claims of whoever signs in next; ``wrong`` makes the next token wrong in one way;
``published`` and ``signed`` change what it says of itself and how it signs.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET = "evenhand", "a secret of the test"


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider:
    """What the provider knows, and what it shall say next."""

    def __init__(self, address: str) -> None:
        self.issuer = address
        self.key, self.forged = new_key(), new_key()
        self.told: dict[str, Any] = {"sub": "s-1", "name": "Robin Shore", "groups": []}
        self.wrong: dict[str, Any] = {}
        self.by_userinfo: dict[str, Any] = {}
        self.sign_with_other_key = False
        self.published: dict[str, Any] = {}
        self.signed: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}

    def documents(self) -> dict[str, Any]:
        public = json.loads(RSAAlgorithm.to_jwk(self.key.public_key()))
        return {
            "/.well-known/openid-configuration": {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorise",
                "token_endpoint": f"{self.issuer}/token",
                "userinfo_endpoint": f"{self.issuer}/userinfo",
                "jwks_uri": f"{self.issuer}/keys",
                **self.published,
            },
            "/keys": {"keys": [{**public, "kid": "one", "alg": "RS256", "use": "sig"}]},
        }

    def authorise(self, query: Mapping[str, str]) -> str:
        """Sign somebody in and send them back with a code."""
        assert query["response_type"] == "code"
        assert query["client_id"] == CLIENT
        assert query["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe()
        self.codes[code] = dict(query)
        back = {"code": code, "state": query["state"], "iss": self.issuer}
        return f"{query['redirect_uri']}?{urlencode(back)}"

    def tokens(self, form: Mapping[str, str], header: str) -> dict[str, Any]:
        """Change a code, once, for tokens."""
        asked = self.codes.pop(form["code"])
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        assert challenge == asked["code_challenge"]
        assert form["redirect_uri"] == asked["redirect_uri"]
        assert self.knows(form, header)
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300,
                  "nonce": asked["nonce"], **self.told, **self.wrong}  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        key = self.forged if self.sign_with_other_key else self.key
        how = {"key": key, "algorithm": "RS256", "headers": {"kid": "one"}, **self.signed}
        token = jwt.encode(claims, **how)
        return {"id_token": token, "access_token": "for userinfo", "token_type": "Bearer"}

    def knows(self, form: Mapping[str, str], header: str) -> bool:
        """Say whether whoever asks is the client, by the method that is published."""
        if "token_endpoint_auth_methods_supported" in self.published:
            return not header and (form["client_id"], form["client_secret"]) == (CLIENT, SECRET)
        return header == f"Basic {base64.b64encode(f'{CLIENT}:{SECRET}'.encode()).decode()}"


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/authorise":
            self.send_response(302)
            self.send_header("Location", self.provider.authorise(query))
            self.end_headers()
        elif parts.path == "/userinfo":
            self._say(200, {**self.provider.told, **self.provider.by_userinfo})
        else:
            self._say(200, self.provider.documents()[parts.path])

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        try:
            self._say(200, self.provider.tokens(form, self.headers.get("Authorization", "")))
        except (AssertionError, KeyError):
            self._say(400, {"error": "invalid_grant"})

    def _say(self, status: int, words: Mapping[str, Any]) -> None:
        body = json.dumps(words).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (its name there)
        """Keep quiet."""


@contextmanager
def running() -> Iterator[Provider]:
    """Run a provider on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {}))
    provider = Provider(f"http://127.0.0.1:{server.server_port}")
    server.RequestHandlerClass.provider = provider  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
