"""The figures of the rules that are practice, or that an order will fix: which hold, since when, on what authority."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evidence.readiness.duties import told_duties
from evidence.readiness.forms import RuleForm
from evidence.readiness.queries import Rule, rules_on
from evidence.readiness.verbs import set_rule
from qualiopi.editing import carry_out, done
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.standard.duties import duties

LABELS = {
    "history_months_initial": gettext_lazy("Passé regardé à l’audit initial"),
    "history_months_unknown": gettext_lazy("Passé regardé quand on ignore s’il y a eu un audit"),
    "pedagogical_referent_threshold": gettext_lazy("Nombre d’intervenants à partir duquel nommer un référent pédagogique"),
    "permanent_hours_threshold": gettext_lazy("Part d’heures des permanents d’un CFA"),
    "long_session_days": gettext_lazy("Durée à partir de laquelle une session se juge en cours de route"),
    "complaint_acknowledge_days": gettext_lazy("Accusé de réception d’une réclamation"),
    "complaint_answer_days": gettext_lazy("Réponse à une réclamation"),
    "report_acknowledge_days": gettext_lazy("Accusé de réception d’un signalement"),
    "unexplained_absence_half_days": gettext_lazy("Absence non expliquée à suivre"),
    "absence_row_open_days": gettext_lazy("Jours ouvrés qui séparent deux absences, au-delà desquels elles ne se suivent plus"),
    "absence_contact_days": gettext_lazy("Délai pour joindre une personne absente"),
    "mend_before_audit_days": gettext_lazy("Avance demandée sur l’audit pour combler un manque"),
    "network_version_grace_days": gettext_lazy("Délai pour adopter une nouvelle version du réseau"),
    "settling_in_months": gettext_lazy("Ancienneté à partir de laquelle un formateur doit s’être formé"),
    "work_study_ran_days": gettext_lazy("Durée d’alternance à partir de laquelle une liaison est attendue"),
    "need_analysis_months": gettext_lazy("Âge au-delà duquel une analyse du besoin ne vaut plus, au premier jour"),
    "low_mark": gettext_lazy("Note moyenne de 1 à 5 sous laquelle des avis ne contrôlent personne"),
    "set_aside_months": gettext_lazy("Durée pour laquelle un indicateur se met de côté par une personne, au plus"),
    "new_entrant_months": gettext_lazy("Durée pendant laquelle une catégorie d’actions est celle d’un nouvel entrant"),
    "on_sale_months": gettext_lazy("Une formation connue par ses sessions reste en vente"),
}
UNITS = {
    "months": gettext_lazy("mois"),
    "days": gettext_lazy("jours"),
    "half_days": gettext_lazy("demi-journées"),
    "people": gettext_lazy("personnes"),
    "percent": gettext_lazy("%"),
    "marks": gettext_lazy("sur 5"),
}


def source_words(rule: Rule) -> str:
    """Where a figure comes from: the row that set it, else our own practice, else a text, published or not yet."""
    if rule.source:
        return rule.source
    if rule.setting.basis == "practice":
        return _("pratique maison")
    return _("arrêté à paraître") if rule.setting.because else _("texte officiel")


@requires(C.VIEW_READINESS, writes=True)
def show(request: TenantRequest) -> HttpResponse:
    """The figures in force today. They hold for every organisation: only an account of the whole installation dates a new one."""
    may_set = request.user.is_superuser
    if request.method == "POST" and not may_set:
        raise Http404
    form = RuleForm(request.POST or None, choices=[(key, str(label)) for key, label in LABELS.items()])
    if carry_out(form, lambda: set_rule(actor=request.user, **form.cleaned_data)):
        sentence = _("La règle est datée. Les états se calculent avec elle à partir de ce jour.")
        return done(request, sentence, "readiness:rules")
    today = timezone.localdate()
    rules = [(LABELS[rule.setting.key], UNITS[rule.setting.unit], source_words(rule), rule) for rule in rules_on(today)]
    context = {"rules": rules, "duties": told_duties(duties()), "form": form if may_set else None, "today": today}
    return render(request, "readiness/rules.html", context, status=422 if form.errors else 200)
