"""What a round of messages did, counted and in French sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.messages import add_message
from django.contrib.messages import constants as levels
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from qualiopi.post.messages import Message
from qualiopi.post.outbox import Departure

# So many are named in a sentence; the others are counted.
NAMED = 10


@dataclass
class MailReport:
    """What became of each message, by the name or the address of whom it was for.

    `declined`: want no message of this kind any more. `taken`: left alone, because somebody else was writing to them or because it made
    no sense any more. `too_recent` and `already`: how many were not written to because of an earlier message. `unreachable`: the mail
    server did not answer; `printed`: there is none.
    """

    written: list[str] = field(default_factory=list)
    without_address: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    declined: list[str] = field(default_factory=list)
    too_recent: int = 0
    already: int = 0
    unreachable: bool = False
    printed: bool = False

    @property
    def sent(self) -> int:
        """How many messages left."""
        return len(self.written)

    def note(self, message: Message, departure: Departure | None) -> None:
        """Add what became of one message; None: it was not for this round."""
        if departure is None:
            self.taken.append(message.name)
        elif departure is Departure.LEFT:
            self.written.append(message.name)
        else:
            self.failed.append(message.to)
            self.unreachable |= departure is Departure.UNREACHABLE
            self.printed |= departure is Departure.PRINTED


LEFT = ngettext_lazy("%(n)s message est parti.", "%(n)s messages sont partis.", "n")
FAILED = gettext_lazy("Ces messages ne sont pas partis : %(addresses)s.")
REFUSED_ADVICE = gettext_lazy("Vérifiez l’adresse, puis recommencez.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The sentences of a report that are a kind's own; `%(n)s`, `%(names)s` and `%(addresses)s` are filled in."""

    left: Any = LEFT
    # When nothing left and nothing is missing.
    nobody: Any
    failed: Any = FAILED
    # What to do when the address was refused, and for those who have none.
    refused_advice: Any = REFUSED_ADVICE
    address_advice: Any = ""


def told(report: MailReport, words: Words) -> Iterator[tuple[int, str]]:
    """The sentences of a report, each with its level among Django's messages."""
    if report.written:
        yield levels.SUCCESS, str(words.left % {"n": report.sent})
    elif not (report.failed or report.without_address or report.too_recent or report.declined):
        yield levels.INFO, str(words.nobody)
    if report.too_recent:
        sentence = ngettext(
            "%(n)s personne a déjà reçu un message cette semaine.",
            "%(n)s personnes ont déjà reçu un message cette semaine.",
            report.too_recent,
        )
        yield levels.INFO, sentence % {"n": report.too_recent}
    if report.declined:
        yield levels.INFO, declined_words(report.declined)
    if report.without_address:
        sentence = _("Sans adresse e-mail : %(names)s.") % {"names": named(report.without_address)}
        yield levels.WARNING, f"{sentence} {words.address_advice}".strip()
    if report.failed:
        sentence = str(words.failed) % {"addresses": named(report.failed)}
        yield levels.ERROR, f"{sentence} {hindrance(report) or words.refused_advice}".strip()


def tell(request: HttpRequest, report: MailReport, words: Words) -> None:
    """Say all of it on the next page."""
    for level, sentence in told(report, words):
        add_message(request, level, sentence)


def declined_words(people: list[str], most: int = NAMED) -> str:
    """Who wants no surveys nor reminders any more."""
    sentence = ngettext(
        "%(names)s ne souhaite plus recevoir de relances par e-mail.",
        "%(names)s ne souhaitent plus recevoir de relances par e-mail.",
        len(people),
    )
    return sentence % {"names": named(people, most)}


def hindrance(report: MailReport) -> str:
    """Why nothing leaves at all, and what to do; "" when the mail server takes messages."""
    if report.printed:
        return why_none(Departure.PRINTED)
    return why_none(Departure.UNREACHABLE) if report.unreachable else ""


def why_none(departure: Departure) -> str:
    """What to do when the mail server does not answer, or when there is none; "" otherwise."""
    return {
        Departure.UNREACHABLE: _("Le serveur de messagerie ne répond pas : recommencez dans un moment."),
        Departure.PRINTED: _("Aucun serveur de messagerie n’est réglé (EMAIL_URL) : dites-le à qui tient le serveur."),
    }.get(departure, "")


def named(people: list[str], most: int = NAMED) -> str:
    """The first ones by name, the others counted."""
    names, more = ", ".join(people[:most]), len(people) - most
    if more <= 0:
        return names
    return ngettext("%(names)s et %(n)s autre", "%(names)s et %(n)s autres", more) % {"names": names, "n": more}
