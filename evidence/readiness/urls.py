"""Addresses of the indicators' pages."""

app_name = "readiness"
urlpatterns: list = []
