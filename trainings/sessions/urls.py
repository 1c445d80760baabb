"""Addresses of the sessions."""

app_name = "sessions"
urlpatterns: list = []
