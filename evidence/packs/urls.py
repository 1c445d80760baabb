"""Addresses of the report and the evidence packs."""

from django.urls import path

from evidence.packs import views

app_name = "packs"
urlpatterns = [
    path("", views.pack_list, name="list"),
    path("nouveau/", views.create, name="create"),
    path("rapport.pdf", views.report, name="report"),
    path("<uuid:pk>/", views.detail, name="detail"),
    path("<uuid:pk>/preuves.zip", views.download, name="download"),
]
