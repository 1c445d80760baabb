"""Addresses that need no account."""

from django.urls import URLPattern

app_name = "drop"
urlpatterns: list[URLPattern] = []
