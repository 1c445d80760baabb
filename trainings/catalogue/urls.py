"""Addresses of the courses."""

from django.urls import path

from trainings.catalogue.views import accreditations, courses, programmes, sheets

app_name = "catalogue"
urlpatterns = [
    path("", courses.course_list, name="list"),
    path("nouvelle/", courses.edit, name="create"),
    path("<uuid:pk>/", courses.detail, name="detail"),
    path("<uuid:pk>/modifier/", courses.edit, name="edit"),
    path("<uuid:pk>/dupliquer/", courses.duplicate, name="duplicate"),
    path("<uuid:pk>/fiche/", sheets.edit, name="sheet"),
    path("<uuid:pk>/fiche/relecture/", sheets.reading, name="proofread"),
    path("<uuid:pk>/fiche/page/", sheets.opening, name="opening"),
    path("<uuid:pk>/programme/", programmes.start, name="start_programme"),
    path("programme/<uuid:pk>/", programmes.read, name="programme"),
    path("programme/<uuid:pk>/modifier/", programmes.edit, name="edit_programme"),
    path("programme/<uuid:pk>/adopter/", programmes.put_in_force, name="adopt_programme"),
    path("programme/<uuid:pk>/abandonner/", programmes.discard, name="discard_programme"),
    path("<uuid:pk>/habilitation/", accreditations.add, name="add_accreditation"),
    path("habilitation/<uuid:pk>/", accreditations.edit, name="edit_accreditation"),
    path("habilitation/<uuid:pk>/retirer/", accreditations.remove, name="remove_accreditation"),
    path("habilitation/<uuid:pk>/fichier/", accreditations.download, name="accreditation_file"),
]
