"""The project's own settings, in a folder of their own and with a quick password hasher."""

import os
from pathlib import Path

from tests.run import FOLDER

# One PostgreSQL server for each test process: what is sealed depends on every transaction that a
# server has open, so two processes must not share one.
_servers = os.environ.get("EVENHAND_TEST_SERVERS", "").split()
if _servers:
    _process = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    os.environ["EVENHAND_DATABASE_URL"] = _servers[int(_process)]

os.environ["EVENHAND_DATA"] = str(FOLDER / f"data-{os.getpid()}")

from evenhand.config.settings import *  # noqa: E402, F403
from evenhand.config.settings import DATA, DATABASES  # noqa: E402

# A walk sends in a minute what nobody would; tests/hardening sets the limits it shows.
LIMIT_SENT = LIMIT_SEARCHES = LIMIT_FILES = 1_000_000
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Test databases are files, as in real use: a page served in one thread and a test in another
# must meet over the same locks.
for _name, _database in DATABASES.items():
    if _database["ENGINE"].endswith("sqlite3"):
        _options = _database["OPTIONS"]
        _options["init_command"] = _options["init_command"].replace(
            "synchronous=FULL", "synchronous=OFF"
        )
        _database["TEST"] = {"NAME": str(Path(DATA) / f"test-{_name}.sqlite3")}
