"""What the page of a session answers first, and how it names what is still to be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.debts.gestures import Gesture
from evidence.dossiers.gestures import Group
from evidence.dossiers.moments import Moment
from evidence.dossiers.queries.followed import Followed
from qualiopi.web.dates import long_date
from qualiopi.web.typography import capitalised, hours, in_words, listed
from trainings.states import SessionState


@dataclass(frozen=True, slots=True)
class Counts:
    """How many things each gesture mends: signatures and countersignatures, people without a result, documents to issue, answers."""

    signatures: int = 0
    countersignatures: int = 0
    results: int = 0
    documents: int = 0
    agreements: int = 0
    needs: int = 0
    opinions: int = 0
    answers: int = 0


def answer_of(
    moment: Moment,
    groups: list[Group],
    counts: Counts,
    *,
    dates: tuple[date | None, date | None],
    today: date,
    people: int,
    since: str = "",
) -> str:
    """The first sentence: where the session stands, then what it lacks. ``since``: when and why it was closed or called off."""
    lacking = listed([words for group in groups for words in nouns_of(group, counts)])
    where = _where(moment, *dates, today=today, since=since)
    if moment is Moment.CALLED_OFF:
        return where
    if not people and moment is not Moment.CLOSED:
        return f"{where} {_('Personne n’est inscrit.')}"
    return f"{where} {_what(moment, lacking)}".strip()


def _what(moment: Moment, lacking: str) -> str:
    if moment in (Moment.DRAFT, Moment.BEFORE):
        return _("À faire avant : %(what)s.") % {"what": lacking} if lacking else _("Tout ce qui se prépare est prêt à ce jour.")
    if lacking:
        return _("Il manque %(what)s.") % {"what": lacking}
    if moment is Moment.ENDED:
        return _("Rien ne manque : le dossier peut être clos.")
    return _("Rien ne manque à ce jour.") if moment is Moment.RUNNING else ""


def _where(moment: Moment, first: date | None, last: date | None, *, today: date, since: str) -> str:
    end = last or first
    if moment is Moment.BEFORE and first is not None:
        return _begins((first - today).days)
    if moment is Moment.RUNNING and first is not None and end is not None:
        day, days = (today - first).days + 1, (end - first).days + 1
        return (
            _("En cours, aujourd’hui.") if days == 1 else _("En cours, jour %(day)s sur %(days)s.") % {"day": day, "days": days}
        )
    if moment is Moment.ENDED and end is not None:
        return _ended((today - end).days)
    return {
        Moment.DRAFT: _("Encore un brouillon.") if first else _("Encore un brouillon : ses dates sont à donner."),
        Moment.FORGOTTEN: _("Ses dates sont passées, et personne ne l’a commencée ni annulée."),
        Moment.CLOSED: since or _("Close : son dossier ne bouge plus."),
        Moment.CALLED_OFF: since or _("Elle n’a pas lieu."),
    }.get(moment, "")


def _begins(days: int) -> str:
    if days == 1:
        return _("Commence demain.")
    return _("Commence dans %(days)s jours.") % {"days": in_words(days)}


def _ended(days: int) -> str:
    if days <= 0:
        return _("Terminée aujourd’hui.")
    if days == 1:
        return _("Terminée depuis hier.")
    return _("Terminée depuis %(days)s jours.") % {"days": in_words(days)}


def since_words(state: str, on: date | None, reason: str) -> str:
    """When a session was closed, or called off and why."""
    if on is None:
        return ""
    day = long_date(on)
    if state == SessionState.CLOSED:
        return _("Close depuis le %(day)s : son dossier ne bouge plus.") % {"day": day}
    words = _("Annulée le %(day)s") if state == SessionState.CANCELLED else _("Reportée le %(day)s")
    told = words % {"day": day}
    return f"{told}{_(' : ')}{reason.rstrip('.')}." if reason else f"{told}."


def nouns_of(group: Group, counts: Counts) -> list[str]:
    """What a group lacks, as the first sentence lists it: « deux signatures », « un contreseing », « les avis »."""
    n = len(group.lacks)
    gesture = group.gesture
    if gesture is Gesture.FATE:
        return []  # where it stands says it
    if gesture is Gesture.REGISTER:
        told = []
        if counts.signatures:
            told.append(_n(ngettext("%(n)s signature", "%(n)s signatures", counts.signatures), counts.signatures, feminine=True))
        if counts.countersignatures:
            told.append(
                _n(ngettext("%(n)s contreseing", "%(n)s contreseings", counts.countersignatures), counts.countersignatures)
            )
        return told or [_("le suivi des présences")]
    counted = {
        Gesture.RESULTS: (
            counts.results,
            ngettext("%(n)s résultat", "%(n)s résultats", counts.results),
            False,
            _("les résultats"),
        ),
        Gesture.PAPERS: (
            counts.documents,
            ngettext("%(n)s document", "%(n)s documents", counts.documents),
            False,
            _("des documents"),
        ),
        Gesture.AGREEMENTS: (
            counts.agreements,
            ngettext("%(n)s convention signée", "%(n)s conventions signées", counts.agreements),
            True,
            _("la convention"),
        ),
        Gesture.NEEDS: (
            counts.needs,
            ngettext("%(n)s réponse d’avant la formation", "%(n)s réponses d’avant la formation", counts.needs),
            True,
            _("les conclusions d’avant la formation"),
        ),
    }.get(gesture)
    if counted:
        number, words, feminine, otherwise = counted
        return [_n(words, number, feminine=feminine) if number else otherwise]
    if gesture is Gesture.OPINIONS and counts.answers and counts.opinions:
        return [_n(ngettext("%(n)s avis", "%(n)s avis", counts.opinions), counts.opinions)]
    return [
        {
            Gesture.PLAN: _("des renseignements sur la session"),
            Gesture.ADAPTATIONS: _("la question d’un aménagement"),
            Gesture.EXAMS: _("la suite des examens"),
            Gesture.OPINIONS: _("les avis"),
            Gesture.PIECES: _n(ngettext("%(n)s pièce", "%(n)s pièces", n), n, feminine=True),
            Gesture.STEPS: _n(ngettext("%(n)s étape", "%(n)s étapes", n), n, feminine=True),
        }.get(gesture, _n(ngettext("%(n)s autre chose", "%(n)s autres choses", n), n, feminine=True))
    ]


def title_of(group: Group, counts: Counts) -> str:
    """The gesture as an order that names its thing, with how many."""
    gesture, n = group.gesture, len(group.lacks)
    if gesture is Gesture.REGISTER:
        if counts.signatures:
            words = ngettext("Obtenir %(n)s signature", "Obtenir %(n)s signatures", counts.signatures)
            return _n(words, counts.signatures, feminine=True)
        if counts.countersignatures:
            words = ngettext(
                "Faire contresigner %(n)s demi-journée", "Faire contresigner %(n)s demi-journées", counts.countersignatures
            )
            return _n(words, counts.countersignatures, feminine=True)
        return _("Compléter le suivi des présences")
    if gesture is Gesture.RESULTS:
        words = ngettext("Noter les résultats d’%(n)s personne", "Noter les résultats de %(n)s personnes", counts.results)
        return _n(words, counts.results, feminine=True) if counts.results else _("Noter les résultats")
    if gesture is Gesture.PAPERS:
        words = ngettext("Émettre et envoyer %(n)s document", "Émettre et envoyer %(n)s documents", counts.documents)
        return _n(words, counts.documents) if counts.documents else _("Envoyer les documents")
    if gesture is Gesture.OPINIONS:
        words = ngettext("Recueillir l’avis d’%(n)s personne", "Recueillir l’avis de %(n)s personnes", counts.opinions)
        return _n(words, counts.opinions, feminine=True) if counts.opinions else _("Recueillir les avis")
    if gesture is Gesture.NEEDS:
        words = ngettext("Faire répondre %(n)s personne", "Faire répondre %(n)s personnes", counts.needs)
        return _n(words, counts.needs, feminine=True) if counts.needs else _("Conclure les réponses d’avant la formation")
    if gesture is Gesture.STEPS:
        return group.lacks[0].words.rstrip(".")
    return {
        Gesture.FATE: _("Dire ce que la session est devenue"),
        Gesture.PLAN: _("Compléter la session"),
        Gesture.ADAPTATIONS: _("Poser la question d’un aménagement"),
        Gesture.AGREEMENTS: _("Faire signer conventions et contrats"),
        Gesture.EXAMS: _("Suivre les examens"),
        Gesture.PIECES: _n(ngettext("Déposer %(n)s pièce", "Déposer %(n)s pièces", n), n, feminine=True) + _about(group),
    }.get(gesture, _("Regarder les autres manques"))


def _about(group: Group) -> str:
    """Which things, where the standard has a short name for each."""
    names = [lack.short for lack in group.lacks if lack.short]
    return _(" : %(names)s") % {"names": listed(names)} if names else ""


def count_of(group: Group, counts: Counts) -> int:
    """How many things the gesture deals with: its minutes follow from it."""
    return {
        Gesture.REGISTER: counts.signatures + counts.countersignatures,
        Gesture.RESULTS: counts.results,
        Gesture.PAPERS: counts.documents,
        Gesture.AGREEMENTS: counts.agreements,
    }.get(group.gesture, 0) or len(group.lacks)


def due_words(group: Group, *, today: date) -> str:
    """Since when it is awaited, or by when it is to be done."""
    due = group.due
    if due is None:
        return ""
    day = long_date(due).rsplit(" ", 1)[0] if due.year == today.year else long_date(due)
    return _("attendu depuis le %(day)s") % {"day": day} if due < today else _("avant le %(day)s") % {"day": day}


def gestures_heading(n: int) -> str:
    """Over the list: « Ce qui manque, cinq gestes »."""
    return ngettext("Ce qui manque, %(n)s geste", "Ce qui manque, %(n)s gestes", n) % {"n": in_words(n)}


def time_in_all(minutes: int, *, in_band: bool) -> str:
    """Beside it: how long it all takes, and that the first of them stands above."""
    words = ngettext("%(n)s minute en tout", "%(n)s minutes en tout", minutes) % {"n": in_words(minutes, feminine=True)}
    return _("%(time)s, le premier est dans le bandeau") % {"time": words} if in_band else words


def steps_heading(n: int) -> str:
    """The fold of the steps."""
    return ngettext("L’étape", "Les %(n)s étapes", n) % {"n": n}


def steps_done(n: int) -> str:
    """How many of them are settled."""
    return ngettext("%(n)s faite", "%(n)s faites", n) % {"n": n}


def hours_words(found: Followed) -> str:
    """Hours signed, of those that could be; "" before the first half-day."""
    begun = found.begun
    if not begun:
        return ""
    signed = sum(count.present * count.half_day.minutes for count in begun)
    expected = sum(count.expected * count.half_day.minutes for count in begun)
    return _("%(signed)s sur %(expected)s") % {
        "signed": hours(Decimal(signed) / 60),
        "expected": hours(Decimal(expected) / 60),
    }


def people_heading(n: int) -> str:
    """« Huit stagiaires »; « Stagiaires » when nobody is enrolled."""
    if not n:
        return _("Stagiaires")
    return capitalised(ngettext("%(n)s stagiaire", "%(n)s stagiaires", n) % {"n": in_words(n)})


def _n(words: str, n: int, *, feminine: bool = False) -> str:
    return words % {"n": in_words(n, feminine=feminine)}
