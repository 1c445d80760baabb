"""Public pages about the standard: both grids, and which indicators apply to us."""

from django.urls import path

from qualiopi.grids import views

app_name = "grids"
urlpatterns = [
    path("", views.compare, name="compare"),
    path("concernes/", views.which_apply, name="applicability"),
    path("<int:number>/", views.indicator, name="indicator"),
]
