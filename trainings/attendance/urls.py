"""Addresses inside an organisation."""

from django.urls import path

from trainings.attendance.views import corrections, follow_ups, half_day, person, remote, session, sheets

app_name = "attendance"
urlpatterns = [
    path("stagiaires/<uuid:pk>/", person.of_trainee, name="of_trainee"),
    path("<uuid:pk>/", session.page, name="session"),
    path("<uuid:pk>/liens/", session.send, name="send_links"),
    path("<uuid:pk>/feuille/", sheets.add, name="sheet"),
    path("demi-journees/<uuid:pk>/", half_day.page, name="half_day"),
    path("demi-journees/<uuid:pk>/code/", half_day.display, name="display"),
    path("demi-journees/<uuid:pk>/appareil/", half_day.pass_round, name="pass_round"),
    path("demi-journees/<uuid:pk>/appareil/<uuid:enrolment>/", half_day.pass_round, name="sign_for"),
    path("demi-journees/<uuid:pk>/absence/<uuid:enrolment>/", half_day.declare_absence, name="declare"),
    path("demi-journees/<uuid:pk>/releve/", remote.add, name="remote"),
    path("releves/<uuid:pk>/", remote.report, name="report"),
    path("<uuid:pk>/suivi/", follow_ups.page, name="follow_ups"),
    path("inscriptions/<uuid:pk>/suivi/", follow_ups.add, name="follow_up"),
    path("lignes/<uuid:pk>/corriger/", corrections.edit, name="correct"),
    path("lignes/<uuid:pk>/feuille/", corrections.scanned, name="scanned"),
]
