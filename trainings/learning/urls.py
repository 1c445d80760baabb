"""Addresses inside an organisation."""

from django.urls import URLPattern

app_name = "learning"
urlpatterns: list[URLPattern] = []
