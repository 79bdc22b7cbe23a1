"""The services of the walk, for what is sent to their pages."""

from tests.access.conftest import both, walked

__all__ = ["both", "walked"]
