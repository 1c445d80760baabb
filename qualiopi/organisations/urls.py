"""Addresses of an organisation's own pages."""

from django.urls import path

from qualiopi.organisations.views import certificate, entry, journal, members, settings

app_name = "organisations"
urlpatterns = [
    path("entrer/", entry.enter, name="enter"),
    path("reglages/", settings.settings, name="settings"),
    path("reglages/organisme/", settings.card, name="card"),
    path("reglages/profil/", settings.profile, name="profile"),
    path("reglages/membres/", members.members, name="members"),
    path("reglages/membres/inviter/", members.invite, name="invite"),
    path("reglages/membres/<uuid:member>/", members.member, name="member"),
    path("reglages/membres/<uuid:member>/fin/", members.end_member, name="end_member"),
    path("reglages/membres/<uuid:member>/invitation/", members.resend_invitation, name="resend_invitation"),
    path("reglages/certificat/", certificate.certificate, name="certificate"),
    path("reglages/certificat/audit/", certificate.record_audit, name="record_audit"),
    path("reglages/journal/", journal.journal, name="journal"),
]
