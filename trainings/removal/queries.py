"""What depends on a row, and what would go with it: the one answer that the page shows and the verb obeys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from qualiopi.relations import relations_to
from trainings.removal.rules import RULES, Stays
from trainings.sessions.models import Enrolment, EnrolmentState, Session, SessionState


@dataclass(frozen=True, slots=True)
class Dependant:
    """What keeps a row: « 3 inscriptions », and what to do instead, in a sentence."""

    words: str
    instead: str


def what_depends(row: Model) -> list[Dependant]:
    """Everything that keeps this row from being deleted; empty when nothing does. One query per foreign key, whatever there is."""
    found = Counter({(model, instead): count for model, instead, count in _kept_by(type(row), _only(row))})
    counted = [Dependant(_counted(model, count), instead) for (model, instead), count in found.items()]
    return [*_of_itself(row), *counted]


def what_goes(row: Model) -> list[tuple[type[Model], QuerySet[Any]]]:
    """The rows that go with this one, by kind, those that name others first: the order in which they are deleted."""
    return list(_going(type(row), _only(row)))


def told(going: list[tuple[type[Model], QuerySet[Any]]]) -> list[str]:
    """What goes, counted in words: « 2 demi-journées », nothing for what there is none of. One query each."""
    totals: Counter[type[Model]] = Counter()
    for model, rows in going:
        totals[model] += rows.count()
    return [_counted(model, count) for model, count in totals.items() if count]


def _only(row: Model) -> QuerySet[Any]:
    rows: QuerySet[Any] = type(row)._default_manager.filter(pk=row.pk)
    return rows


def _kept_by(model: type[Model], rows: QuerySet[Any]) -> Iterator[tuple[type[Model], str, int]]:
    for key, relation in relations_to(model).items():
        rule, held = RULES.get(model, {}).get(key), _holding(relation, rows)
        if rule is None or isinstance(rule, Stays):
            keeping = held.filter(rule.when) if rule is not None and rule.when is not None else held
            if count := keeping.count():
                yield relation.related_model, str(rule.instead) if rule is not None else _("Cela reste : gardez la fiche."), count
        if rule is not None and (not isinstance(rule, Stays) or rule.when is not None):
            yield from _kept_by(relation.related_model, held)


def _going(model: type[Model], rows: QuerySet[Any]) -> Iterator[tuple[type[Model], QuerySet[Any]]]:
    for key, relation in relations_to(model).items():
        rule = RULES.get(model, {}).get(key)
        if rule is not None and (not isinstance(rule, Stays) or rule.when is not None):
            held = _holding(relation, rows)
            yield from _going(relation.related_model, held)
            yield relation.related_model, held


def _holding(relation: Any, rows: QuerySet[Any]) -> QuerySet[Any]:
    held: QuerySet[Any] = relation.related_model._default_manager.filter(**{f"{relation.field.name}__in": rows.order_by()})
    return held.order_by()


def _counted(model: type[Model], count: int) -> str:
    name = model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural
    return f"{count} {name}"


def _of_itself(row: Model) -> list[Dependant]:
    """What the row says of itself that keeps it."""
    found = []
    session = row.session if isinstance(row, Enrolment) else row
    if isinstance(session, Session) and session.state == SessionState.CLOSED:
        found.append(Dependant(_("une session close"), _("Son dossier ne bouge plus : rouvrez-la d’abord, en disant pourquoi.")))
    if isinstance(row, Session) and row.contract_file_id is not None:
        found.append(
            Dependant(_("le fichier d’un contrat"), _("Un contrat signé reste : annulez plutôt la session, en disant pourquoi."))
        )
    if isinstance(row, Enrolment) and row.state != EnrolmentState.ENROLLED:
        found.append(
            Dependant(
                _("un départ"), _("Noté par erreur ? Reprenez-le d’abord (« Noter un retour »). Sinon il reste, avec son motif.")
            )
        )
    return found
