"""Addresses of the evidence library."""

app_name = "library"
urlpatterns: list = []
