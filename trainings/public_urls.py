"""Addresses of this floor that need no account: /s/<token>/."""

from django.urls import include, path

urlpatterns = [path("s/", include("trainings.surveys.public_urls"))]
