"""What the page of the settings says of what documents are made with."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qualiopi.web.parts import SettingLine
from trainings.documents.models import DocumentKind, Style
from trainings.documents.queries import nobody_signs
from trainings.documents.wording import missing_from_template
from trainings.people.models import Company, Funder


def setting_lines(
    wordings: Mapping[DocumentKind, tuple[int, str]],
    style: Style | None,
    *,
    parties: Mapping[type[Company] | type[Funder], tuple[int, int]],
    address: Callable[[str], str],
) -> list[SettingLine]:
    """Templates, logo, signatory, companies, funders. `wordings`: version and text of each kind, as `wordings_of` gives them; `parties`:
    how many there are, how many have no e-mail address; `address`: of a view by its name, "" for who may not open it."""
    unsigned, look = nobody_signs(style), address("documents:style")
    silent = sum(1 for kind, (_number, body) in wordings.items() if missing_from_template(body, kind))
    templates = address("documents:templates")
    return [
        SettingLine(_("Modèles de documents"), "file-text", templates, _templates(wordings, silent), bool(silent)),
        SettingLine(_("Logo et couleur"), "photo", look, _logo(style)),
        SettingLine(_("Signataire"), "signature", look, _signatory(style), unsigned),
        SettingLine(_("Entreprises"), "building", address("people:companies"), _companies(*parties[Company])),
        SettingLine(_("Financeurs"), "coin", address("people:funders"), _funders(*parties[Funder])),
    ]


def _templates(wordings: Mapping[DocumentKind, tuple[int, str]], silent: int) -> str:
    own = sum(1 for number, _body in wordings.values() if number)
    told = ngettext("%(n)s modèle", "%(n)s modèles", len(wordings)) % {"n": len(wordings)}
    adapted = ngettext("%(n)s adapté à vos mots", "%(n)s adaptés à vos mots", own) % {"n": own}
    wanting = ngettext("%(n)s ne dit pas tout ce que la loi demande", "%(n)s ne disent pas tout ce que la loi demande", silent)
    parts = [told, adapted if own else _("tous fournis avec le produit"), wanting % {"n": silent} if silent else ""]
    return " · ".join(part for part in parts if part)


def _logo(style: Style | None) -> str:
    if style is None or style.logo is None:
        return _("aucun logo : le nom de l’organisme est imprimé en tête")
    return _("votre logo est imprimé en tête de vos documents")


def _signatory(style: Style | None) -> str:
    if style is None or nobody_signs(style):
        return _("personne n’est nommé : les documents que signe l’organisme ne peuvent pas être émis")
    return ", ".join(part for part in (style.signatory, style.signatory_title) if part)


def _companies(known: int, lost: int) -> str:
    told = ngettext("%(n)s entreprise", "%(n)s entreprises", known) % {"n": known}
    return f"{told} · {_without_address(lost)}" if lost else told


def _funders(known: int, lost: int) -> str:
    told = ngettext("%(n)s financeur", "%(n)s financeurs", known) % {"n": known}
    return f"{told} · {_without_address(lost)}" if lost else told


def _without_address(lost: int) -> str:
    return ngettext("%(n)s sans adresse e-mail", "%(n)s sans adresse e-mail", lost) % {"n": lost}
