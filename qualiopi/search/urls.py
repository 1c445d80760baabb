"""Address of the search inside an organisation."""

from django.urls import path

from qualiopi.search import views

app_name = "search"
urlpatterns = [path("", views.find, name="find")]
