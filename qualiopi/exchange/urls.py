"""Addresses of the import pages."""

app_name = "exchange"
urlpatterns: list = []
