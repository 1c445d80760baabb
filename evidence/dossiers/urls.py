"""Addresses of the session dossiers."""

from django.urls import path

from evidence.dossiers import views

app_name = "dossiers"
urlpatterns = [
    path("<uuid:pk>/", views.detail, name="detail"),
    path("<uuid:pk>/dossier.pdf", views.pdf, name="pdf"),
    path("<uuid:pk>/dossier.zip", views.archive, name="archive"),
]
