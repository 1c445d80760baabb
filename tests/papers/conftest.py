"""What the tests of papers share: the two files that need it follow each other, and it is built once for both."""

from tests.papers.world import papers

__all__ = ["papers"]
