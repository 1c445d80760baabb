"""The head of network's page."""

app_name = "network"
urlpatterns: list = []
