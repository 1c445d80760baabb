"""Addresses inside an organisation."""

from django.urls import path

from trainings.learning.views import before, evaluations, exams, results

app_name = "learning"
urlpatterns = [
    path("<uuid:pk>/avant/", before.before, name="before"),
    path("<uuid:pk>/avant/envoi/", before.send, name="send"),
    path("<uuid:pk>/avant/rien-a-adapter/", before.nothing_to_adapt, name="nothing_to_adapt"),
    path("<uuid:pk>/avant/besoin/", before.add_need, name="add_need"),
    path("avant/<uuid:pk>/", before.person, name="person"),
    path("avant/<uuid:pk>/lien/", before.link, name="intake_link"),
    path("avant/<uuid:pk>/<slug:intake_kind>/", before.type_answers, name="type_answers"),
    path("<uuid:pk>/", results.results, name="results"),
    path("<uuid:pk>/objectif/<int:objective>/", results.one_objective, name="objective"),
    path("<uuid:pk>/evaluation/", evaluations.add, name="add_evaluation"),
    path("<uuid:pk>/examens/", exams.exams, name="exams"),
    path("<uuid:pk>/examens/dates/", exams.exam_dates, name="exam_dates"),
    path("taux/<uuid:pk>/", exams.rates, name="rates"),
    path("personne/<uuid:pk>/", results.one_person, name="results_of"),
    path("evaluation/<uuid:pk>/", evaluations.file, name="evaluation"),
    path("evaluation/<uuid:pk>/retirer/", evaluations.remove, name="remove_evaluation"),
    path("avant/reponses/<uuid:pk>/conclure/", before.conclude, name="conclude"),
]
