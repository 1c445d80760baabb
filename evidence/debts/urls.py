"""Addresses inside an organisation."""

from django.urls import path

from evidence.debts import views

app_name = "debts"
urlpatterns = [
    path("", views.index, name="index"),
    path("relancer/", views.remind, name="remind"),
    path("mes-sessions/", views.mine, name="mine"),
]
