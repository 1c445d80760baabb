"""What the first page asks for: first steps, sessions that nobody touched, one line per indicator, each with the button where it begins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.debts.gestures import Gesture, gesture_of, minutes_of
from evidence.debts.queries import Owed
from evidence.engine.result import IndicatorStatus, Status
from evidence.readiness import links
from evidence.readiness.links import Way
from evidence.readiness.queries import WORST_FIRST, Board
from evidence.readiness.tables import indicator_url
from qualiopi.organisations.models import CertifierAudit, Organisation
from qualiopi.standard.applicability import Answer
from trainings.sessions.filters import FORGOTTEN

# So many holes are mended in one sitting; the others another day.
SITTING = 10


@dataclass(frozen=True, slots=True)
class ToDo:
    """A line of "Ce qui m’attend"."""

    title: str
    url: str
    why: str
    status: Status | None
    label: str
    due_on: date | None
    way: Way
    icon: str = "list-check"
    minutes: int = 0
    since: date | None = None  # it has been expected from that day on


def is_beginning(board: Board) -> bool:
    """Nothing can be judged yet: no kind of activity is said, or there is no session."""
    return not (board.profile.categories and board.outline.sessions)


def to_dos(board: Board, planned: Sequence[CertifierAudit], *, owed: Sequence[Owed]) -> list[ToDo]:
    """Everything that awaits, in order; no query. ``owed``: all that is owed on that day, as every page says it.

    Where nothing can be judged yet, the indicators wait on the board until there is something to read.
    """
    indicators = [] if is_beginning(board) else _of_indicators(board, _first_days(owed))
    return [*_first_steps(board, planned), *_forgotten(board.organisation, owed), *indicators]


def _first_steps(board: Board, planned: Sequence[CertifierAudit]) -> list[ToDo]:
    """What comes before any indicator: what one does, sessions to read, and a date to prepare for."""
    slug = board.organisation.slug
    steps = []
    if board.unsure:
        url = reverse("organisations:profile", args=[slug])
        steps.append(
            ToDo(
                title=_("Dites ce que fait votre organisme"),
                url=url,
                why=ngettext(
                    "Votre profil décide de ce qui vous concerne : %(unsure)s indicateur sur %(total)s en dépend encore.",
                    "Votre profil décide de ce qui vous concerne : %(unsure)s indicateurs sur %(total)s en dépendent encore.",
                    board.unsure,
                )
                % {"unsure": board.unsure, "total": len(board.statuses)},
                status=None,
                label=_("Pour commencer") if not board.profile.categories else _("Profil"),
                due_on=None,
                way=Way(_("Compléter le profil"), url),
                icon="list-details",
                minutes=5,
            )
        )
    if not board.outline.sessions:
        url = reverse("imports:upload", args=[slug, "sessions"])
        steps.append(
            ToDo(
                title=_("Importez vos sessions"),
                url=url,
                why=_("Votre tableau de suivi suffit. Sans session, presque rien ne peut encore être jugé."),
                status=None,
                label=_("Pour commencer"),
                due_on=None,
                way=Way(_("Importer un tableau"), url),
                icon="table-import",
                minutes=10,
            )
        )
    if not planned:
        url = reverse("audits:index", args=[slug])
        steps.append(
            ToDo(
                title=_("Fixez la date de votre prochain audit"),
                url=url,
                why=_("Elle choisit la grille et la période regardée. En attendant, tout est lu à la date d’aujourd’hui."),
                status=None,
                label=_("Certificat"),
                due_on=None,
                way=Way(_("Noter une date"), url),
                icon="flag",
                minutes=2,
            )
        )
    return steps


def _forgotten(organisation: Organisation, owed: Iterable[Owed]) -> list[ToDo]:
    """One thing for all the sessions whose dates have passed and that nobody started or cancelled."""
    asleep = [each for each in owed if each.key == "forgotten"]
    if not asleep:
        return []
    if len(asleep) == 1:
        url = reverse("dossiers:session", args=[organisation.slug, asleep[0].session])
    else:
        url = reverse("agenda:index", args=[organisation.slug], query={"state": FORGOTTEN})
    title = ngettext(
        "Dites ce qu’est devenue la session %(reference)s", "Dites ce que sont devenues %(count)s sessions", len(asleep)
    ) % {"reference": asleep[0].short_label, "count": len(asleep)}
    return [
        ToDo(
            title=title,
            url=url,
            why=_("Leurs dates sont passées, et personne ne les a commencées ni annulées.")
            if len(asleep) > 1
            else _("Ses dates sont passées, et personne ne l’a commencée ni annulée."),
            status=None,
            label=_("Sessions"),
            due_on=None,
            way=Way(_("Voir la session") if len(asleep) == 1 else _("Voir ces sessions"), url),
            icon="calendar-event",
            minutes=minutes_of(Gesture.FATE, len(asleep)),
        )
    ]


def _first_days(owed: Iterable[Owed]) -> dict[int, date]:
    """Since when each indicator has something that is owed."""
    found: dict[int, date] = {}
    for each in owed:
        if each.indicator is not None:
            found[each.indicator] = min(each.since, found.get(each.indicator, each.since))
    return found


def _minutes(status: IndicatorStatus) -> int:
    """How long the next action of an indicator takes: by its gesture, for each of its holes up to a sitting of them."""
    acting = status.acting
    if acting is None:
        return 0
    return minutes_of(gesture_of(acting.expectation), min(max(1, len(acting.missing)), SITTING))


def _of_indicators(board: Board, since: Mapping[int, date]) -> list[ToDo]:
    """One per indicator that asks for something, the worst and the nearest first; those that an answer of the profile decides ask
    for that answer alone, which is one thing."""
    asking = sorted(
        (status for status in board.asking_for if status.applicable is not Answer.UNKNOWN),
        key=lambda status: (WORST_FIRST.index(status.status), status.due_on or board.audit_date, status.number),
    )
    found = []
    for status in asking:
        way = links.next_way(board, status)
        if way is None:
            continue
        page = indicator_url(board.organisation.slug, status.number, "")
        found.append(
            ToDo(
                title=status.next_action,
                url=page,
                why=(status.acting.observed if status.acting else "")
                or status.observed
                or " ".join(status.reasons[:1])
                or status.expected,
                status=status.status,
                label=_("Indicateur %(number)s") % {"number": status.number},
                due_on=status.due_on,
                icon=way.icon,
                way=Way(way.label, page + way.url) if way.url.startswith("#") else way,
                minutes=_minutes(status),
                since=since.get(status.number),
            )
        )
    return found
