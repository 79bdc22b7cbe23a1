"""Everything held of a child, put together for who asked, with what tells of others marked."""

from evenhand.records.gathering.whole import gathered

__all__ = ["gathered"]
