"""Forms of the settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from qualiopi.accounts.models import User
from qualiopi.accounts.opening import opens
from qualiopi.accounts.verbs import give_back, opening_door, take_try
from qualiopi.organisations.enums import AuditKind, Category, Role
from qualiopi.organisations.models import Organisation
from qualiopi.organisations.verbs.organisation import CARD_FIELDS, CERTIFICATE_FIELDS
from qualiopi.standard.profile import Profile
from qualiopi.web.forms import DayField
from qualiopi.web.identity import ActivityNumberField, PostcodeField, SiretField
from qualiopi.web.languages import LANGUAGE_NAMES
from qualiopi.web.seen import Remembers

ANSWERS = (("oui", _("oui")), ("non", _("non")), ("", _("je ne sais pas encore")))
FACTS = {
    "certifying": (
        _("Préparez-vous à une certification professionnelle enregistrée ?"),
        _("Une certification du RNCP ou du répertoire spécifique. L’apprentissage et la VAE y mènent toujours."),
    ),
    "work_study": (
        _("Formez-vous en alternance ?"),
        _("Contrats de professionnalisation, d’apprentissage, stages alternés. L’apprentissage se fait toujours en alternance."),
    ),
    "work_based": (
        _("Vos formations comportent-elles des périodes en situation de travail ?"),
        _("Stages, immersions, AFEST. L’alternance en comporte toujours."),
    ),
    "remote": (
        _("Formez-vous en partie à distance ?"),
        _("Classe virtuelle ou modules en ligne, même pour une partie seulement."),
    ),
    "subcontracts_out": (
        _("Confiez-vous des sessions à des sous-traitants ?"),
        _("Organismes ou indépendants qui vous facturent."),
    ),
    "salary_portage": (
        _("Avez-vous recours au portage salarial ?"),
        _("Y compris des formateurs salariés d’une coopérative ou d’une société de portage."),
    ),
    "works_as_subcontractor": (
        _("Intervenez-vous en sous-traitance pour d’autres organismes ?"),
        _("Les attendus portent alors sur les missions que le contrat vous confie."),
    ),
}


class PersonForm(Remembers, forms.ModelForm):
    """Who somebody is to the others, and the language in which they are written to."""

    class Meta:
        model = User
        fields = ["full_name", "language"]
        help_texts = {
            "full_name": _("Ce que lisent vos collègues, le journal et l’auditeur."),
            "language": _(
                "Celle de cette page, de la salle de l’auditeur et des messages sur votre compte. Le reste est en français."
            ),
        }
        error_messages = {
            "full_name": {"required": _("Dites votre prénom et votre nom : ce que vous faites est noté sous ce nom.")}
        }
        widgets = {"full_name": forms.TextInput({"autocomplete": "name"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["full_name"].required = True
        self.fields["language"].choices = [(code, name) for code, name in LANGUAGE_NAMES.items()]


class CardForm(Remembers, forms.ModelForm):
    """Who the organisation is."""

    class Meta:
        model = Organisation
        fields = CARD_FIELDS
        field_classes = {
            "activity_number": ActivityNumberField,
            "siret": SiretField,
            "postcode": PostcodeField,
            "activity_started_on": DayField,
        }
        widgets = {"postcode": forms.TextInput({"autocomplete": "postal-code"})}
        help_texts = {
            "siret": _("14 chiffres."),
            "activity_number": _("11 chiffres, donnés par la préfecture de région."),
            "contact_email": _("Elle figure sur le rapport remis à l’auditeur."),
            "time_zone": _(
                "Tout la suit : le jour qu’il est, les échéances, les heures des signatures et des registres, la validité des liens, "
                "les messages, les documents et les exports."
            ),
        }


class CertificateForm(Remembers, forms.ModelForm):
    """The certificate in force."""

    class Meta:
        model = Organisation
        fields = CERTIFICATE_FIELDS
        field_classes = {"certified_on": DayField, "certified_until": DayField}
        help_texts = {
            "certified_on": _("La fenêtre de l’audit de surveillance se compte depuis ce jour."),
            "certified_until": _("Trois ans après, sauf décision contraire du certificateur."),
        }


class ProfileForm(Remembers, forms.Form):
    """What the organisation does. The names are those of the standard's profile; an empty answer is "not known yet"."""

    categories = forms.MultipleChoiceField(
        label=_("Quelles actions menez-vous ?"),
        choices=Category.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "form-check-input"}),
    )
    new_entrant_categories = forms.MultipleChoiceField(
        label=_("Lesquelles sont dans leur première année ?"),
        help_text=_(
            "Un nouvel entrant montre d’abord ses processus écrits ; leur mise en œuvre est vue à l’audit de surveillance."
        ),
        choices=Category.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "form-check-input"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (question, help_text) in FACTS.items():
            self.fields[name] = forms.ChoiceField(
                label=question,
                help_text=help_text,
                choices=ANSWERS,
                required=False,
                widget=forms.RadioSelect({"class": "form-check-input"}),
            )

    @classmethod
    def initial_of(cls, profile: Profile) -> dict[str, Any]:
        """What the form shows for a profile."""
        words = {True: "oui", False: "non", None: ""}
        data = profile.as_data()
        return {name: words[value] if name in FACTS else value for name, value in data.items()}

    def facts(self) -> Iterator[BoundField]:
        """The questions answered by yes, no or not known yet."""
        return (self[name] for name in FACTS)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        held = set(data.get("categories", ()))
        odd = [code for code in data.get("new_entrant_categories", ()) if code not in held]
        if odd:
            names = ", ".join(str(Category(code).label) for code in odd)
            self.add_error(
                "new_entrant_categories",
                ValidationError(
                    _("Cochez aussi cette catégorie parmi celles que vous exercez : %(names)s."), params={"names": names}
                ),
            )
        return data

    def profile(self) -> Profile:
        """The profile of a valid form."""
        answers = {"oui": True, "non": False, "": None}
        data = self.cleaned_data
        return Profile(
            categories=frozenset(data["categories"]),
            new_entrant_categories=frozenset(data["new_entrant_categories"]),
            **{name: answers[data[name]] for name in FACTS},
        )


def _roles() -> Iterable[tuple[str, Any]]:
    return [(role.value, str(role.label).capitalize()) for role in Role if role is not Role.NETWORK_HEAD]


class AccessForm(forms.Form):
    """A role, and until when."""

    role = forms.TypedChoiceField(label=_("Rôle"), choices=_roles, coerce=Role, empty_value=None)
    until = DayField(
        label=_("Dernier jour de l’accès"),
        required=False,
        help_text=_("Obligatoire pour un auditeur ou une auditrice ; sinon, laissez vide pour un accès sans fin."),
    )


class MemberForm(Remembers, AccessForm):
    """Another role for a member, or another end."""


class InvitationForm(AccessForm):
    """Who is invited."""

    email = forms.EmailField(label=_("Adresse e-mail"), widget=forms.EmailInput({"autocomplete": "off"}))
    full_name = forms.CharField(label=_("Prénom et nom"), max_length=150)
    language = forms.ChoiceField(label=_("Langue"), choices=settings.LANGUAGES, initial="fr", required=False)
    field_order = ("email", "full_name", "role", "until", "language")


class AuditForm(forms.Form):
    """A visit of the certifier, past or to come."""

    kind = forms.TypedChoiceField(
        label=_("Nature"), choices=lambda: [(kind.value, str(kind.label).capitalize()) for kind in AuditKind], coerce=AuditKind
    )
    held_on = DayField(label=_("Date de l’audit"))
    categories = forms.MultipleChoiceField(
        label=_("Catégories d’actions auditées"), choices=Category.choices, widget=forms.CheckboxSelectMultiple
    )
    certifier = forms.CharField(label=_("Certificateur"), max_length=120, required=False)
    auditor_name = forms.CharField(label=_("Auditeur ou auditrice"), max_length=120, required=False)


class OpeningForm(forms.Form):
    """The name of an organisation; its address is made of it."""

    name = forms.CharField(
        label=_("Nom de l’organisme"), max_length=150, help_text=_("Tel qu’il figure sur vos documents. Il se change plus tard.")
    )


class FirstForm(OpeningForm):
    """The first organisation, who manages it, and the code that shows who holds the server. `caller`: as `callers.household` says."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Dix signes, écrits dans le journal du serveur chaque fois que cette page s’ouvre."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    full_name = forms.CharField(
        label=_("Votre prénom et votre nom"), max_length=150, widget=forms.TextInput({"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Votre adresse électronique"),
        help_text=_("Elle ouvre votre session, et reçoit le lien d’un mot de passe oublié."),
        widget=forms.EmailInput({"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Votre mot de passe"),
        strip=False,
        help_text=_("Douze caractères au moins ; une phrase se retient mieux qu’un mot."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    field_order = ("code", "name", "full_name", "email", "password")

    def __init__(self, *args: Any, caller: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.caller = caller

    def clean_code(self) -> str:
        """The code. Raises Patience while one has to wait."""
        taken = take_try(opening_door(self.caller))
        code: str = self.cleaned_data["code"]
        if not opens(code):
            raise ValidationError(_("Ce n’est pas le code : il vient d’être écrit de nouveau dans le journal du serveur."))
        give_back(taken)
        return code

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "password" in data:
            who = User(email=data.get("email", ""), full_name=data.get("full_name", ""))
            try:
                validate_password(data["password"], who)
            except ValidationError as error:
                self.add_error("password", error)
        return data

    def account(self) -> dict[str, str]:
        """What `open_first_organisation` takes, of a valid form."""
        return {name: self.cleaned_data[name] for name in ("name", "full_name", "email", "password")}
