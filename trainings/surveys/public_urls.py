"""The trainee's pages: no account, one link."""

from django.urls import path

from trainings.surveys.views import public

app_name = "survey"
urlpatterns = [
    path("<str:token>/", public.survey, name="start"),
    path("<str:token>/merci/", public.thanks, name="thanks"),
]
