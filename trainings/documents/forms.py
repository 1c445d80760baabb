"""Forms of the documents."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qualiopi.files.kinds import accept_attribute
from qualiopi.web.forms import ColourInput, DayField
from qualiopi.web.seen import Remembers
from trainings.documents import verbs
from trainings.documents.models import Issued, Style


class ReasonForm(forms.Form):
    """Why a document is cancelled."""

    reason = forms.CharField(
        label=_("Motif"), max_length=250, help_text=_("Il reste avec le document : « durée corrigée », « nom mal écrit »…")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True


class SignedForm(Remembers, forms.Form):
    """The day of a signature, and the copy that came back."""

    signed_on = DayField(label=_("Signé le"))
    copy = forms.FileField(
        label=_("Exemplaire signé"),
        required=False,
        help_text=_("PDF, PNG ou JPEG. Vous pouvez noter la date d’abord et garder l’exemplaire plus tard."),
        widget=forms.ClearableFileInput({"accept": accept_attribute(verbs.SIGNED_COPIES)}),
    )

    def __init__(self, *args: Any, issued: Issued, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signed_on"].initial = issued.signed_on or timezone.localdate()
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True


class TemplateForm(Remembers, forms.Form):
    """The wording of one kind."""

    body = forms.CharField(
        label=_("Texte du modèle"),
        widget=forms.Textarea({"rows": 28, "class": "modele__texte", "spellcheck": "true", "autocomplete": "off"}),
        strip=False,
        max_length=60_000,
        help_text=_("Mise en forme Markdown, variables entre doubles accolades."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True


class StyleForm(Remembers, forms.ModelForm):
    """Logo, colour, who signs."""

    picture = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("PNG ou JPEG. Il est réduit à la taille d’un en-tête."),
        widget=forms.FileInput({"accept": accept_attribute(verbs.LOGOS)}),
    )
    without_logo = forms.BooleanField(label=_("Retirer le logo"), required=False)

    class Meta:
        model = Style
        fields = ["colour", "signatory", "signatory_title"]
        widgets = {"colour": ColourInput()}
        labels = {
            "colour": _("Couleur des titres"),
            "signatory": _("Qui signe"),
            "signatory_title": _("En quelle qualité"),
        }
        help_texts = {
            "colour": _("Prenez-la assez sombre pour être lue sur du blanc."),
            "signatory": _("Prénom et nom, comme ils doivent être imprimés."),
            "signatory_title": _("Par exemple : directrice, responsable de formation."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signatory"].required = True
        if self.instance.logo_id is None:
            del self.fields["without_logo"]
        last = ["without_logo"] if "without_logo" in self.fields else []
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.helper.layout = Layout(
            Row(Column("signatory"), Column("signatory_title")), Row(Column("picture", *last), Column("colour"))
        )

    def remembers(self) -> bool:
        """The first two people to choose a style meet as well."""
        return True
