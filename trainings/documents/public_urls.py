"""Addresses that need no account."""

from django.urls import path

from trainings.documents.views import public

app_name = "received"
urlpatterns = [path("<str:token>/", public.document, name="document")]
