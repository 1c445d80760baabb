"""Addresses inside an organisation."""

from django.urls import URLPattern

app_name = "adaptations"
urlpatterns: list[URLPattern] = []
