"""Addresses of trainees and trainers."""

from django.urls import path

from trainings.people.views import trainees, trainers

app_name = "people"
urlpatterns = [
    path("stagiaires/", trainees.trainees, name="trainees"),
    path("formateurs/", trainers.trainers, name="trainers"),
    path("formateurs/nouveau/", trainers.edit_trainer, name="create_trainer"),
    path("formateurs/<uuid:pk>/", trainers.edit_trainer, name="trainer"),
]
