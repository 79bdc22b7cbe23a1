"""Adds open children to an Evenhand: so many of each ethnic background, as its arguments say.

``python few.py WBRI=40 BAFR=20``
"""

from __future__ import annotations

import sys

from evenhand.config.startup import prepare


def main() -> None:
    """Make the children, what they said, and what leads of it."""
    prepare(migrate=True)
    from evenhand.accounts.references import new_reference
    from evenhand.people import standings
    from evenhand.people.models import Child, IdentityStatement
    from tests import factories as make

    made = []
    for each in sys.argv[1:]:
        code, _, number = each.partition("=")
        for _ in range(int(number)):
            child: Child = make.child()
            made.append((child.pk, None))
            IdentityStatement.objects.create(
                ref=new_reference(), child=child, characteristic="ethnicity", status="answered",
                answer=code, said_by="import", recorded_at=make.NOW,
            )  # fmt: skip
    standings.restate(made, ["ethnicity"])


if __name__ == "__main__":
    main()
