"""What the pages of learning say of exams, results and answers, from plain values."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from qualiopi.web.dates import long_date, short_date
from trainings.learning.models import Acquired
from trainings.learning.queries import NOT_CANDIDATES
from trainings.sessions.models import Enrolment, EnrolmentState


def why_no_exam(certifying: bool | None, *, candidates: int) -> str:
    """Why a session has no exam to tell of; "" when somebody is a candidate. `certifying`: its course, None when nobody said."""
    if certifying is None:
        return _("Dites d’abord, sur la fiche de la formation, si elle prépare à une certification enregistrée.")
    if not certifying:
        return _("Cette formation ne prépare pas à une certification enregistrée : rien n’est attendu ici.")
    return "" if candidates else _("Personne n’est encore inscrit en vue de la certification.")


def why_nothing_to_note(*, held: bool, state: str, programme: bool, objectives: int, people: int) -> str:
    """Why a session has no result to note; "" when it has. `state`: its state in words; `programme`: it follows a version of one."""
    if not held:
        return _("La session est au stade « %(state)s » : il n’y a pas de résultat à noter.") % {"state": state}
    if not programme:
        return _("Cette session ne suit aucune version du programme : rien ne dit quels objectifs noter.")
    if not objectives:
        return _("Le programme suivi n’a pas d’objectif.")
    return "" if people else _("Personne n’est encore inscrit.")


def ended_words(enrolment: Enrolment) -> str:
    """How an enrolment ended; "" while the person is enrolled."""
    return "" if enrolment.state == EnrolmentState.ENROLLED else enrolment.get_state_display()


def exam_notes(enrolment: Enrolment) -> list[str]:
    """What sets a person apart on the list of an exam: how they left, and that they do not aim at the certification."""
    aside = _("ne vise pas la certification") if enrolment.aim in NOT_CANDIDATES else ""
    return [words for words in (ended_words(enrolment), aside) if words]


def level_words(level: str) -> str:
    """A result in words. `level`: one of `Acquired`, or "" when nothing is noted."""
    return str(Acquired(level).label) if level else _("pas noté")


def go_on_words(number: int, total: int) -> str:
    """The main button of a page of questions; the last one sends them."""
    return _("Envoyer mes réponses") if number == total else _("Continuer")


def asked_words(*, written_on: date | None, email: str, declined: bool) -> str:
    """How somebody who has not answered yet was asked by e-mail, or why not. `declined`: they want no reminder any more."""
    if written_on is None:
        return _("pas encore sollicité") if email else _("sans adresse e-mail")
    written = _("écrit le %(day)s") % {"day": short_date(written_on)}
    return _("%(written)s, ne souhaite plus recevoir de relances par e-mail") % {"written": written} if declined else written


def before_words(*, missing: bool, to_conclude: bool) -> str:
    """Where one person stands before the training: answers first, then what is made of them."""
    if missing:
        return _("Il manque des réponses avant la formation.")
    return _("Tout est répondu ; il reste à dire ce que vous en tirez.") if to_conclude else _("Tout est répondu et conclu.")


def save_words(*, more_people: bool, more_objectives: bool) -> str:
    """The main button of an objective: the other people of its list first, then the next objective."""
    if more_people:
        return _("Enregistrer, puis les suivants")
    return _("Enregistrer, puis l’objectif suivant") if more_objectives else _("Enregistrer")


def next_exam_words(day: date | None) -> str:
    """When the next exam is; "" when none is planned."""
    return _("Prochain examen le %(day)s.") % {"day": long_date(day)} if day else ""


def rates_words(certifying: bool | None, *, published_on: date | None, next_exam: date | None) -> str:
    """What the page of rates says first. `certifying`: its course, None when nobody said; `published_on`: of the last ones."""
    if certifying is False:
        return _("Cette formation ne prépare pas à une certification enregistrée : ces taux ne lui sont pas demandés.")
    if published_on is not None:
        return _("Derniers taux publiés le %(day)s.") % {"day": long_date(published_on)}
    return " ".join(filter(None, (_("Aucun taux n’est encore publié."), next_exam_words(next_exam))))
