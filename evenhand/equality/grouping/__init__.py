"""Which group each child belongs to, as columns: by what was said, or as it was at the event."""

from evenhand.equality.grouping.answers import answers, group_of, read_together
from evenhand.equality.grouping.everyone import Children, children, families_of, left_out, some
from evenhand.equality.grouping.grouped import Grouped, Groups, grouped

__all__ = [
    "Children",
    "Grouped",
    "Groups",
    "answers",
    "children",
    "families_of",
    "group_of",
    "grouped",
    "left_out",
    "read_together",
    "some",
]
