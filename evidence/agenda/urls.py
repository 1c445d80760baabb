"""Addresses inside an organisation."""

from django.urls import path

from evidence.agenda import views

app_name = "agenda"
urlpatterns = [
    path("", views.index, name="index"),
    path("annee/", views.year, name="year"),
]
