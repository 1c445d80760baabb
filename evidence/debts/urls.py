"""Addresses inside an organisation."""

from django.urls import URLPattern

app_name = "debts"
urlpatterns: list[URLPattern] = []
