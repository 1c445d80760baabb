"""Addresses of the evidence library."""

from django.urls import path

from evidence.library.views import deposits, document, files, listing, reading

app_name = "library"
urlpatterns = [
    path("", listing.document_list, name="list"),
    path("deposer/", deposits.upload, name="upload"),
    path("a-ranger/", deposits.sort, name="sort"),
    path("a-ranger/<uuid:pk>/retirer/", deposits.discard, name="discard"),
    path("a-relire/", reading.to_read, name="to_read"),
    path("sujets/", deposits.subjects, name="subjects"),
    path("session/<uuid:pk>/", listing.of_session, name="of_session"),
    path("<uuid:pk>/", document.detail, name="detail"),
    path("<uuid:pk>/modifier/", document.edit, name="edit"),
    path("<uuid:pk>/version/", document.new_version, name="new_version"),
    path("<uuid:pk>/liens/", document.links, name="links"),
    path("<uuid:pk>/relecture/", document.review, name="review"),
    path("<uuid:pk>/retrait/", document.withdraw, name="withdraw"),
    path("gardees/<uuid:pk>/", files.kept, name="kept"),
    path("version/<uuid:pk>/telecharger/", files.download, name="download"),
    path("version/<uuid:pk>/apercu/", files.preview, name="preview"),
]
