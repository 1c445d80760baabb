"""Addresses of this floor outside an organisation: the network's page."""

from django.urls import include, path

urlpatterns = [path("reseau/", include("evidence.home.network_urls"))]
