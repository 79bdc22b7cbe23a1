"""The project's own settings, in a folder of their own and with a quick password hasher."""

import os
from pathlib import Path

from tests.run import FOLDER

os.environ["EVENHAND_DATA"] = str(FOLDER / f"data-{os.getpid()}")

from evenhand.config.settings import *  # noqa: F403
from evenhand.config.settings import DATA, DATABASES

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
