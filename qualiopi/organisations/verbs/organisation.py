"""Opening an organisation, and keeping its card and its activity profile."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.journal.verbs import record
from qualiopi.organisations.models import ActivityProfile, Network, Organisation
from qualiopi.organisations.queries import profile_of
from qualiopi.standard.model import CATEGORIES
from qualiopi.standard.profile import FLAGS, Profile

CARD_FIELDS = (
    "name",
    "activity_number",
    "siret",
    "address",
    "postcode",
    "city",
    "contact_email",
    "time_zone",
    "activity_started_on",
)
CERTIFICATE_FIELDS = ("certifier", "certificate_number", "certified_on", "certified_until")
_CHANGED = (*CARD_FIELDS, *CERTIFICATE_FIELDS)


@transaction.atomic
def create_network(*, name: str, slug: str, actor: User | None) -> Network:
    """Open a network of organisations. Raises ValidationError when its name or its address is taken or odd; writes the journal."""
    network = Network(name=name.strip(), slug=slug)
    _check_address(slug, Network.objects.filter(slug=slug).first())
    if Network.objects.filter(name=network.name).exists():
        raise ValidationError(
            {"name": _("Un réseau s’appelle déjà %(name)s : donnez-lui un autre nom.") % {"name": network.name}}
        )
    _check_name(network.name)
    network.full_clean()
    network.save()
    record(verb="network.created", actor=actor, organisation_id=None, target=network)
    return network


@transaction.atomic
def create_organisation(
    *,
    slug: str,
    name: str,
    actor: User | None,
    network: Network | None = None,
    profile: Profile | None = None,
    card: Mapping[str, Any] | None = None,
) -> Organisation:
    """Open an organisation with its activity profile (nothing known when `profile` is None). `card`: other fields of its card.

    Raises ValidationError (French sentences) when the address is taken or a field is odd. Writes the journal.
    """
    organisation = Organisation(slug=slug, name=name.strip(), network=network, **_known(card or {}))
    _check_address(slug, Organisation.objects.filter(slug=slug).first())
    _check_name(organisation.name)
    organisation.full_clean()
    organisation.save()
    _store(organisation, profile or Profile())
    record(verb="organisation.created", actor=actor, organisation_id=organisation.pk, target=organisation)
    return organisation


@transaction.atomic
def join_network(*, organisation: Organisation, network: Network, actor: User | None) -> None:
    """Put an organisation in a network, whose heads may enter it from then on. Does nothing twice.

    Raises ValidationError when it is in another network. Writes the journal.
    """
    current = Organisation.objects.select_for_update(of=("self",)).select_related("network").get(pk=organisation.pk)
    if current.network == network:
        return
    if current.network is not None:
        raise ValidationError(
            _("%(organisation)s appartient déjà au réseau %(network)s.") % {"organisation": current, "network": current.network}
        )
    current.network = organisation.network = network
    current.save(update_fields=["network"])
    record(verb="organisation.joined", actor=actor, organisation_id=current.pk, target=network)


@transaction.atomic
def update_card(*, organisation: Organisation, card: Mapping[str, Any], actor: User | None) -> list[str]:
    """Change the named fields of the organisation's card and give the names of those that really changed.

    Raises KeyError for a field that is not on the card, ValidationError when a value is odd. Writes the journal if something changed.
    """
    current = Organisation.objects.select_for_update().get(pk=organisation.pk)
    before = {name: getattr(current, name) for name in _CHANGED}
    for name, value in _known(card).items():
        setattr(current, name, value)
    current.full_clean(exclude=["slug", "network"])
    changed = [name for name in _CHANGED if getattr(current, name) != before[name]]
    if changed:
        current.save(update_fields=changed)
        changes = {name: [_plain(before[name]), _plain(getattr(current, name))] for name in changed}
        record(verb="organisation.updated", actor=actor, organisation_id=current.pk, target=current, details={"changes": changes})
    for name in changed:
        setattr(organisation, name, getattr(current, name))
    return changed


@transaction.atomic
def update_profile(*, organisation: Organisation, profile: Profile, actor: User | None) -> bool:
    """Replace the activity profile; tell whether anything changed. It decides which indicators apply, from now on.

    Writes the journal with both profiles when something changed.
    """
    stored = ActivityProfile.objects.select_for_update().get(organisation=organisation)
    before = profile_of(stored)
    if before == profile:
        return False
    _store(organisation, profile)
    record(
        verb="profile.updated",
        actor=actor,
        organisation_id=organisation.pk,
        target=organisation,
        details={"before": before.as_data(), "after": profile.as_data()},
    )
    return True


def _store(organisation: Organisation, profile: Profile) -> None:
    values: dict[str, bool | None] = {flag: getattr(profile, flag) for flag in FLAGS}
    for code in CATEGORIES:
        values[f"holds_{code.lower()}"] = code in profile.categories
        values[f"new_in_{code.lower()}"] = code in profile.new_entrant_categories
    stored, _created = ActivityProfile.objects.update_or_create(organisation=organisation, defaults=values)
    # Whoever holds this organisation sees its profile as it is now.
    organisation.profile = stored


def _check_address(slug: str, taken_by: Network | Organisation | None) -> None:
    """Raise ValidationError, in sentences that say what to do, for an address that cannot be had."""
    try:
        validate_slug(slug)
    except ValidationError:
        sentence = _("L’adresse « %(slug)s » ne convient pas : des lettres sans accent, des chiffres et des tirets, sans espace.")
        raise ValidationError({"slug": sentence % {"slug": slug}}) from None
    if taken_by is not None:
        sentence = _("L’adresse « %(slug)s » est déjà celle de %(name)s : choisissez-en une autre.")
        raise ValidationError({"slug": sentence % {"slug": slug, "name": taken_by}})


def _check_name(name: str) -> None:
    if not name:
        raise ValidationError({"name": _("Donnez un nom : il figure sur chaque page et sur chaque document.")})


def _known(card: Mapping[str, Any]) -> dict[str, Any]:
    unknown = sorted(set(card) - set(_CHANGED))
    if unknown:
        raise KeyError(", ".join(unknown))
    return dict(card)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
