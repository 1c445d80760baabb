"""Addresses of this floor inside an organisation."""

from django.urls import include, path

urlpatterns = [
    path("formations/", include("trainings.catalogue.urls")),
    path("personnes/", include("trainings.people.urls")),
    path("sessions/", include("trainings.sessions.urls")),
    path("enquetes/", include("trainings.surveys.urls")),
]
