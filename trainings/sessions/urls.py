"""Addresses of the sessions."""

from django.urls import path

from trainings.sessions.views import detail, editing, enrolments, listing

app_name = "sessions"
urlpatterns = [
    path("", listing.session_list, name="list"),
    path("nouvelle/", editing.edit, name="create"),
    path("<uuid:pk>/", detail.detail, name="detail"),
    path("<uuid:pk>/modifier/", editing.edit, name="edit"),
    path("<uuid:pk>/inscrire/", enrolments.enrol_one, name="enrol"),
    path("inscriptions/<uuid:pk>/", enrolments.enrolment, name="enrolment"),
    path("inscriptions/<uuid:pk>/modifier/", enrolments.edit_enrolment, name="edit_enrolment"),
    path("inscriptions/<uuid:pk>/fin/", enrolments.end_one, name="end_enrolment"),
    path("inscriptions/<uuid:pk>/retour/", enrolments.resume_one, name="resume_enrolment"),
]
