"""Addresses of the indicators' pages."""

from django.urls import path

from evidence.readiness.views import board, decisions, indicator, rules, session, subject

app_name = "readiness"
urlpatterns = [
    path("indicateurs/", board.show, name="board"),
    path("indicateurs/regles/", rules.show, name="rules"),
    path("indicateurs/sessions/<uuid:pk>/", session.show, name="session"),
    path("indicateurs/formations/<uuid:pk>/", subject.of_course, name="of_course"),
    path("indicateurs/formateurs/<uuid:pk>/", subject.of_trainer, name="of_trainer"),
    path("indicateurs/<int:number>/pieces/", indicator.pieces, name="pieces"),
    path("indicateurs/<int:number>/manques/<slug:key>/", indicator.missing, name="missing"),
    path("indicateurs/<int:number>/manques/<slug:key>/<uuid:pk>/couvrir/", decisions.cover, name="cover"),
    path("indicateurs/couvert/<uuid:pk>/reprendre/", decisions.uncover, name="uncover"),
    path("indicateurs/<int:number>/conclure/", decisions.conclude, name="conclude"),
    path("indicateurs/<int:number>/mettre-de-cote/", decisions.put_aside, name="put_aside"),
    path("indicateurs/<int:number>/seuil/<slug:key>/", decisions.tighten, name="tighten"),
    path("indicateurs/<int:number>/lever/<uuid:decision>/", decisions.lift, name="lift"),
]
