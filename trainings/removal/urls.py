"""Addresses that delete what nothing depends on, one for each kind of thing."""

from django.urls import path

from trainings.removal.views import delete

app_name = "removal"
urlpatterns = [
    path("session/<uuid:pk>/", delete, {"kind": "session"}, name="session"),
    path("inscription/<uuid:pk>/", delete, {"kind": "enrolment"}, name="enrolment"),
    path("stagiaire/<uuid:pk>/", delete, {"kind": "trainee"}, name="trainee"),
    path("formateur/<uuid:pk>/", delete, {"kind": "trainer"}, name="trainer"),
    path("entreprise/<uuid:pk>/", delete, {"kind": "company"}, name="company"),
    path("financeur/<uuid:pk>/", delete, {"kind": "funder"}, name="funder"),
    path("formation/<uuid:pk>/", delete, {"kind": "course"}, name="course"),
    path("sous-traitant/<uuid:pk>/", delete, {"kind": "subcontractor"}, name="subcontractor"),
]
