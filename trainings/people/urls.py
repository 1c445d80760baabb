"""Addresses of trainees, trainers and companies."""

app_name = "people"
urlpatterns: list = []
