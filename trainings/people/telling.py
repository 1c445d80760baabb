"""What stands around the lists of people and parties, what the pages of companies and funders say, how namesakes are told apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from qualiopi.web.dates import long_date
from qualiopi.web.lists import ListWords
from trainings.people.models import Company, Funder, Trainee

TRAINEES: Final = ListWords(
    tab="trainees",
    plural=gettext_lazy("Stagiaires"),
    find=gettext_lazy("Chercher un stagiaire"),
    new=gettext_lazy("Nouveau stagiaire"),
    create_url="people:create_trainee",
)
TRAINERS: Final = ListWords(
    tab="trainers",
    plural=gettext_lazy("Formateurs"),
    find=gettext_lazy("Chercher un formateur"),
    new=gettext_lazy("Nouveau formateur"),
    create_url="people:create_trainer",
)
SUBCONTRACTORS: Final = ListWords(
    tab="subcontractors",
    plural=gettext_lazy("Sous-traitants"),
    find=gettext_lazy("Chercher un sous-traitant"),
    new=gettext_lazy("Nouveau sous-traitant"),
    create_url="people:create_subcontractor",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyWords(ListWords):
    """The words and the addresses of companies, or of funders. `file`: the name of the export of the list."""

    file: str
    list_url: str
    edit_url: str
    singular: Promise
    create: Promise
    why_edit: Promise
    why_create: Promise
    created: Promise
    begin: Promise


WORDS: Final[dict[type[Company] | type[Funder], PartyWords]] = {
    Company: PartyWords(
        tab="companies",
        file="entreprises",
        list_url="people:companies",
        create_url="people:create_company",
        edit_url="people:edit_company",
        plural=gettext_lazy("Entreprises"),
        singular=gettext_lazy("Entreprise"),
        new=gettext_lazy("Nouvelle entreprise"),
        find=gettext_lazy("Chercher une entreprise"),
        create=gettext_lazy("Ajouter l’entreprise"),
        why_edit=gettext_lazy(
            "Les prochains documents prendront ce que vous écrivez ici ; ceux déjà émis gardent ce qu’ils disaient."
        ),
        why_create=gettext_lazy("Le nom suffit : une inscription ou un import la reconnaîtra, le reste sert à la convention."),
        created=gettext_lazy("L’entreprise %(name)s est ajoutée."),
        begin=gettext_lazy("Les entreprises arrivent avec vos imports et vos inscriptions, ou s’ajoutent une à une."),
    ),
    Funder: PartyWords(
        tab="funders",
        file="financeurs",
        list_url="people:funders",
        create_url="people:create_funder",
        edit_url="people:edit_funder",
        plural=gettext_lazy("Financeurs"),
        singular=gettext_lazy("Financeur"),
        new=gettext_lazy("Nouveau financeur"),
        find=gettext_lazy("Chercher un financeur"),
        create=gettext_lazy("Ajouter le financeur"),
        why_edit=gettext_lazy("Une adresse suffit pour lui demander son avis."),
        why_create=gettext_lazy(
            "Le nom suffit : une inscription ou un import le reconnaîtra, l’adresse sert à demander son avis."
        ),
        created=gettext_lazy("Le financeur %(name)s est ajouté."),
        begin=gettext_lazy("Les financeurs arrivent avec vos imports et vos inscriptions, ou s’ajoutent un à un."),
    ),
}


def found_sentence(model: type[Company] | type[Funder], count: int, *, search: str) -> str:
    """How many there are, or how many answer to what is looked for."""
    if model is Company:
        known = ngettext("%(n)s entreprise.", "%(n)s entreprises.", count)
    else:
        known = ngettext("%(n)s financeur.", "%(n)s financeurs.", count)
    if search:
        known = ngettext("%(n)s fiche correspond à « %(search)s ».", "%(n)s fiches correspondent à « %(search)s ».", count)
    return known % {"n": count, "search": search}


def nothing_sentence(model: type[Company] | type[Funder], *, search: str) -> str:
    """What stands where the list would: nothing answers, or nothing is there yet."""
    return _("Aucune fiche ne correspond : essayez moins de mots.") if search else str(WORDS[model].begin)


def told_apart(person: Trainee) -> str:
    """What tells somebody from another of the same name. The person is one of `trainees_of`, with `enrolment_count`."""
    count = person.enrolment_count  # type: ignore[attr-defined]
    parts = [
        person.email or _("sans adresse e-mail"),
        _("date de naissance : %(day)s") % {"day": long_date(person.birth_date)} if person.birth_date else "",
        person.postcode,
        ngettext("%(n)s inscription", "%(n)s inscriptions", count) % {"n": count},
    ]
    return " · ".join(part for part in parts if part)
