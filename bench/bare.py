"""The product with one more view, bare: it adds one row and answers. What signatures are measured against, under the same server."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from qualiopi.organisations.policy import public

CREATE = "CREATE TABLE IF NOT EXISTS bench_row (once char(36) PRIMARY KEY, kind varchar(15) NOT NULL, drawing text NOT NULL)"


@public(reason="une mesure, sur une base qui disparaît avec elle", writes=True)
def insert(request: HttpRequest) -> HttpResponse:
    """Add the row that was posted."""
    with connection.cursor() as cursor:
        values = [request.POST["once"], request.POST["kind"], request.POST["drawing"]]
        cursor.execute("INSERT INTO bench_row (once, kind, drawing) VALUES (%s, %s, %s)", values)
    return HttpResponse("ok")


urlpatterns = [path("mesure/", insert), path("", include("qualiopi.urls"))]
