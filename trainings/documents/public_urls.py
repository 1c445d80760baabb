"""Addresses that need no account."""

from django.urls import URLPattern

app_name = "received"
urlpatterns: list[URLPattern] = []
