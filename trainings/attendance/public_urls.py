"""Addresses that need no account."""

from django.urls import path

from trainings.attendance.views import displayed, personal

app_name = "sign"
urlpatterns = [
    path("salle/", displayed.typed_code, name="typed"),
    path("salle/merci/", displayed.thanks, name="thanks"),
    path("salle/<uuid:half_day>/<str:token>/", displayed.room, name="displayed"),
    path("<str:token>/", personal.start, name="start"),
    path("<str:token>/fait/", personal.signed, name="signed"),
]
