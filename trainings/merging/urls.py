"""Addresses that make one page of two: choosing the other one, comparing them."""

from django.urls import path

from trainings.merging.views import choose, compare

app_name = "merging"
urlpatterns = [
    path("stagiaire/<uuid:pk>/", choose, {"kind": "trainee"}, name="trainee"),
    path("stagiaire/<uuid:pk>/<uuid:other>/", compare, {"kind": "trainee"}, name="trainees"),
    path("formateur/<uuid:pk>/", choose, {"kind": "trainer"}, name="trainer"),
    path("formateur/<uuid:pk>/<uuid:other>/", compare, {"kind": "trainer"}, name="trainers"),
]
