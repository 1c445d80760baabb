"""The product with two more views, bare: each adds one row and answers. What signatures are measured against, under the same server."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils import timezone

from qualiopi.organisations.policy import public
from trainings.attendance.models import Mark

CREATE = "CREATE TABLE IF NOT EXISTS bench_row (once char(36) PRIMARY KEY, kind varchar(15) NOT NULL, drawing text NOT NULL)"


@public(reason="une mesure, sur une base qui disparaît avec elle", writes=True)
def insert(request: HttpRequest) -> HttpResponse:
    """Add the row that was posted."""
    with connection.cursor() as cursor:
        values = [request.POST["once"], request.POST["kind"], request.POST["drawing"]]
        cursor.execute("INSERT INTO bench_row (once, kind, drawing) VALUES (%s, %s, %s)", values)
    return HttpResponse("ok")


@public(reason="une mesure, sur une base qui disparaît avec elle", writes=True)
def insert_line(request: HttpRequest) -> HttpResponse:
    """Add the row that a signature is, as it was posted: nothing is read, checked, held nor sealed."""
    columns = (
        "organisation_id",
        "session_id",
        "half_day_id",
        "enrolment_id",
        "number",
        "kind",
        "method",
        "drawing",
        "reason",
        "once",
    )
    Mark.objects.create(**{name: request.POST[name] for name in columns}, signed_at=timezone.now(), fingerprint="0" * 64)
    return HttpResponse("ok")


urlpatterns = [path("mesure/", insert), path("mesure/ligne/", insert_line), path("", include("qualiopi.urls"))]
