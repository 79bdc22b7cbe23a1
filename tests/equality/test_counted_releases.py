"""Counts of groups that leave: what "<5" tells is weighed too, and what left before. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from evenhand.analytics.profiles import Profile
from evenhand.equality.releasing.counted import CountedGroups
from evenhand.equality.releasing.linking import Table
from evenhand.equality.releasing.protecting import protect, settled

OWN = Profile("own", "Own", 5, base=5, same_period=31)
DAY = date(2026, 11, 20)


def counted(on: date = DAY, by: str = "sex", **counts: int) -> CountedGroups:
    """Return counts of groups as the pages of monitoring make them."""
    return CountedGroups(
        "open-children", "Children", by, by, "the pack", on,
        dict.fromkeys((*counts, "nobody"), "") | {each: each for each in counts}, counts, by, {},
    )  # fmt: skip


def told(
    one: CountedGroups, *earlier: Table, profile: Profile = OWN
) -> tuple[dict[str, str], Table]:
    """Return each group's number as it would leave, and what a reader learns."""
    draft = protect(one.draft(profile, ref=one.on.isoformat()), earlier, profile)
    rows = one.leaving(draft, profile).rows[1:]
    return dict(row for row in rows), settled(draft.as_told(profile), earlier, profile)


def test_a_small_number_says_so_and_takes_another_with_it() -> None:
    rows, _ = told(counted(white=40, black=20, asian=3))
    assert rows == {"white": "40", "black": "[c]", "asian": "<5", "All together": "65"}


def test_two_that_could_only_be_the_most_that_a_small_number_is_take_a_third_with_them() -> None:
    """Of 50 the others are 42: each "<5" would be a 4."""
    rows, _ = told(counted(white=42, black=4, asian=4))
    assert [rows["black"], rows["asian"]] == ["<5", "<5"]
    assert "[c]" in (rows["white"], rows["All together"])


def test_nobody_has_no_row_unless_noughts_are_hidden() -> None:
    assert "nobody" not in told(counted(white=40, black=20))[0]
    hides = OWN._replace(shows_zeros=False)
    rows, _ = told(counted(white=40, black=20, asian=12), profile=hides)
    assert rows[""] == "<5"


def test_few_who_came_since_the_last_count_cannot_be_seen_from_the_two() -> None:
    """Counted again within the pack's days, two more of one group are not told."""
    _, before = told(counted(white=40, black=20, asian=15))
    rows, _ = told(counted(DAY + timedelta(20), white=42, black=20, asian=15), before)
    assert rows["white"] == "[c]"
    rows, _ = told(counted(DAY + timedelta(90), white=42, black=20, asian=15), before)
    assert rows["white"] == "40"


def test_what_is_hidden_of_groups_is_not_told_by_finer_ones() -> None:
    """Alone, the finer table would hide its smallest beside the three, and show the twenty."""
    finer = counted(by="detail", english=25, irish=15, african=20, chinese=3)._replace(
        root="sex",
        parents={"english": "white", "irish": "white", "african": "black", "chinese": "asian"},
    )
    assert told(finer)[0]["african"] == "20"
    _, before = told(counted(white=40, black=20, asian=3))
    rows, _ = told(finer, before)
    assert rows["african"] == "[c]"
