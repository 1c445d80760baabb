"""Address of the closing of a session."""

from django.urls import path

from evidence.closing.views import close

app_name = "closing"
urlpatterns = [path("<uuid:pk>/", close, name="close")]
