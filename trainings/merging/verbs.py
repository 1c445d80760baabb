"""Making one page of two that are one person's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.journal.changes import picture, set_fields
from qualiopi.journal.verbs import record
from qualiopi.links import fingerprint
from qualiopi.organisations.models import Organisation
from qualiopi.text import person_key
from trainings.merging.lines import GROUPS, chosen
from trainings.merging.queries import Pair, Plan, plan_of, settled
from trainings.people.models import FormerIdentity, FormerLink, Trainee, Trainer
from trainings.sessions.links import link_token
from trainings.sessions.models import Enrolment, EnrolmentLink, Session
from trainings.sessions.queries import current_token

# What a page said before, its identifier when it is gone, and its enrolments.
Said = tuple[dict[str, Any], UUID | None, list[str]]


def merge_trainees(
    *, organisation: Organisation, kept: Trainee, gone: Trainee, choices: Mapping[str, str], actor: User | None, seen: str = ""
) -> Trainee:
    """Make one trainee of two: everything of `gone` is of `kept` from now on, and `gone` goes. Returns `kept`; writes the journal.

    `choices`: "kept" or "gone" by key of the lines that differ (`Plan.to_choose`). `seen`: the `Plan.seen` of the page that asked, refused
    when it is no longer that. Enrolments keep their identity, so sealed lines of registers, links that were sent and documents issued
    stay what they are; two enrolments of one session become one. What was said before is kept as former identities. All of it, or
    nothing. Raises ValidationError with a sentence for each thing that prevents it, and when one of the two has just gone.
    """
    merged: Trainee = _merge(organisation, kept, gone, choices, actor, seen, verb="trainee.merged")
    return merged


def merge_trainers(
    *, organisation: Organisation, kept: Trainer, gone: Trainer, choices: Mapping[str, str], actor: User | None, seen: str = ""
) -> Trainer:
    """The same of two trainers. A trainer who countersigned a register is the one that stays; when both did, neither goes."""
    merged: Trainer = _merge(organisation, kept, gone, choices, actor, seen, verb="trainer.merged")
    return merged


def _merge(
    organisation: Organisation, kept: Any, gone: Any, choices: Mapping[str, str], actor: User | None, seen: str, *, verb: str
) -> Any:
    with transaction.atomic():
        kept, gone = _both_locked(organisation, kept, gone)
        plan = plan_of(kept, gone)
        _refuse(plan, choices, seen)
        before, former = picture(kept), picture(gone)
        values = chosen(plan.lines, kept, gone, choices)
        came, own = _enrolments_of(gone), _enrolments_of(kept)
        noted: dict[str, Any] = {"moved": Counter(), "settled": [], "shared_sessions": []}
        for pair in plan.pairs:
            _join(pair, choices, noted)
        if isinstance(gone, Trainee):
            noted["moved"]["inscriptions"] = Enrolment.objects.filter(trainee=gone).update(trainee=kept)
        _hand_over(kept, gone, noted)
        gone_pk = gone.pk
        gone.delete()
        changed = set_fields(kept, values)
        # The compared name is set on saving; the rule about names needs it before.
        kept.name_key = person_key(kept.first_name, kept.last_name)
        kept.full_clean()
        kept.save()
        _say_formerly(kept, (former, gone_pk, came), (before, None, own), actor)
        record(
            verb=verb,
            actor=actor,
            organisation_id=organisation.pk,
            target=kept,
            details={"fields": changed, "kept": before, "gone": former, "became": picture(kept), **noted},
        )
    return kept


def _both_locked(organisation: Organisation, kept: Any, gone: Any) -> tuple[Any, Any]:
    """Both rows as they are stored, locked in one order whoever merges which; for trainees, the sessions where they are enrolled too."""
    model = type(kept)
    if kept.pk == gone.pk:
        raise ValidationError(_("C’est la même fiche : choisissez-en une autre."))
    if model is Trainee:
        # Nobody signs, nor closes a session, while two enrolments of it become one. Sessions first, as for who enrols.
        enrolled = Enrolment.objects.for_organisation(organisation).filter(trainee__in=[kept.pk, gone.pk]).values("session")
        list(Session.objects.select_for_update().filter(pk__in=enrolled).order_by("pk").values_list("pk"))
    rows = model.objects.for_organisation(organisation).select_for_update().filter(pk__in=[kept.pk, gone.pk]).order_by("pk")
    found = {row.pk: row for row in rows}
    if len(found) < 2:
        raise ValidationError(_("Quelqu’un vient de fusionner ou de supprimer l’une des deux fiches."))
    return found[kept.pk], found[gone.pk]


def _refuse(plan: Plan, choices: Mapping[str, str], seen: str) -> None:
    if plan.obstacles:
        raise ValidationError(
            [_("%(what)s. %(instead)s") % {"what": each.words, "instead": each.instead} for each in plan.obstacles]
        )
    if seen and seen != plan.seen:
        raise ValidationError(_("Une des deux fiches a changé pendant que vous choisissiez : relisez-les, puis recommencez."))
    if any(choices.get(line.key) not in ("kept", "gone") for line in plan.to_choose):
        raise ValidationError(_("Choisissez la valeur qui reste, sur chaque ligne où les deux fiches diffèrent."))


def _join(pair: Pair, choices: Mapping[str, str], noted: dict[str, Any]) -> None:
    """Make one enrolment of two in the same session."""
    stays, leaves = pair.stays, pair.leaves
    trainee = pair.kept.trainee_id
    values = chosen(pair.lines, pair.kept, pair.gone, choices)
    noted["shared_sessions"].append({"session": str(pair.kept.session), "kept": picture(stays), "gone": picture(leaves)})
    _hand_over(stays, leaves, noted)
    leaves.delete()
    for link in stays.links.all():
        _derive_again(link)
    set_fields(stays, values)
    stays.trainee_id = trainee
    if stays.fundings.exists():
        stays.has_funder = True
    stays.full_clean()
    stays.save()


def _hand_over(stays: Any, leaves: Any, noted: dict[str, Any]) -> None:
    """Everything that names who leaves names who stays; of two rows that say the same, one goes, and the journal keeps it."""
    for relation, rows, meetings in list(settled(stays, leaves)):
        name, words = relation.field.name, str(relation.related_model._meta.verbose_name_plural)
        moved = rows.update(**{name: stays})
        for here, there, each in meetings:
            other = there if each.kept is here else here
            noted["settled"].append({"of": words, "gone": picture(other)})
            _lead_on(other, each.kept)
            other.delete()
            for field, value in each.takes.items():
                setattr(each.kept, field, value)
            if each.kept is there:
                setattr(there, name, stays)
                moved += 1
            if each.kept is there or each.takes:
                each.kept.save()
        if moved:
            noted["moved"][words] += moved


def _lead_on(gone: Any, kept: Any) -> None:
    """Have the personal link that goes, and those that led to it, open the one that stays."""
    if not hasattr(gone, "token_hash"):
        return
    number = getattr(kept, "number", None)
    # Those that a renewal voided stay void.
    FormerLink.objects.filter(leads_to=gone.pk, number=getattr(gone, "number", None)).update(leads_to=kept.pk, number=number)
    FormerLink.objects.create(organisation_id=kept.organisation_id, token_hash=gone.token_hash, leads_to=kept.pk, number=number)


def _derive_again(link: EnrolmentLink) -> None:
    """Give a link that came from the other enrolment the token of this one; the token that somebody holds opens it still."""
    if current_token(link) is None:
        FormerLink.objects.create(
            organisation_id=link.organisation_id, token_hash=link.token_hash, leads_to=link.pk, number=link.number
        )
        link.token_hash = fingerprint(link_token(link.enrolment_id, link.purpose, link.number))
        link.save(update_fields=["token_hash"])


def _enrolments_of(person: Any) -> list[str]:
    """The enrolments of a trainee, as texts: what is signed there is signed under their name."""
    if not isinstance(person, Trainee):
        return []
    return [str(pk) for pk in Enrolment.objects.filter(trainee=person).order_by("pk").values_list("pk", flat=True)]


def _say_formerly(
    kept: Any,
    gone: Said,
    before: Said,
    actor: User | None,
) -> None:
    """Keep what both pages said, so that files and addresses that still say it lead to the one kept, and registers tell who signed."""
    field = "trainee" if isinstance(kept, Trainee) else "trainer"
    now = _told(kept, picture(kept))
    for values, former_id, enrolments in (gone, before):
        said = _told(kept, values)
        if former_id is None and all(now.get(name) == value for name, value in said.items()):
            continue
        first_name, last_name = said.get("first_name", ""), said["last_name"]
        FormerIdentity.objects.create(
            organisation_id=kept.organisation_id,
            **{field: kept},
            former_id=former_id,
            name=f"{first_name} {last_name}".strip(),
            email=said.get("email", "").lower(),
            birth_date=said.get("birth_date"),
            said=said,
            enrolments=enrolments,
            merged_by=actor,
        )


def _told(row: Any, values: dict[str, Any]) -> dict[str, Any]:
    """Of what the journal keeps of a page, what it says of the person."""
    names = {name for group in GROUPS[type(row)] for name in group}
    return {name: value for name, value in values.items() if name in names}
