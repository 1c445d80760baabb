"""Addresses that need no account: what a trainee says before the start, by a personal link."""

from django.urls import path

from trainings.learning.views import intake

app_name = "intake"
urlpatterns = [
    path("<str:token>/", intake.start, name="start"),
    path("<str:token>/<int:number>/", intake.page, name="page"),
    path("<str:token>/merci/", intake.thanks, name="thanks"),
]
