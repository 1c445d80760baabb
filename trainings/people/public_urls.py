"""Addresses that need no account: the link by which a trainer sends a document."""

from django.urls import path

from trainings.people.views import drop

app_name = "drop"
urlpatterns = [path("<str:token>/", drop.start, name="start")]
