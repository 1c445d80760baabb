"""Addresses of trainees and trainers."""

from django.urls import path

from trainings.people import views

app_name = "people"
urlpatterns = [
    path("stagiaires/", views.trainees, name="trainees"),
    path("formateurs/", views.trainers, name="trainers"),
    path("formateurs/nouveau/", views.edit_trainer, name="create_trainer"),
    path("formateurs/<uuid:pk>/", views.edit_trainer, name="trainer"),
]
