"""Addresses of the sessions."""

from django.urls import path

from trainings.sessions import views

app_name = "sessions"
urlpatterns = [
    path("", views.session_list, name="list"),
    path("nouvelle/", views.edit, name="create"),
    path("<uuid:pk>/", views.detail, name="detail"),
    path("<uuid:pk>/modifier/", views.edit, name="edit"),
    path("<uuid:pk>/inscrire/", views.enrol_one, name="enrol"),
    path("inscriptions/<uuid:pk>/fin/", views.end_one, name="end_enrolment"),
]
