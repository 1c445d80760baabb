"""Addresses inside an organisation."""

from django.urls import path

from trainings.documents.views import archive, document, person, session, wording

app_name = "documents"
urlpatterns = [
    path("reglages/", wording.settings, name="settings"),
    path("modeles/", wording.templates, name="templates"),
    path("modeles/apparence/", wording.style, name="style"),
    path("modeles/<str:kind>/", wording.template, name="template"),
    path("stagiaires/<uuid:pk>/", person.of_trainee, name="of_trainee"),
    path("session/<uuid:pk>/", session.session, name="session"),
    path("session/<uuid:pk>/archive/", archive.of_session, name="archive_session"),
    path("session/<uuid:pk>/emettre/<str:moment>/", session.issue_moment, name="issue_moment"),
    path("session/<uuid:pk>/<str:kind>/", session.kind, name="kind"),
    path("session/<uuid:pk>/<str:kind>/emettre/", session.issue_kind, name="issue"),
    path("session/<uuid:pk>/<str:kind>/envoyer/", session.send_kind, name="send_kind"),
    path("session/<uuid:pk>/<str:kind>/archive/", archive.of_kind, name="archive"),
    path("serie/<uuid:pk>/", session.batch, name="batch"),
    path("<uuid:pk>/", document.document, name="document"),
    path("<uuid:pk>/fichier/", document.download, name="download"),
    path("<uuid:pk>/exemplaire-signe/", document.signed_copy, name="signed_copy"),
    path("<uuid:pk>/envoyer/", document.send, name="send"),
    path("<uuid:pk>/signature/", document.sign, name="sign"),
    path("<uuid:pk>/annuler/", document.cancel, name="cancel"),
]
