"""The one filled button of the page of a session, which acts; and what is done rarely, behind one button."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from evidence.dossiers.moments import Moment
from evidence.dossiers.queries.standing import Standing
from evidence.dossiers.telling import Act, GestureLine, Reach
from trainings.sessions.models import Session, SessionState
from trainings.sessions.rules import FROZEN, NEXT
from trainings.sessions.sentences import change_words


@dataclass(frozen=True, slots=True)
class Band:
    """The next action. ``line``: the gesture that it is, None when it is a change of state."""

    title: str
    detail: str
    icon: str
    act: Act
    line: GestureLine | None = None


def main_act(standing: Standing, lines: Sequence[GestureLine], *, reach: Reach) -> Band | None:
    """What is to be done next, if the reader may: what fits the state first, then the first gesture whose button acts at once."""
    fit = _fitting(standing, reach=reach)
    if fit is not None:
        return fit
    acting = [line for line in lines if line.act is not None]
    first = next((line for line in acting if line.act and line.act.posts), acting[0] if acting else None)
    if first is not None and first.act is not None:
        detail = " ".join(part for part in (first.why, f"{first.when}, {first.minutes_words}.".lstrip(", ").capitalize()) if part)
        return Band(first.title, detail, first.icon, first.act, first)
    if standing.moment is Moment.ENDED and not lines and (act := closing_act(standing, reach=reach)):
        return Band(_("Clore le dossier"), _("Rien ne manque : une session close ne change plus."), "lock", act)
    return None


def closing_act(standing: Standing, *, reach: Reach) -> Act | None:
    """The page that closes a session, once it is over."""
    session = standing.session
    url = reach("closing:close", session.organisation.slug, session.pk) if session.state == SessionState.DONE else ""
    return Act(_("Clore la session"), url) if url else None


def _fitting(standing: Standing, *, reach: Reach) -> Band | None:
    """What comes before any gesture: new dates, somebody to train, whether it takes place."""
    session, moment = standing.session, standing.moment
    slug, pk = session.organisation.slug, session.pk
    if session.state == SessionState.POSTPONED and (url := reach("sessions:move", slug, pk)):
        act = Act(_("Donner de nouvelles dates"), url)
        return Band(_("Donner de nouvelles dates à la session"), _("Ses demi-journées restent en mémoire."), "calendar-due", act)
    if moment is Moment.CLOSED and (url := reach("dossiers:detail", slug, pk)):
        words = _("Il ne bouge plus ; rouvrir la session demande un motif, qui reste.")
        return Band(_("Lire ou télécharger son dossier"), words, "folder-open", Act(_("Ouvrir le dossier"), url))
    if moment in (Moment.CALLED_OFF, Moment.CLOSED):
        return None
    if session.starts_on is None and (url := reach("sessions:schedule", slug, pk)):
        words = _("Sans demi-journées, personne ne peut être convoqué ni signer.")
        return Band(_("Prévoir les demi-journées"), words, "calendar-event", Act(_("Prévoir les dates"), url))
    if not standing.followed.people and (url := reach("sessions:enrol", slug, pk)):
        words = _("Rien ne part, et rien n’est attendu, tant que personne n’est inscrit.")
        return Band(_("Inscrire la première personne"), words, "user-plus", Act(_("Inscrire une personne"), url))
    undecided = moment is Moment.FORGOTTEN or (moment is Moment.BEFORE and session.state == SessionState.PLANNED)
    return _confirm(standing, reach) if undecided else None


def _confirm(standing: Standing, reach: Reach) -> Band | None:
    session = standing.session
    url = reach("sessions:state", session.organisation.slug, session.pk, SessionState.CONFIRMED.value)
    if not url:
        return None
    words = _("Confirmée, elle commence d’elle-même son premier jour, et se termine après le dernier.")
    return Band(_("Confirmer la session"), words, "check", Act(_("Confirmer"), url, posts=True))


def other_acts(session: Session, *, reach: Reach, can_edit: bool) -> list[Act]:
    """What is done rarely, as the reader may."""
    slug, pk = session.organisation.slug, session.pk
    moving = session.state not in FROZEN
    found = [
        Act(_("Dupliquer la session"), reach("sessions:duplicate", slug, pk)),
        Act(_("Corriger les renseignements"), reach("sessions:edit", slug, pk) if session.state != SessionState.CLOSED else ""),
        Act(_("Changer les demi-journées"), reach("sessions:schedule", slug, pk) if moving else ""),
        Act(_("Déplacer la session"), reach("sessions:move", slug, pk) if moving else ""),
        Act(_("Dire pour qui, par qui elle est réalisée"), reach("sessions:contract", slug, pk) if moving else ""),
        Act(_("Montrer le QR code de l’enquête"), reach("surveys:share", slug, pk)),
        Act(_("Voir ses pièces"), reach("library:of_session", slug, pk)),
    ]
    if can_edit:
        found += [
            Act(str(change_words(session.state, to)), reach("sessions:state", slug, pk, to.value))
            for to in NEXT[SessionState(session.state)]
            if to != SessionState.CLOSED
        ]
    found.append(Act(_("Supprimer la session"), reach("removal:session", slug, pk)))
    return [act for act in found if act.url]
