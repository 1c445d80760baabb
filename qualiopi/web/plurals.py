"""The plural of French: nought is singular, « 0 formation ». Messages are written in French, and have no catalogue that would say so."""

from __future__ import annotations

from gettext import NullTranslations
from typing import TypeVar

from django.utils.translation.trans_real import translation

Text = TypeVar("Text")


class FrenchSource(NullTranslations):
    """What answers when a message is not in the French catalogue: the message itself, singular under two."""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The first form for 0 and 1, the second from 2 on."""
        return msgid1 if abs(n) < 2 else msgid2

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        """The same, in a context."""
        return self.ngettext(msgid1, msgid2, n)


def count_in_french() -> None:
    """Let messages without a translation be counted as French counts. Once, when Django starts."""
    translation("fr").add_fallback(FrenchSource())
