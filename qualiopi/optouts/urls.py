"""Addresses inside an organisation."""

from django.urls import path

from qualiopi.optouts import views

app_name = "optouts"
urlpatterns = [
    path("", views.refusals, name="refusals"),
    path("<uuid:pk>/reprendre/", views.write_again, name="write_again"),
]
