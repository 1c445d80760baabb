"""The world of messages: something of every kind is to be sent."""

from tests.post.conftest import everyone, people, world

__all__ = ["everyone", "people", "world"]
