"""Refuse to start in production with what is meant for a demonstration."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

DEMO_SECRET = "demo-secret-for-one-machine-only-never-for-production"  # noqa: S105 (refused below)

DEMO_COLUMN_KEYS = "demo:ZGVtby1rZXktbmV2ZXItZm9yLXByb2R1Y3Rpb24uLi4="


def refuse_unsafe(
    *,
    production: bool,
    secret: str,
    seal_key: str,
    column_keys: str,
    debug: bool,
    demo: bool,
    allowed_hosts: list[str],
) -> None:
    """Raise ImproperlyConfigured, naming each variable to set, when production would be unsafe."""
    if not production:
        return
    faults = [
        (secret == DEMO_SECRET, "EVENHAND_SECRET_KEY is not set: give it a long random value."),
        (seal_key == DEMO_SECRET, "EVENHAND_SEAL_KEY is not set: give it a long random value."),
        (
            column_keys == DEMO_COLUMN_KEYS,
            "EVENHAND_COLUMN_KEYS is not set: give it what `evenhand keys new` prints.",
        ),
        (debug, "EVENHAND_DEBUG is on: turn it off."),
        (demo, "EVENHAND_DEMO is on: demonstration sign-ins must not exist in production."),
        (not allowed_hosts, "EVENHAND_ALLOWED_HOSTS is empty: name the host people will use."),
        ("*" in allowed_hosts, "EVENHAND_ALLOWED_HOSTS allows every host: name them."),
    ]
    found = [sentence for wrong, sentence in faults if wrong]
    if found:
        raise ImproperlyConfigured("Evenhand will not start in production. " + " ".join(found))
