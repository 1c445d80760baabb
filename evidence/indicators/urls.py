"""Addresses inside an organisation."""

from django.urls import path

from evidence.indicators import views

app_name = "indicators"
urlpatterns = [
    path("<int:number>/", views.page, name="page"),
    path("<int:number>/emettre/", views.issue, name="issue"),
    path("<int:number>/relancer/", views.remind, name="remind"),
]
