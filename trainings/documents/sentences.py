"""How pages tell where a document stands, and why the link of one gives nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qualiopi.links import LinkState
from qualiopi.web.dates import long_date, short_date
from qualiopi.web.parts import Refusal
from trainings.documents.models import DocumentKind, Issued
from trainings.documents.queries import BatchState, State, state_of


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the document of somebody stands in a list: its words, the day under them when it has one; quiet when nothing is issued."""

    words: str
    day: str = ""
    quiet: bool = False


def standing_of(issued: Issued | None) -> Standing:
    """Where a document stands, None while it is not issued."""
    if issued is None:
        return Standing(_("à émettre"), quiet=True)
    state = state_of(issued)
    if state is State.SIGNED and issued.signed_on is not None:
        return Standing(_("signé"), short_date(issued.signed_on))
    if state is State.ISSUED:
        return Standing(_("émis"), short_date(issued.issued_on))
    return Standing({State.OPENED: _("envoyé, ouvert"), State.SENT: _("envoyé"), State.CANCELLED: _("annulé")}[state])


def told(issued: Issued) -> str:
    """The first sentence of the page of a document: the last thing that happened to it."""
    state = state_of(issued)
    if state is State.CANCELLED and issued.cancelled_at is not None:
        day = long_date(issued.cancelled_at)
        return _("Annulé le %(day)s : %(reason)s.") % {"day": day, "reason": issued.cancellation_reason}
    if state is State.SIGNED and issued.signed_on is not None:
        return _("Signé par l’autre partie le %(day)s.") % {"day": long_date(issued.signed_on)}
    return {
        State.OPENED: _("Envoyé, et ouvert par qui l’a reçu."),
        State.SENT: _("Envoyé, pas encore ouvert."),
        State.ISSUED: _("Émis, pas encore envoyé."),
    }[state]


def series_note(state: BatchState) -> str:
    """What the page of a series says of its being held up; "" when it goes on or is finished."""
    return {
        BatchState.INTERRUPTED: _(
            "La série s’est interrompue ; elle reprend d’elle-même là où elle en était. Ce qui est émis est gardé."
        ),
        BatchState.UNATTENDED: _(
            "Rien n’émet les documents en ce moment : la série attend, et se fera dès que le serveur s’y remettra."
        ),
    }.get(state, "")


def mailed_words(*, asked: bool, waits: bool, sent: int, issued: int) -> str:
    """What left by e-mail of a series that is over. `asked`: it was to be sent; `waits`: others of its session are issued first."""
    if asked and waits:
        return _("Les messages partiront avec les autres documents demandés pour cette session, dès qu’ils seront émis.")
    if not sent:
        return _("Aucun n’est parti par e-mail.")
    if sent >= issued:
        return _("Tout est parti par e-mail.")
    return ngettext("%(n)s est parti par e-mail.", "%(n)s sont partis par e-mail.", sent) % {"n": localize(sent)}


def series_words(state: BatchState) -> str:
    """The same beside the bar of a series in a list."""
    return {
        BatchState.INTERRUPTED: _("interrompue : elle reprend d’elle-même"),
        BatchState.UNATTENDED: _("en attente du serveur"),
    }.get(state, "")


def issue_words(number: int) -> str:
    """The button that issues so many documents."""
    return _("Émettre") if number == 1 else _("Émettre les %(n)s") % {"n": localize(number)}


def send_words(number: int) -> str:
    """The button that sends so many documents that did not leave."""
    if number == 1:
        return _("Envoyer celui qui n’est pas parti")
    return _("Envoyer les %(n)s qui ne sont pas partis") % {"n": localize(number)}


def sent_too_late(kind: str, starts_on: date | None, *, today: date) -> str:
    """What to know before sending joining instructions of a session that has begun; "" for anything else, or in time."""
    if kind != DocumentKind.CONVOCATION or starts_on is None or starts_on > today:
        return ""
    return _(
        "La session a commencé le %(day)s. Une convocation envoyée maintenant part bien aux personnes, mais ne prouve plus qu’elles ont "
        "été informées à temps (indicateur 9) : seule une pièce d’avant ce jour le prouve."
    ) % {"day": long_date(starts_on)}


def refusal_of(state: LinkState) -> Refusal:
    """What the page says of the link of a document in this state; KeyError for one that none of them has."""
    heading, words = {
        LinkState.CANCELLED: (
            _("Ce document a été annulé."),
            _("Un autre l’a remplacé, ou va le remplacer : il vous sera envoyé par un nouveau message."),
        ),
        LinkState.EXPIRED: (
            _("Ce lien n’est plus valable."),
            _("Le document est toujours gardé par l’organisme : demandez-lui un nouveau lien."),
        ),
    }[state]
    return Refusal(heading, words)


def altered_file() -> Refusal:
    """What the page says when the file is no longer what was kept."""
    return Refusal(
        _("Ce document n’est pas disponible."),
        _("Son fichier doit être vérifié. Demandez-le à l’organisme, qui peut vous l’envoyer de nouveau."),
    )
