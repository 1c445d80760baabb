"""Addresses of the surveys, inside an organisation."""

from django.urls import path

from trainings.surveys.views import collecting, results, session, share

app_name = "surveys"
urlpatterns = [
    path("", results.survey_list, name="list"),
    path("<uuid:pk>/", results.results, name="results"),
    path("<uuid:pk>/partager/", share.share, name="share"),
    path("<uuid:pk>/inviter/", collecting.send_invitations, name="invite"),
    path("<uuid:pk>/relancer/", collecting.send_reminders, name="remind"),
    path("<uuid:pk>/papiers/", collecting.type_papers, name="papers"),
    path("<uuid:pk>/clore/", collecting.close, name="close"),
    path("<uuid:pk>/toutes/", session.surveys, name="session"),
    # The same for one questionnaire by name: months later, companies, funders, trainers.
    path("<uuid:pk>/<slug:questionnaire>/resultats/", results.results, name="results"),
    path("<uuid:pk>/<slug:questionnaire>/inviter/", collecting.send_invitations, name="invite"),
    path("<uuid:pk>/<slug:questionnaire>/relancer/", collecting.send_reminders, name="remind"),
    path("<uuid:pk>/<slug:questionnaire>/papiers/", collecting.type_papers, name="papers"),
    path("<uuid:pk>/<slug:questionnaire>/clore/", collecting.close, name="close"),
]
