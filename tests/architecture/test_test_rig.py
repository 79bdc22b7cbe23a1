"""The test rig itself: PostgreSQL comes from a wheel, and is shared."""

from __future__ import annotations

import psycopg


def test_each_test_has_a_postgresql_database_of_its_own(postgres_url: str) -> None:
    """It is there, it is empty, and it speaks UTF-8."""
    with psycopg.connect(postgres_url) as connection:
        tables = connection.execute(
            "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
        ).fetchone()
        encoding = connection.execute("SHOW server_encoding").fetchone()
    assert tables == (0,)
    assert encoding == ("UTF8",)
