"""Addresses inside an organisation."""

from django.urls import path

from evidence.matrix import views

app_name = "matrix"
urlpatterns = [
    path("", views.index, name="index"),
    path("relancer/", views.remind, name="remind"),
]
