"""Where the page of a session is: it is answered by a floor above the other addresses of sessions."""

from django.urls import reverse


def page_of(session):
    return reverse("dossiers:session", args=["fil-ouest", session])
