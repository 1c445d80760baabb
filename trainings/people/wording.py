"""What a trainer's file says of itself, in French."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from qualiopi.web.dates import delay, long_date
from trainings.people.models import RecordKind, TrainerRecord
from trainings.people.rules import QUALIFYING, Hole, Standing, StatusReading, counts, expiring, holds_on

NOUNS: dict[Hole, Promise] = {
    Hole.CV: gettext_lazy("un CV"),
    Hole.CV_OLD: gettext_lazy("un CV de moins de trois ans"),
    Hole.DIPLOMA: gettext_lazy("un diplôme, un titre ou une preuve d’expérience"),
    Hole.QUALIFICATION: gettext_lazy("« %(name)s », exigée et non valable aujourd’hui"),
    Hole.TRAINING: gettext_lazy("une formation ou un échange de pratiques depuis deux ans"),
    Hole.INTERVIEW: gettext_lazy("un entretien ou une observation depuis un an"),
    Hole.CHARTER: gettext_lazy("l’engagement qualité signé"),
}
INDICATORS: dict[Hole, int] = {
    Hole.CV: 21,
    Hole.CV_OLD: 21,
    Hole.DIPLOMA: 21,
    Hole.QUALIFICATION: 21,
    Hole.TRAINING: 22,
    Hole.INTERVIEW: 21,
    Hole.CHARTER: 27,
}
KINDS: dict[Hole, RecordKind] = {
    Hole.CV: RecordKind.CV,
    Hole.CV_OLD: RecordKind.CV,
    Hole.DIPLOMA: RecordKind.DIPLOMA,
    Hole.QUALIFICATION: RecordKind.QUALIFICATION,
    Hole.TRAINING: RecordKind.TRAINING,
    Hole.INTERVIEW: RecordKind.INTERVIEW,
    Hole.CHARTER: RecordKind.CHARTER,
}
# An interview is held by the organisation: the trainer has nothing to send.
NOT_THEIRS = frozenset({Hole.INTERVIEW})


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing a file lacks: in words, for which indicator, and what to add."""

    sentence: str
    indicator: int
    kind: str
    title: str
    by_trainer: bool


def missing_of(holes: Iterable[tuple[Hole, str]]) -> list[Missing]:
    """The holes of a file, in words."""
    return [
        Missing(
            str(NOUNS[hole]) % {"name": name} if name else str(NOUNS[hole]),
            INDICATORS[hole],
            KINDS[hole].value,
            name,
            hole not in NOT_THEIRS,
        )
        for hole, name in holes
    ]


def answer_of(missing: list[Missing], ending: list[TrainerRecord], waiting: int) -> str:
    """The sentence under the name."""
    said = []
    if missing:
        said.append(
            ngettext("Il manque une chose à ce dossier.", "Il manque %(n)s choses à ce dossier.", len(missing))
            % {"n": len(missing)}
        )
    else:
        said.append(_("Le dossier est complet."))
    if ending and ending[0].valid_until:
        said.append(_("« %(title)s » expire %(delay)s.") % {"title": ending[0].title, "delay": delay(ending[0].valid_until)})
    if waiting:
        said.append(
            ngettext("Une pièce envoyée attend d’être vérifiée.", "%(n)s pièces envoyées attendent d’être vérifiées.", waiting)
            % {"n": waiting}
        )
    return " ".join(said)


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One line of a file as it is shown. `alert`: "" or the name of a status."""

    record: TrainerRecord
    state: str
    alert: str
    waiting: bool
    covers: str = ""  # what somebody said that its title covers
    may_cover: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """The lines of one kind."""

    kind: str
    label: str
    lines: list[RecordLine]


def sections_of(records: list[TrainerRecord], *, today: date) -> list[Section]:
    """The file by kind, in the order of the kinds; what was withdrawn comes last in its kind."""
    soon = {record.pk for record in expiring(records, today=today)}
    found = []
    for kind, label in RecordKind.choices:
        own = [record for record in records if record.kind == kind]
        own.sort(key=lambda record: record.withdrawn_at is not None)
        if own:
            found.append(Section(str(kind), str(label), [_with_covers(_line(record, soon, today)) for record in own]))
    return found


def _with_covers(line: RecordLine) -> RecordLine:
    """With what its title covers, and whether somebody may say so: a qualification or a diploma that counts."""
    record = line.record
    said = ""
    if record.covers and record.covers_said_at is not None:
        said = _("couvre aussi %(covers)s, dit par %(person)s le %(day)s") % {
            "covers": ", ".join(record.covers),
            "person": record.covers_said_by,
            "day": long_date(record.covers_said_at),
        }
    return replace(line, covers=said, may_cover=record.kind in QUALIFYING and counts(record))


def _line(record: TrainerRecord, soon: set[UUID], today: date) -> RecordLine:
    if record.withdrawn_at is not None:
        word = _("refusée : %(reason)s") if record.dropped and record.checked_at is None else _("retirée : %(reason)s")
        return RecordLine(record, word % {"reason": record.withdrawal_reason}, "", False)
    if not counts(record):
        return RecordLine(record, _("à vérifier"), "at_risk", True)
    if record.valid_until is None:
        return RecordLine(record, "", "", False)
    if not holds_on(record, today):
        if record.valid_until < today:
            return RecordLine(
                record, _("échue depuis le %(day)s") % {"day": long_date(record.valid_until)}, "insufficient", False
            )
        return RecordLine(record, _("valable à partir du %(day)s") % {"day": long_date(record.dated_on or today)}, "", False)
    if record.pk in soon:
        return RecordLine(record, _("expire %(delay)s") % {"delay": delay(record.valid_until)}, "at_risk", False)
    return RecordLine(record, _("valable jusqu’au %(day)s") % {"day": long_date(record.valid_until)}, "", False)


@dataclass(frozen=True, slots=True)
class StatusWords:
    """What a standing means for the organisation: a sentence, what follows, and whether it contradicts what was typed."""

    sentence: str
    follows: list[str]
    warns: bool


def words_of_status(reading: StatusReading) -> StatusWords:
    """What the product says of a trainer's status (indicators 22 and 27)."""
    contract = [
        _(
            "un contrat de sous-traitance signé avant la session, qui dit les missions et porte la clause de respect du référentiel"
        ),
        _("une revue chaque année : numéro d’activité et SIREN, compétences, résultats des sessions, décision"),
    ]
    match reading.standing:
        case Standing.SUBCONTRACTOR if reading.contradicts:
            return StatusWords(
                _(
                    "Avec son propre numéro de déclaration d’activité, cette personne est un sous-traitant quand elle facture "
                    "ses sessions, même portée par la coopérative ou salariée par ailleurs."
                ),
                contract,
                True,
            )
        case Standing.SUBCONTRACTOR:
            sentence = _("Sous-traitant : l’indicateur 27 demande à l’organisme de le contrôler.")
            if reading.number_missing:
                sentence += " " + _("Son numéro de déclaration d’activité manque : demandez-le.")
            return StatusWords(sentence, contract, reading.number_missing)
        case Standing.CARRIED:
            return StatusWords(
                _(
                    "Porté par la coopérative : ce n’est pas un sous-traitant. L’organisme répond de ses sessions comme des siennes."
                ),
                [_("un engagement qualité signé"), _("une vérification datée chaque année : dossier, avis, séance observée")],
                False,
            )
        case Standing.OUR_NUMBER:
            return StatusWords(_("Le numéro inscrit sur sa fiche est celui de l’organisme : retirez-le."), [], True)
        case Standing.OWN:
            return StatusWords(
                _("De l’organisme : ses sessions sont les siennes."),
                [_("de la formation continue au moins tous les deux ans")],
                False,
            )
        case _:
            return StatusWords(
                _(
                    "Statut à préciser : il décide des indicateurs 22 et 27. Porté par la coopérative, ce n’est pas un "
                    "sous-traitant ; avec son propre numéro d’activité, c’en est un."
                ),
                [],
                True,
            )


def check_words(*, waiting: bool, set_aside: bool, reason: str) -> str:
    """Where a record that a trainer sent stands. `waiting`: nobody looked at it yet; `set_aside`: withdrawn or refused, for `reason`."""
    if waiting:
        return _("Regardez le fichier, complétez ses dates, puis retenez-la ou refusez-la.")
    if set_aside:
        return _("Cette pièce a été mise de côté : %(reason)s") % {"reason": reason}
    return _("Cette pièce est déjà retenue.")
