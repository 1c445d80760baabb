"""Addresses of the report and the evidence packs."""

app_name = "packs"
urlpatterns: list = []
