"""Addresses of the import pages, under the organisation's own."""

from django.urls import path

from qualiopi.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.run_list, name="list"),
    path("nouveau/<slug:kind>/", views.upload, name="upload"),
    path("<uuid:run>/", views.detail, name="detail"),
    path("<uuid:run>/colonnes/", views.columns, name="columns"),
    path("<uuid:run>/feuille/", views.sheet, name="sheet"),
    path("<uuid:run>/verification/", views.check_lines, name="check"),
    path("<uuid:run>/a-corriger.xlsx", views.to_correct, name="to_correct"),
    path("<uuid:run>/confirmer/", views.confirm_run, name="confirm"),
    path("<uuid:run>/annuler/", views.undo_run, name="undo"),
]
