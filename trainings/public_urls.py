"""Addresses of this floor that need no account: one letter and a token each, and the public page of a course."""

from django.urls import include, path

urlpatterns = [
    path("s/", include("trainings.surveys.public_urls")),
    path("e/", include("trainings.attendance.public_urls")),
    path("b/", include("trainings.learning.public_urls")),
    path("d/", include("trainings.documents.public_urls")),
    path("t/", include("trainings.people.public_urls")),
    path("formation/", include("trainings.catalogue.public_urls")),
]
