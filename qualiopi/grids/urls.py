"""Public pages about the standard: both grids, and which indicators apply to us."""

app_name = "grids"
urlpatterns: list = []
