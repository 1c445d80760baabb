"""The address of the links of messages."""

from django.urls import path

from qualiopi.optouts import views

app_name = "mail_choice"
urlpatterns = [path("<str:token>/", views.choice, name="choice")]
