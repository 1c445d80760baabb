"""Addresses of the courses."""

app_name = "catalogue"
urlpatterns: list = []
