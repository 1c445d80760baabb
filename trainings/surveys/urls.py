"""Addresses of the surveys, inside an organisation."""

app_name = "surveys"
urlpatterns: list = []
