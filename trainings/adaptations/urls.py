"""Addresses inside an organisation."""

from django.urls import path

from trainings.adaptations import views

app_name = "adaptations"
urlpatterns = [
    path("session/<uuid:pk>/", views.session, name="session"),
    path("inscription/<uuid:pk>/reponse/", views.answer, name="answer"),
    path("<uuid:pk>/decision/", views.decision, name="decision"),
    path("<uuid:pk>/mesure/", views.measure, name="measure"),
    path("mesures/<uuid:pk>/", views.follow, name="follow"),
]
