"""Makes an empty Evenhand: its tables, a person of each role to sign in, and nothing else."""

from __future__ import annotations

from django.utils import timezone

from evenhand.config.startup import prepare


def main() -> None:
    """Make the tables, then the people."""
    prepare(migrate=True)
    from evenhand.accounts.actions import create_user, grant
    from evenhand.accounts.demo import PASSWORD, USERNAMES

    now = timezone.now()
    for role, username in USERNAMES.items():
        person = create_user(
            by=None,
            at=now,
            username=username,
            name=role.replace("_", " ").capitalize(),
            password=PASSWORD,
            worker=None,
        )
        grant(person, by=None, at=now, role=role, team=None)


if __name__ == "__main__":
    main()
