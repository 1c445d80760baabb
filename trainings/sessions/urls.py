"""Addresses of the sessions."""

from django.urls import path

from trainings.sessions.views import editing, enrolments, half_days, life, planning, steps

app_name = "sessions"
urlpatterns = [
    path("nouvelle/", planning.create, name="create"),
    path("<uuid:pk>/modifier/", editing.edit, name="edit"),
    path("<uuid:pk>/demi-journees/", half_days.schedule, name="schedule"),
    path("<uuid:pk>/demi-journees/prevoir/", half_days.plan, name="plan_half_days"),
    path("<uuid:pk>/demi-journees/retenir/", half_days.take, name="take_half_days"),
    path("demi-journees/<uuid:pk>/", half_days.half_day, name="half_day"),
    path("demi-journees/<uuid:pk>/retirer/", half_days.remove, name="remove_half_day"),
    path("<uuid:pk>/deplacer/", planning.move, name="move"),
    path("<uuid:pk>/dupliquer/", planning.duplicate, name="duplicate"),
    path("<uuid:pk>/etat/<slug:state>/", life.change, name="state"),
    path("<uuid:pk>/contrat/", life.contract, name="contract"),
    path("<uuid:pk>/contrat/fichier/", life.contract_file, name="contract_file"),
    path("<uuid:pk>/etapes/preparer/", steps.prepare, name="prepare"),
    path("<uuid:pk>/etapes/ajouter/", steps.add, name="add_step"),
    path("etapes/<uuid:pk>/", steps.change, name="step"),
    path("etapes/<uuid:pk>/faite/", steps.tick, name="tick_step"),
    path("etapes/<uuid:pk>/a-refaire/", steps.reopen, name="reopen_step"),
    path("<uuid:pk>/inscrire/", enrolments.enrol_one, name="enrol"),
    path("inscriptions/<uuid:pk>/", enrolments.enrolment, name="enrolment"),
    path("inscriptions/<uuid:pk>/modifier/", enrolments.edit_enrolment, name="edit_enrolment"),
    path("inscriptions/<uuid:pk>/fin/", enrolments.end_one, name="end_enrolment"),
    path("inscriptions/<uuid:pk>/retour/", enrolments.resume_one, name="resume_enrolment"),
]
