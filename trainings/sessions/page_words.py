"""What the pages of a session and of an enrolment say of each thing they show: a step, a departure, who pays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.template.defaultfilters import floatformat
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qualiopi.web.dates import delay, long_date, short_date
from trainings.sessions.models import Enrolment, SessionChange, Step
from trainings.sessions.queries import Paid
from trainings.states import SessionState as S


@dataclass(frozen=True, slots=True)
class Told:
    """Words, and whether they are greyed: something is still to be said there."""

    words: str
    grey: bool = False


def consequence(to: str) -> str:
    """What follows a change of state, said before it is made; "" when nothing has to be."""
    return {
        S.POSTPONED: _("Ses demi-journées restent en mémoire : donnez-lui de nouvelles dates quand vous les connaissez."),
        S.CANCELLED: _("Plus rien ne part tout seul. Ce qui est déjà signé ou émis reste dans le dossier."),
    }.get(S(to), "")


def confirm_words(to: str) -> str:
    """The button that makes a change of state."""
    return {S.CANCELLED: _("Annuler la session"), S.POSTPONED: _("Reporter la session")}.get(S(to)) or _("Changer l’état")


def settled_words(step: Step) -> str:
    """What became of a step: set aside with its reason, done by somebody, by itself, or on a day."""
    if step.skipped_reason or step.done_at is None:
        return " ".join((_("sans objet :"), step.skipped_reason))
    day = long_date(step.done_at)
    if step.done_by is not None:
        return _("le %(day)s, par %(who)s") % {"day": day, "who": step.done_by}
    return _("partie toute seule le %(day)s") % {"day": day} if step.automatic else day


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step to be done: in whose hands, when, how far from today; `late` when its day is over."""

    step: Step
    owner: str
    when: str
    far: str
    late: bool


def step_line(step: Step, *, today: date, soon: bool) -> StepLine:
    """How a step that waits is shown. `soon`: it is among the next ones, whose distance is told."""
    late = step.due_on < today
    owner = str(step.owner or step.trainer or _("confiée à personne"))
    return StepLine(step, owner, short_date(step.due_on), delay(step.due_on) if late or soon else "", late)


def what_changed(change: SessionChange) -> str:
    """The title of a change: from which state to which, or that its dates alone moved."""
    if change.from_state == change.to_state:
        return _("dates changées")
    return f"{change.get_from_state_display()} → {change.get_to_state_display()}"


def dates_moved(change: SessionChange) -> bool:
    """Whether a change moved the first or the last day."""
    return (change.from_starts_on, change.from_ends_on) != (change.to_starts_on, change.to_ends_on)


def company_told(has_company: bool | None) -> Told:
    """For which company somebody is enrolled, when none is named."""
    if has_company is None:
        return Told(_("à préciser"), grey=True)
    return Told(_("à nommer") if has_company else _("à titre personnel"))


def company_in_list(enrolment: Enrolment) -> Told:
    """The same in the list of a session, the name included."""
    if enrolment.company is not None:
        return Told(str(enrolment.company))
    if enrolment.has_company is None:
        return Told(_("entreprise à préciser"), grey=True)
    return Told(_("entreprise à nommer") if enrolment.has_company else _("à titre personnel"))


def funder_told(has_funder: bool | None) -> str:
    """Who pays for somebody, when no funder is named."""
    if has_funder is None:
        return _("Personne n’a dit si un financeur paie.")
    return _("Un financeur paie : son nom est à ajouter.") if has_funder else _("Sans financeur.")


@dataclass(frozen=True, slots=True)
class Balance:
    """What remains of a price once funders have said; `alarm` when they pay more than it."""

    words: str
    alarm: bool = False


def balance_of(paid: Paid) -> Balance:
    """The sentence under the fundings of somebody."""
    if paid.unknown:
        words = ngettext("Un montant est à préciser.", "%(n)s montants sont à préciser.", paid.unknown)
        return Balance(words % {"n": localize(paid.unknown)})
    if paid.left is None:
        return Balance(_("Le prix est à préciser."))
    if paid.over:
        over = floatformat(paid.over, "2g")
        return Balance(_("C’est %(over)s € de plus que le prix : vérifiez les montants.") % {"over": over}, alarm=True)
    if paid.left:
        left = floatformat(paid.left, "2g")
        return Balance(_("Il reste %(left)s € à payer par l’entreprise ou la personne.") % {"left": left})
    return Balance(_("Le prix est payé en entier."))
