"""What the page that closes a session answers first."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.closing.plan import Doing, Plan
from qualiopi.post.reports import MailReport, named
from qualiopi.web.dates import long_date
from qualiopi.web.typography import capitalised, in_words
from trainings.states import SessionState


def awaited_words(count: int) -> str:
    """The opinions still to come; "" for none."""
    if not count:
        return ""
    return ngettext("%(count)s avis attendu", "%(count)s avis attendus", count) % {"count": in_words(count)}


def closed_words(reference: str, *, awaited: int) -> str:
    """What is said of a session once it is closed."""
    closed = _("La session %(reference)s est close") % {"reference": reference}
    return _("%(closed)s : son dossier ne bouge plus.") % {"closed": _with(closed, awaited)}


def standing_words(state: str, *, missing: int, awaited: int) -> str:
    """Whether a session may be closed; "" when something holds it open, which the page counts."""
    if state == SessionState.CLOSED:
        return _("%(closed)s : son dossier ne bouge plus.") % {"closed": _with(_("La session est close"), awaited)}
    if missing:
        return ""
    if state == SessionState.DONE:
        return _("Rien ne manque : le dossier peut être %(closed)s.") % {"closed": _with(_("clos"), awaited)}
    return _("Rien ne manque ; la session se clôt une fois terminée.")


def _with(words: str, awaited: int) -> str:
    waited = awaited_words(awaited)
    return f"{words}, {waited}" if waited else words


def heading(acts: int, later: int) -> str:
    """The title of the page: what closing this session takes."""
    if not acts:
        return _("Clore ce dossier")
    now = ngettext("%(n)s geste", "%(n)s gestes", acts) % {"n": in_words(acts)}
    if not later:
        return _("Clore ce dossier : %(now)s") % {"now": now}
    then = ngettext("%(n)s envoi plus tard", "%(n)s envois plus tard", later) % {"n": in_words(later)}
    return _("Clore ce dossier : %(now)s, %(then)s") % {"now": now, "then": then}


def results_words(n: int) -> str:
    """How many results were noted."""
    return ngettext("%(n)s résultat noté.", "%(n)s résultats notés.", n) % {"n": n} if n else ""


def asked_words(report: MailReport) -> str:
    """To how many people the survey left."""
    return ngettext("L’enquête est partie à %(n)s personne.", "L’enquête est partie à %(n)s personnes.", report.sent) % {
        "n": report.sent
    }


def signing_words(report: MailReport) -> str:
    """How many people were asked to sign, and who could not be."""
    words = ngettext("Un lien pour signer est parti.", "%(n)s liens pour signer sont partis.", report.sent) % {"n": report.sent}
    lost = [*report.without_address, *report.failed]
    if lost:
        words += " " + _("Rien n’est parti pour %(names)s.") % {"names": named(lost, 5)}
    return words


def issuing_words(n: int) -> str:
    """How many documents are being issued."""
    return ngettext("%(n)s document s’émet puis part.", "%(n)s documents s’émettent puis partent.", n) % {"n": n} if n else ""


def awaiting_words(until: date) -> str:
    """What happens of a session that waits to be closed."""
    return _("Le dossier se ferme seul dès que rien n’y manque, au plus tard le %(day)s.") % {"day": long_date(until)}


def still_open_words(n: int) -> str:
    """Why a session that waited was not closed."""
    return ngettext("Restée ouverte : il y manquait une chose.", "Restée ouverte : il y manquait %(n)s choses.", n) % {"n": n}


def button_words(acts: int, *, closes: bool) -> str:
    """What the button does: ``acts`` things, then closing where nothing else holds the session."""
    if not acts:
        return _("Clore la session")
    if closes:
        return ngettext("Faire ce geste et clore", "Faire les %(n)s gestes et clore", acts) % {"n": in_words(acts)}
    return ngettext("Faire ce geste", "Faire les %(n)s gestes", acts) % {"n": in_words(acts)}


def answer_words(minutes: int, *, elsewhere: int, later: int) -> str:
    """How long it takes, and what does not hold one back."""
    words = []
    if elsewhere:
        words.append(
            ngettext(
                "Une chose se fait d’abord sur une autre page.", "%(n)s choses se font d’abord sur d’autres pages.", elsewhere
            )
            % {"n": capitalised(in_words(elsewhere))}
        )
    if minutes:
        words.append(ngettext("Une minute suffit.", "%(n)s minutes suffisent.", minutes) % {"n": capitalised(in_words(minutes))})
    if later:
        words.append(_("Ce qui part plus tard ne vous retient pas."))
    return " ".join(words)


def happens_words(plan: Plan, *, closes: bool) -> str:
    """What one click does, before it is done."""
    words = []
    if Doing.SIGNATURES in plan.doing:
        n = len({person.pk for _half_day, person in plan.unsaid})
        words.append(ngettext("Un message part.", "%(n)s messages partent.", n) % {"n": n})
    if plan.documents:
        words.append(
            ngettext("Un document est émis et part.", "%(n)s documents sont émis et partent.", plan.documents)
            % {"n": plan.documents}
        )
    if not closes:
        words.append(_("La session reste ouverte tant que le reste n’est pas fait."))
    elif plan.waits:
        words.append(_("Le dossier se ferme seul quand la feuille est complète, dans les sept jours."))
    words.append(_("Tout s’inscrit au journal à votre nom ; rouvrir une session close demande un motif, qui reste."))
    return " ".join(words)
