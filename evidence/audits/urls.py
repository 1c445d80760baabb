"""Addresses of the audits and of the auditor's room."""

from django.urls import path

from evidence.audits.views import index, room, sessions

app_name = "audits"
urlpatterns = [
    path("audits/", index.index, name="index"),
    path("audits/planifier/", index.plan, name="plan"),
    path("audits/<uuid:audit>/deplacer/", index.move, name="move"),
    path("audits/<uuid:audit>/retirer/", index.cancel, name="cancel"),
    path("salle/", room.room, name="room"),
    path("salle/critere/<int:criterion>/", room.criterion, name="criterion"),
    path("salle/indicateur/<int:number>/", room.indicator, name="indicator"),
    path("salle/sessions/", sessions.sessions, name="sessions"),
    path("salle/chercher/", room.find, name="find"),
    path("salle/intervenants/", room.trainers, name="trainers"),
    path("salle/sessions/<uuid:session>/", sessions.session, name="session"),
    path("salle/sessions/<uuid:session>/emargement/", sessions.register, name="register"),
    path("salle/sessions/<uuid:session>/avis/<slug:questionnaire>/", sessions.opinions, name="opinions"),
]
