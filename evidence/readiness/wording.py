"""Sentences of the pages, computed from the statuses, each with a form for zero, one and many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evidence.engine.pieces import Shelf, Shelved
from evidence.engine.result import ExpectationResult, IndicatorStatus, Outcome, Status, lower_first
from evidence.engine.sentences import people
from qualiopi.standard.applicability import Answer
from qualiopi.web.dates import short_date
from qualiopi.web.typography import capitalised, in_words

# How a thing is proved, in the same words everywhere.
BY_A_FILE = gettext_lazy("par une pièce")
BY_THE_WORK = gettext_lazy("gardé ici au fil du travail, se met à jour seul")


# What the pieces of an indicator stand under.
SHELVES: Mapping[Shelf, str | Promise] = {
    Shelf.LINKED: gettext_lazy("Reliées à cet indicateur"),
    Shelf.SESSIONS: gettext_lazy("De sessions"),
    Shelf.COURSES: gettext_lazy("De formations"),
    Shelf.TRAINERS: gettext_lazy("D’intervenants"),
    Shelf.SUBCONTRACTORS: gettext_lazy("De sous-traitants"),
    Shelf.OTHERS: gettext_lazy("Autres pièces qui comptent ici"),
}


def pieces_told(pieces: Sequence[Shelved]) -> str:
    """How many pieces are linked to an indicator, and how many count in it by what they speak of; what there is none of is not said."""
    linked = sum(len(ids) for shelf, ids in pieces if shelf is Shelf.LINKED)
    counted = sum(len(ids) for _shelf, ids in pieces) - linked
    said = []
    if linked or not counted:
        said.append(ngettext("%(n)d reliée", "%(n)d reliées", linked) % {"n": linked})
    if counted:
        words = ngettext("%(n)d qui compte par ce dont elle parle", "%(n)d qui comptent par ce dont elles parlent", counted)
        said.append(words % {"n": counted})
    return ", ".join(said)


def all_pieces(count: int) -> str:
    """The words of the link to all the pieces of an indicator."""
    return _("Voir les %(count)s pièces") % {"count": count}


def refused_pieces(count: int) -> str:
    """How many pieces linked to an indicator count nowhere; "" for none."""
    if not count:
        return ""
    return ngettext(
        "%(n)d autre y est reliée et ne compte pas : refusée à la relecture.",
        "%(n)d autres y sont reliées et ne comptent pas : refusées à la relecture.",
        count,
    ) % {"n": count}


def board_heading(asking: int, concerned: int) -> str:
    """How many indicators still ask for something."""
    if not concerned:
        return _("Aucun indicateur ne vous concerne avec ce profil.")
    if not asking:
        return _("Les indicateurs qui vous concernent sont tous démontrables.")
    return ngettext(
        "%(count)s indicateur sur %(concerned)s demande encore quelque chose.",
        "%(count)s indicateurs sur %(concerned)s demandent encore quelque chose.",
        asking,
    ) % {"count": capitalised(in_words(asking)), "concerned": concerned}


def board_answer(counts: Mapping[Status, int]) -> str:
    """What the others are, and how many do not concern the organisation."""
    shown, apart = counts[Status.DEMONSTRABLE], counts[Status.NOT_APPLICABLE]
    others = sum(counts.values()) - apart - shown
    sentences = []
    if others and shown:
        sentences.append(
            ngettext(
                "%(count)s autre est démontrable avec les pièces d’aujourd’hui.",
                "%(count)s autres sont démontrables avec les pièces d’aujourd’hui.",
                shown,
            )
            % {"count": capitalised(in_words(shown))}
        )
    elif others:
        sentences.append(_("Aucun n’est encore démontrable avec les pièces d’aujourd’hui."))
    elif shown:
        sentences.append(_("Une personne conclut ; le logiciel dit seulement que les pièces sont là."))
    if apart:
        sentences.append(
            ngettext("%(count)s ne vous concerne pas.", "%(count)s ne vous concernent pas.", apart)
            % {"count": capitalised(in_words(apart))}
        )
    return " ".join(sentences)


def next_told(status: IndicatorStatus) -> str:
    """What comes next for an indicator: what it asks for, or what would do better where it is demonstrable already; "" for nothing."""
    if status.status is Status.DEMONSTRABLE and status.next_action:
        return _("Déjà démontrable. Pour aller plus loin : %(action)s") % {"action": lower_first(status.next_action)}
    return status.next_action


def indicator_answer(status: IndicatorStatus) -> str:
    """The line under an indicator's title: what leads, then how much of the rest asks for something."""
    leading = status.leading
    if leading is None or status.status is Status.NOT_APPLICABLE or status.applicable is Answer.UNKNOWN:
        return " ".join(status.reasons[:2])
    told = explained(leading) or " ".join(status.reasons[:1])
    others = [result for result in status.expectations if result is not leading and (result.judged or result.next_action)]
    asking = sum(1 for result in others if result.outcome is not Outcome.DEMONSTRABLE)
    if not others:
        return told
    if not asking and any(result.missing for result in others):
        return _("%(told)s Tout le reste est démontrable.") % {"told": told}
    if not asking:
        return _("%(told)s Tout le reste est en place.") % {"told": told}
    if status.status is Status.DEMONSTRABLE:
        return (
            told
            + " "
            + ngettext(
                "%(count)s autre attendu peut aller plus loin : l’indicateur n’en dépend pas.",
                "%(count)s autres attendus peuvent aller plus loin : l’indicateur n’en dépend pas.",
                asking,
            )
            % {"count": capitalised(in_words(asking))}
        )
    rest = ngettext(
        "%(count)s autre attendu demande encore quelque chose.",
        "%(count)s autres attendus demandent encore quelque chose.",
        asking,
    ) % {"count": capitalised(in_words(asking))}
    return f"{told} {rest}"


def explained(result: ExpectationResult) -> str:
    """What was seen, then why, without saying twice what a reason begins with."""
    reasons = [reason for reason in result.reasons if reason != result.observed]
    if any(reason.startswith(result.observed) for reason in reasons):
        return " ".join(reasons)
    return " ".join([result.observed, *reasons]).strip()


def without_subject(sentence: str, label: str) -> str:
    """A sentence that begins with the subject it stands under, without it: "S26-018 : aucune réponse." gives "Aucune réponse."."""
    said = sentence.removeprefix(label).lstrip(" \u00a0\u202f")
    return capitalised(said.lstrip(":").lstrip(" \u00a0")) if said.startswith(":") else sentence


def all_holes(result: ExpectationResult) -> str:
    """The words of the link to everything that is missing; where people are counted by session, how many of both."""
    holes = len(result.missing)
    if not result.of_people:
        return ngettext("Voir le manque", "Voir les %(count)s manques", holes) % {"count": holes}
    return ngettext(
        "Voir la session, %(people)s à qui cela manque", "Voir les %(count)s sessions, %(people)s à qui cela manque", holes
    ) % {"count": holes, "people": people(result.expectation, result.d - result.n)}


def proved(word: str, *, by_a_file: bool) -> str:
    """What is said of something that is there: late, old or to be read; and that a deposited file carries it, where one does."""
    said = [word] if word else []
    return ", ".join([*said, str(BY_A_FILE)] if by_a_file else said)


def renewals_told(status: IndicatorStatus) -> str:
    """How much that is good today will have lapsed on the audit date, and from when; "" for nothing."""
    count = len(status.renewals)
    if not count:
        return ""
    return ngettext(
        "Une preuve à renouveler d’ici l’audit : elle compte jusqu’au %(date)s.",
        "%(count)s preuves à renouveler d’ici l’audit : la première compte jusqu’au %(date)s.",
        count,
    ) % {"count": count, "date": short_date(status.renewals[0].until)}


def criterion_note(asking: int) -> str:
    """At the right of a criterion's title."""
    return (
        ngettext("%(count)s à reprendre", "%(count)s à reprendre", asking) % {"count": asking}
        if asking
        else _("rien à reprendre")
    )


def not_concerned(numbers: Sequence[int]) -> str:
    """The folded line of what does not apply."""
    listed = ", ".join(str(number) for number in numbers)
    return ngettext(
        "L’indicateur %(numbers)s ne vous concerne pas", "Les indicateurs %(numbers)s ne vous concernent pas", len(numbers)
    ) % {"numbers": listed}


def missing_in_session(count: int) -> str:
    """The answer of a session's dossier."""
    if not count:
        return _("Rien ne manque à ce dossier à ce jour.")
    return ngettext("Il manque une chose à ce dossier.", "Il manque %(count)s choses à ce dossier.", count) % {
        "count": in_words(count, feminine=True)
    }


def covering_told(*, pieces: int) -> str:
    """Above the form where somebody says what a piece covers."""
    if not pieces:
        return _("Aucune pièce du type attendu n’y est encore reliée : déposez-la d’abord, puis revenez dire ce qu’elle couvre.")
    return _(
        "Ce qui est enregistré dit que cela manque. Ouvrez la pièce, cochez une à une les lignes qu’elle prouve : votre nom les suivra "
        "partout. Le reste manquera toujours."
    )


def missing_here(count: int) -> str:
    """The answer above what the audit expects of one course, or of one trainer."""
    if not count:
        return _("Rien ne manque ici de ce que l’audit attend.")
    return ngettext(
        "Il manque une chose de ce que l’audit attend.", "Il manque %(count)s choses de ce que l’audit attend.", count
    ) % {"count": in_words(count, feminine=True)}
