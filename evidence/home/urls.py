"""Addresses of the first page."""

from django.urls import path

from evidence.home.views import index

app_name = "home"
urlpatterns = [
    path("", index.show, name="index"),
    path("indicateurs/attente/", index.waiting, name="waiting"),
]
