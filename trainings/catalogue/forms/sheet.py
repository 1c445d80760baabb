"""The form of the public sheet, prefilled from the programme, and of its proofreading."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy

from qualiopi.web.forms import DayField
from qualiopi.web.seen import Remembers
from qualiopi.web.typography import hours
from trainings.catalogue.completeness import SHEET_TEXTS, concerned_headings, is_empty
from trainings.catalogue.models import Course, Programme, PublicSheet, Recognition

# Headings by what one writes about; only those that concern the course are shown.
GROUPS = [
    (gettext_lazy("Pour qui, pour quoi"), ["audience", "prerequisites", "objectives", "recognition", "eligibility"]),
    (gettext_lazy("Comment"), ["duration", "methods", "teaching_arrangements", "assessment", "disability_access"]),
    (gettext_lazy("Venir"), ["access_time", "access_terms", "price", "funding", "contact"]),
    (
        gettext_lazy("La certification : suites et débouchés"),
        ["blocks", "equivalences", "gateways", "next_steps", "further_studies", "outlets"],
    ),
    (gettext_lazy("Où le public la trouve"), ["found_at"]),
]
NO_BLOCK = gettext_lazy("« Sans objet » est une réponse, par exemple pour une certification du répertoire spécifique.")
HELP = {
    "audience": gettext_lazy("À qui la formation s’adresse."),
    "prerequisites": gettext_lazy("Ce qu’il faut savoir ou détenir avant. « Aucun » est une réponse."),
    "objectives": gettext_lazy("Ce que l’on saura faire, avec des verbes d’action ; un par ligne."),
    "recognition": gettext_lazy("Demandé depuis le 1er novembre 2026 : ce à quoi la formation mène, même si c’est « aucune »."),
    "eligibility": gettext_lazy("VAE : comment la demande est instruite et sa faisabilité étudiée."),
    "duration": gettext_lazy("En heures et en jours, par exemple « 14 heures, sur 2 jours »."),
    "methods": gettext_lazy("Cas pratiques, mises en situation, apports, supports remis…"),
    "teaching_arrangements": gettext_lazy(
        "Demandé depuis le 1er novembre 2026 : présentiel, à distance, en situation de travail, et comment cela alterne."
    ),
    "assessment": gettext_lazy("Comment les acquis sont vérifiés, en cours et à la fin."),
    "disability_access": gettext_lazy("Accès aux locaux, adaptations possibles, et qui joindre pour en parler."),
    "access_time": gettext_lazy("Le temps entre la demande et le début, par exemple « deux semaines »."),
    "access_terms": gettext_lazy("Comment on s’inscrit : entretien, dossier, test. Regardé pour un audit d’avant novembre 2026."),
    "price": gettext_lazy("Hors taxes ou net de taxes ; « sur devis » avec un ordre de grandeur."),
    "funding": gettext_lazy("Demandé depuis le 1er novembre 2026 : CPF, OPCO, employeur, à titre personnel…"),
    "contact": gettext_lazy("Une personne ou un service, un téléphone, une adresse."),
    "blocks": NO_BLOCK,
    "equivalences": gettext_lazy("Certifications ou diplômes équivalents. « Aucune » est une réponse."),
    "gateways": gettext_lazy("Vers quelles autres certifications on peut passer. « Aucune » est une réponse."),
    "next_steps": gettext_lazy("Ce que l’on peut suivre après."),
    "further_studies": gettext_lazy("Dites à part depuis novembre 2026, sans promettre un droit qui n’existe pas."),
    "outlets": gettext_lazy("Métiers visés, et les taux d’insertion de la fiche de France compétences."),
    "found_at": gettext_lazy("L’adresse de la page, ou qui l’envoie : « proposition envoyée par Soazig Perrot »."),
}


class SheetForm(Remembers, forms.ModelForm):
    """Every heading that concerns the course. What is empty is proposed from the programme in force, to be read before it is kept."""

    class Meta:
        model = PublicSheet
        fields = [*SHEET_TEXTS, "found_at"]
        help_texts = HELP

    def __init__(self, *args: Any, course: Course, programme: Programme | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.course, self.instance.organisation = course, course.organisation
        concerned = {heading.column for heading in concerned_headings(category=course.category, certifying=course.certifying)}
        for name in list(self.fields):
            if name not in concerned and name not in ("audience", "found_at"):
                del self.fields[name]
            elif isinstance(self.fields[name].widget, forms.Textarea):
                self.fields[name].widget.attrs["rows"] = 3
        self.proposed = []
        for name, value in proposals(course, programme).items():
            if name in self.fields and value and is_empty(self.initial.get(name)):
                self.initial[name] = value
                self.proposed.append(str(self.fields[name].label))
        self.helper = FormHelper()
        self.helper.form_tag = False
        groups = [(title, [name for name in names if name in self.fields]) for title, names in GROUPS]
        self.helper.layout = Layout(*(Fieldset(title, *names) for title, names in groups if names))

    def remembers(self) -> bool:
        """The first two people to write a sheet meet as well."""
        return True


def proposals(course: Course, programme: Programme | None) -> dict[str, str]:
    """What the course and its programme already say of the headings; `programme` comes with its objectives."""
    length = (programme.duration_hours if programme else None) or course.duration_hours
    proposed = {
        "duration": hours(length) if length else "",
        "contact": course.organisation.contact_email,
        "recognition": Recognition.CERTIFICATION.value if course.certification_code else "",
    }
    if programme is not None:
        objectives = list(programme.objectives.all())
        evaluations = dict.fromkeys(row.evaluation for row in objectives if row.evaluation)
        proposed |= {
            "objectives": "\n".join(row.text for row in objectives),
            "assessment": "\n".join(evaluations),
            "methods": programme.methods,
            "teaching_arrangements": programme.modality,
        }
    return proposed


class ProofreadForm(Remembers, forms.Form):
    """Somebody read everything that is published."""

    proofread_on = DayField(label=gettext_lazy("Relue le"))
    found_at = forms.CharField(label=gettext_lazy("Où l’on trouve cette information"), max_length=250, help_text=HELP["found_at"])
    said_alike = forms.TypedChoiceField(
        label=gettext_lazy("Site, réseaux sociaux, fiche du CPF et propositions disent-ils la même chose ?"),
        choices=[
            ("", gettext_lazy("Je n’ai pas tout regardé")),
            ("true", gettext_lazy("Oui, et rien n’induit en erreur")),
            ("false", gettext_lazy("Non, il reste à corriger")),
        ],
        required=False,
        coerce=lambda value: {"true": True, "false": False}.get(value),
        empty_value=None,
        help_text=gettext_lazy(
            "Depuis le 1er novembre 2026, rien ne doit tromper sur l’accès, le contenu, l’enseignement, le financement ou les droits à"
            " poursuivre des études."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
