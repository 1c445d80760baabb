"""Addresses that need no account."""

from django.urls import URLPattern

app_name = "course"
urlpatterns: list[URLPattern] = []
