"""Addresses of the closing of a session."""

from django.urls import path

from evidence.closing.views import call_off, close

app_name = "closing"
urlpatterns = [path("<uuid:pk>/", close, name="close"), path("<uuid:pk>/ne-plus-attendre/", call_off, name="call_off")]
