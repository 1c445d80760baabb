"""Addresses of the courses."""

from django.urls import path

from trainings.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("", views.course_list, name="list"),
    path("nouvelle/", views.edit, name="create"),
    path("<uuid:pk>/", views.edit, name="detail"),
]
