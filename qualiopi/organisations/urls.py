"""Addresses of an organisation's own pages."""

from django.urls import path

from qualiopi.organisations import views

app_name = "organisations"
urlpatterns = [
    path("", views.enter, name="enter"),
]
