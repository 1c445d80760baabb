"""The checklist of a session."""

from __future__ import annotations


class NotSendable(Exception):
    """A step that the clock cannot do now: `sentence` says in French what is missing; it will be tried again."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
