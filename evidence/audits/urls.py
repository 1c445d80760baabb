"""Addresses of the audits and of the auditor's room."""

app_name = "audits"
urlpatterns: list = []
