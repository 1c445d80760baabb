"""The harness bites: each class of bug it is meant to stop is stopped."""

import socket
import warnings
from datetime import UTC, datetime, timedelta

import pytest
from django.core.paginator import Paginator
from django.db.models import DateField
from django.http import HttpResponse
from django.template import engines
from django.template.base import Origin, Template
from django.template.context import Context

from qualiopi.organisations.models import Organisation
from qualiopi.web.compression import CompressedPages
from tests.harness.closed import NetworkRefusedError, SilentDateCastError
from tests.harness.one_day import one_day
from tests.harness.pages import broken_rules, html_of
from tests.harness.templates import UndefinedTemplateVariableError


def render(source: str, settings, **context) -> str:
    """Render as if the source were a file of `templates/`."""
    origin = Origin(str(settings.BASE_DIR / "templates" / "exemple.html"))
    return Template(source, origin=origin, engine=engines["django"].engine).render(Context(context))


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        ("<script>go()</script>", "<script> ligne 1 : style ou script écrit dans la page"),
        ("<style>p{}</style>", "<style> ligne 1 : style ou script écrit dans la page"),
        ('<p style="color:red">', "<p> ligne 1 : attribut style écrit dans la page"),
        ('<a onclick="go()">', "<a> ligne 1 : attribut onclick écrit dans la page"),
        ('<a href="javascript:go()">', "<a> ligne 1 : adresse javascript:go()"),
        ('<img src="data:image/png;base64,AAAA">', "<img> ligne 1 : adresse data:image/png;base64,aaaa"),
        ('<img src="https://ailleurs.example/a.png">', "<img> ligne 1 : chargé d'ailleurs (https://ailleurs.example/a.png)"),
        ('<i id="a"></i><i id="a"></i>', "<i> ligne 1 : identifiant a en double"),
        ('<a target="_blank" href="/x">', "<a> ligne 1 : target=_blank sans rel=noopener"),
        ('<form method="post"></form>', "<form> ligne 1 : formulaire POST sans jeton csrf"),
        ('<html lang="fr"><body></body></html>', "0 titre(s) h1 au lieu d'un"),
        ("<html><h1>Oui</h1></html>", "langue de la page absente"),
        ("<option>---------</option>", "un choix vide fait de tirets"),
    ],
)
def test_a_page_that_breaks_a_rule_is_named(html, sentence):
    assert broken_rules(html) == [sentence]


def test_a_good_page_breaks_no_rule():
    page = """<html lang="fr"><head><script src="/static/js/a.js"></script></head><body><h1>Oui</h1>
    <form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="x"></form><a href="https://ailleurs.example/">loin</a>
    </body></html>"""
    assert broken_rules(page) == []


def test_a_page_that_left_compressed_is_read_as_a_browser_does(rf):
    asked = rf.get("/", headers={"accept-encoding": "gzip"})
    html = "<p>Émargé</p>" * 100
    assert html_of(CompressedPages(lambda _request: HttpResponse(html))(asked)) == html


@pytest.mark.parametrize("source", ["{{ unknown }}", "{{ unknown|upper }}", "{% for x in unknown %}{% endfor %}"])
def test_an_undefined_variable_fails(source, settings):
    with pytest.raises(UndefinedTemplateVariableError):
        render(source, settings)


def test_an_optional_variable_may_be_absent(settings):
    source = "{{ unknown|default:'rien' }}{% if unknown %}oui{% endif %}{% for x in known %}{{ x }}{% endfor %}"
    assert render(source, settings, known=["a", "b"]) == "rienab"


def test_a_library_template_keeps_its_habits():
    assert Template("[{{ unknown }}]", engine=engines["django"].engine).render(Context({})) == "[]"


def test_the_network_is_closed():
    with pytest.raises(NetworkRefusedError):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(NetworkRefusedError):
        socket.getaddrinfo("ailleurs.example", 80)


def test_a_moment_is_no_date():
    with pytest.raises(SilentDateCastError):
        DateField("jour").to_python(datetime(2026, 11, 1, tzinfo=UTC))


def test_a_warning_is_an_error():
    with pytest.raises(DeprecationWarning):
        warnings.warn("ancien", DeprecationWarning, stacklevel=1)


@pytest.mark.django_db
def test_an_unordered_list_is_not_cut_into_pages():
    with pytest.raises(RuntimeWarning):
        Paginator(Organisation.objects.order_by(), 1).page(1)


@pytest.mark.django_db
def test_a_naive_moment_is_refused():
    with pytest.raises(RuntimeWarning):
        list(Organisation.objects.filter(created_at__gt=datetime(2026, 11, 1)))  # noqa: DTZ001


def test_files_go_to_the_tests_own_folder(settings, tmp_path):
    assert tmp_path / "files" == settings.MEDIA_ROOT


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (0, datetime(2026, 11, 30, 21, 0, tzinfo=UTC)),
        (1.5, datetime(2026, 11, 30, 22, 30, tzinfo=UTC)),
        (2, datetime(2026, 11, 30, 22, 33, 45, tzinfo=UTC)),  # midnight in Paris
        (2 + 3.49, datetime(2026, 11, 30, 22, 59, 55, 500_000, tzinfo=UTC)),
        (2 + 3.5, datetime(2026, 11, 30, 23, 0, tzinfo=UTC)),
    ],
)
def test_midnight_comes_later_than_the_tests_end(hours, expected):
    began = datetime(2026, 11, 30, 21, 0, tzinfo=UTC)
    moments = iter((began, began + timedelta(hours=hours)))
    assert one_day(lambda: next(moments))() == expected
