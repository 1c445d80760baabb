"""Addresses of the page of a session, and of its dossier."""

from django.urls import path

from evidence.dossiers import views

app_name = "dossiers"
urlpatterns = [
    path("sessions/<uuid:pk>/", views.session, name="session"),
    path("dossiers/<uuid:pk>/", views.detail, name="detail"),
    path("dossiers/<uuid:pk>/dossier.pdf", views.pdf, name="pdf"),
    path("dossiers/<uuid:pk>/dossier.zip", views.archive, name="archive"),
]
