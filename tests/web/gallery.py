"""A page that holds every component in its states, and the pages of the other layouts, for the eyes and for axe."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import include, path
from django.utils.safestring import SafeString

from qualiopi.organisations.policy import public
from qualiopi.web import charts
from qualiopi.web.partials import wants_part
from qualiopi.web.parts import Chip, Evidence, Figure, Option, Point, StatusCount
from qualiopi.web.status import STATUS_ORDER, status_word

HERE = Path(__file__).parent
COUNTS = {"demonstrable": 16, "at_risk": 4, "insufficient": 2, "cannot_be_judged": 1, "not_applicable": 10}
RECOMMENDATION = [1, 0, 0, 1, 2, 3, 5, 17, 29, 44, 65]


@dataclass
class Named:
    label: str = ""
    url: str = "#contenu"
    icon: str = "home"
    current: bool = False
    count: int | None = None


@dataclass
class NextAudit:
    days: int = 115
    label: str = "audit de surveillance"
    held_on: date = date(2027, 3, 18)
    url: str = "#contenu"


@dataclass
class FakeFrame:
    organisation_name: str = "Ateliers du Fil Ouest"
    network_name: str = "Les Ateliers du Fil"
    home_url: str = "#contenu"
    choices: list[Named] = field(
        default_factory=lambda: [Named("Ateliers du Fil Ouest", current=True), Named("Ateliers du Fil Sud")]
    )
    entries: list[Named] = field(
        default_factory=lambda: [
            Named("Ce qui m’attend", count=4),
            Named("Sessions", icon="calendar-event"),
            Named("Enquêtes", icon="message-2"),
            Named("Preuves", icon="files"),
            Named("Indicateurs", icon="list-check"),
            Named("Audits", icon="flag"),
            Named("Réglages", icon="adjustments-horizontal", current=True),
        ]
    )
    next_audit: NextAudit | None = field(default_factory=NextAudit)
    person_name: str = "Maëlle Kerdraon"
    person_initials: str = "MK"
    role_label: str = "responsable qualité"


class GalleryForm(forms.Form):
    held_on = forms.DateField(label="Date d’audit", help_text="jj/mm/aaaa", initial="18/03/2027")
    ends_on = forms.DateField(label="Fin de la session")
    person = forms.ChoiceField(label="Responsable", choices=[("mk", "Maëlle Kerdraon")])
    remote = forms.BooleanField(label="À distance", required=False, initial=True)
    kind = forms.ChoiceField(label="Modalité", choices=[("a", "Inter"), ("b", "Intra")], widget=forms.RadioSelect)
    remark = forms.CharField(label="Remarque", required=False, widget=forms.Textarea(attrs={"rows": 2}))


def form() -> GalleryForm:
    """A form with one field in error."""
    bound = GalleryForm(data={"held_on": "18/03/2027", "ends_on": "02/03/2026", "person": "mk", "remote": "on", "kind": "a"})
    bound.add_error("ends_on", "La fin est avant le début, le 9 mars. Choisissez une date après le 9 mars.")
    return bound


def context() -> dict[str, Any]:
    months = zip(["juin", "juil.", "août", "sept.", "oct.", "1er nov.", "auj."], [15, 16, 17, 18, 19, 14, 16], strict=True)
    return {
        "frame": FakeFrame(),
        "today": date(2026, 11, 19),
        "tomorrow": date(2026, 11, 20),
        "statuses": list(STATUS_ORDER),
        "counts": COUNTS,
        "places": [8, 19],
        "form": form(),
        "tabs": [Option("Vue d’ensemble", "#contenu", current=True), Option("Stagiaires", "#contenu", count=8)],
        "options": [Option("Liste", "#contenu", current=True, icon="list"), Option("Par attendu", "#contenu", icon="grid-dots")],
        "chips": [Chip("du 1er sept. au 31 déc. 2026", "#contenu")],
        "status_counts_items": [
            StatusCount("", 23, "concernés sur 33", "#contenu", current=True),
            *(StatusCount(status, n, status_word(status, n), "#contenu") for status, n in COUNTS.items()),
        ],
        "points": [
            Point("2 juillet", "Synthèse du semestre partagée"),
            Point("16 novembre", "Première relance, 7 stagiaires", detail="par courriel", url="#contenu"),
            Point("aujourd’hui", "Deux sessions sans avis", state="now"),
            Point("18 mars 2027", "Audit de surveillance", state="to_come"),
        ],
        "pieces": [
            Evidence("Réponses aux enquêtes, 167 stagiaires", "#contenu", "", "recueillies ici", validity="se met à jour seule"),
            Evidence(
                "Sollicitation annuelle des financeurs",
                "#contenu",
                "XLSX",
                "version 1, déposée par Jaouen Bihan le 12 mars 2026",
                links=[Option("30 Appréciations", "#contenu")],
                validity="expire le 12 mars 2027",
                validity_detail="6 jours avant l’audit",
                alert=True,
            ),
        ],
        "figures_items": [
            Figure("Réponses", "167", "sur 196", "85 % des stagiaires invités"),
            Figure("Satisfaction", "4,4", "sur 5", "moyenne de 6 questions"),
            Figure("Recommandation", "+58", detail="promoteurs moins détracteurs"),
            Figure("Commentaires", "94", detail="dont 3 à traiter"),
        ],
        "questions": [("Les objectifs étaient clairs", [1, 2, 9, 50, 105]), ("Le rythme me convenait", [6, 14, 31, 58, 58])],
        "recommendation": RECOMMENDATION,
        "curve": charts.time_curve(
            [charts.CurvePoint(*each) for each in months], 23, subject="Indicateurs démontrables", events={5: "grille 2026"}
        ),
        "window": charts.month_window(now=10, opens=14, closes=22, audit=14.3, audit_label="audit, 18 mars"),
        "window_early": charts.month_window(now=14, opens=14, closes=22),
        "window_late": charts.month_window(now=20, opens=14, closes=22, audit=21.5, audit_label="audit, 2 août"),
        "map": charts.indicator_map(
            [charts.MapCriterion(n, [(4 * n + i, STATUS_ORDER[(n + i) % 5]) for i in range(2 + n % 4)]) for n in range(1, 8)]
        ),
        "page": Paginator(range(120), 50).page(2),
        "octets": 412_000_000,
        "sentence": "Vous pouvez quitter la page : un courriel vous préviendra !",
    }


@public(reason="galerie des tests")
def gallery(request: HttpRequest) -> HttpResponse:
    template = engines["django"].from_string((HERE / "gallery.html").read_text(encoding="utf-8"))
    return HttpResponse(template.render(context(), request))


@public(reason="galerie des tests")
def phone(request: HttpRequest) -> HttpResponse:
    template = engines["django"].from_string((HERE / "phone.html").read_text(encoding="utf-8"))
    return HttpResponse(template.render({"form": form(), "today": date(2026, 11, 20)}, request))


@public(reason="galerie des tests")
def auditor(request: HttpRequest) -> HttpResponse:
    template = engines["django"].from_string((HERE / "auditor.html").read_text(encoding="utf-8"))
    return HttpResponse(template.render({}, request))


@public(reason="galerie des tests", writes=True)
def drop(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return redirect(f"/depot/fait/?nom={request.FILES['files'].name}")
    source = """{% extends "layout/base.html" %}{% block title %}Dépôt{% endblock %}{% block heading %}Dépôt{% endblock %}
    {% block content %}{% drop_zone "/depot/" "Déposez vos fichiers ici" "PDF" %}{% enddrop_zone %}{% endblock %}"""
    return HttpResponse(engines["django"].from_string(source).render({}, request))


@public(reason="galerie des tests")
def dropped(request: HttpRequest) -> HttpResponse:
    source = """{% extends "layout/base.html" %}{% block title %}Reçu{% endblock %}{% block heading %}Reçu : {{ name }}{% endblock %}"""
    return HttpResponse(engines["django"].from_string(source).render({"name": request.GET["nom"]}, request))


@public(reason="galerie des tests")
def filtered(request: HttpRequest) -> HttpResponse:
    kind = request.GET.get("modalite", "")
    part = f'<div id="liste">Modalité : {kind}</div>'
    if wants_part(request, "liste"):
        return HttpResponse(part)
    source = """{% extends "layout/base.html" %}{% block title %}Filtres{% endblock %}{% block heading %}Filtres{% endblock %}
    {% block content %}{% filters "Filtrer" target="liste" %}<div><label for="m">Modalité</label><select id="m" name="modalite">
    <option value="">Toutes</option><option value="distance"{% if kind %} selected{% endif %}>À distance</option></select></div>
    {% endfilters %}{{ part }}{% endblock %}"""
    return HttpResponse(engines["django"].from_string(source).render({"part": SafeString(part), "kind": kind}, request))


urlpatterns = [
    path("", gallery, name="start"),
    path("depot/", drop),
    path("depot/fait/", dropped),
    path("filtres/", filtered),
    path("galerie/", gallery),
    path("telephone/", phone),
    path("auditeur/", auditor),
    path("mon-compte/", gallery, name="my_account"),
    path("compte/", include("qualiopi.accounts.urls")),
    path("referentiel/", include("qualiopi.grids.urls")),
]
handler404 = "qualiopi.web.errors.not_found"
