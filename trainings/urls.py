"""Addresses of this floor inside an organisation."""

from django.urls import include, path

urlpatterns = [
    path("formations/", include("trainings.catalogue.urls")),
    path("personnes/", include("trainings.people.urls")),
    path("sessions/", include("trainings.sessions.urls")),
    path("fusion/", include("trainings.merging.urls")),
    path("suppression/", include("trainings.removal.urls")),
    path("emargement/", include("trainings.attendance.urls")),
    path("acquis/", include("trainings.learning.urls")),
    path("adaptations/", include("trainings.adaptations.urls")),
    path("documents/", include("trainings.documents.urls")),
    path("enquetes/", include("trainings.surveys.urls")),
]
