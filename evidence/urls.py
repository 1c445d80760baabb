"""Addresses of this floor inside an organisation."""

from django.urls import include, path

urlpatterns = [
    path("", include("evidence.home.urls")),
    path("", include("evidence.readiness.urls")),
    path("sessions/", include("evidence.agenda.urls")),
    path("indicateurs/sessions/", include("evidence.matrix.urls")),
    path("indicateurs/", include("evidence.indicators.urls")),
    path("preuves/", include("evidence.library.urls")),
    path("manques/", include("evidence.debts.urls")),
    path("cloture/", include("evidence.closing.urls")),
    path("", include("evidence.dossiers.urls")),
    path("audits/dossiers/", include("evidence.packs.urls")),
    path("", include("evidence.audits.urls")),
]
