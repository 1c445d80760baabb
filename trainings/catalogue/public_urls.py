"""The public page of a course: no account."""

from django.urls import path

from trainings.catalogue.views import public

app_name = "course"
urlpatterns = [path("<uuid:course>/", public.page, name="public")]
