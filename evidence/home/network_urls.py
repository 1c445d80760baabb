"""The head of network's page."""

from django.urls import path

from evidence.home.views import network

app_name = "network"
urlpatterns = [path("<slug:network>/", network.index, name="index")]
