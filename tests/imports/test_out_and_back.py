"""A list that goes out and comes back, with nothing corrected, changes nothing; and lines to correct come back as they were."""

import io
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from qualiopi.exchange.outcome import Problem
from qualiopi.exchange.reading import read_table
from qualiopi.exchange.words import clean
from qualiopi.exchange.workbook import write_xlsx
from qualiopi.imports.tables import lines_to_correct
from tests.cast import gather
from tests.factories import SessionFactory, TraineeFactory
from trainings.people.models import Trainee
from trainings.sessions.models import Session, SessionState

LETTERS = "éèàçÉœ abcXYZ0159-+=@’'\"\n;,()_x&<>%#/:"
# An apostrophe before what begins like a formula or a figure forces a text: whoever typed it did not mean it.
TEXTS = st.text(LETTERS, max_size=30).filter(lambda text: not text.startswith("'") and not text.startswith('="'))
VALUES = st.one_of(
    TEXTS,
    st.integers(-(10**9), 10**9),
    st.dates(date(1900, 3, 1), date(2199, 12, 31)),
    st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)).map(lambda moment: moment.replace(microsecond=0)),  # noqa: DTZ001
    st.times().map(lambda hour: hour.replace(microsecond=0)),
    st.integers(0, 400 * 3600).map(lambda seconds: timedelta(seconds=seconds)),
)


def plain(value):
    """As every column reads a cell: texts cleaned, midnight is a day."""
    if isinstance(value, datetime) and value.time() == time(0):
        return value.date()
    return value if isinstance(value, date | time | timedelta) else clean(value)


def written(headings, rows) -> io.BytesIO:
    target = io.BytesIO()
    write_xlsx(target, [("Feuille", headings, rows)])
    return target


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=40))
def test_lines_to_correct_come_back_as_they_were(rows):
    headings = ["Réf.", "Intitulé", "Valeur"]
    sent = read_table(
        written(headings, [[f"S{n}", *row] for n, row in enumerate(rows)]), known=frozenset({"ref", "intitule", "valeur"})
    )
    assert [tuple(map(plain, row.values[1:])) for row in sent.rows] == [tuple(map(plain, row)) for row in rows]

    wrong = [Problem(row.line, "", "", "À revoir.", blocking=True) for row in sent.rows]
    back = read_table(written(*lines_to_correct(sent, wrong)), known=frozenset({"ref", "intitule", "valeur"}))
    assert back.labels[:3] == sent.labels
    assert [row.values[:3] for row in back.rows] == [row.values for row in sent.rows]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_of_sessions_brought_in_again_changes_nothing(kind, tmp_path):
    cast = gather()
    titles = ["- Paie", "=1+1", "+33612345678", "@SUM(A1)", "-L’accueil d'un client", "'déjà", "Ordinaire"]
    for title in titles:
        SessionFactory(organisation=cast.organisation, course__title=title, trainers=[cast.trainer_record])
    target = exported(cast, "agenda:index", kind, tmp_path)
    before = list(Session.objects.order_by("pk").values())
    said = last_words("sessions", target)
    assert list(Session.objects.order_by("pk").values()) == before
    assert said == "7 lignes : 0 nouvelles, 0 mises à jour, 7 inchangées, 0 cellules à corriger."


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_sessions_of_every_state_brought_in_again_keep_it(kind, tmp_path):
    cast = gather()
    for state in SessionState:
        SessionFactory(organisation=cast.organisation, state=state, course__title=f"Cours {state}", price=Decimal("1250.50"))
    target = exported(cast, "agenda:index", kind, tmp_path)
    before = list(Session.objects.order_by("pk").values())
    assert last_words("sessions", target) == "8 lignes : 0 nouvelles, 0 mises à jour, 8 inchangées, 0 cellules à corriger."
    assert list(Session.objects.order_by("pk").values()) == before


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_of_trainees_brought_in_again_changes_nothing(kind, tmp_path):
    cast = gather()
    people = [
        {"first_name": "Léa", "last_name": "DE LA TOUR", "email": "lea@exemple.fr", "phone": "+33612345678"},
        {"first_name": "Jean-Marc", "last_name": "N’Guyen", "email": "", "phone": "+262692123456"},
        {"first_name": "Anne", "last_name": "Martin", "birth_name": "Petit", "email": "anne@exemple.fr", "phone": ""},
        {"first_name": "", "last_name": "=Ligne", "email": "", "phone": ""},
        {"first_name": "Łukasz", "last_name": "O'Brien", "email": "", "phone": "", "postcode": "01000"},
    ]
    for person in people:
        TraineeFactory(organisation=cast.organisation, **person)
    target = exported(cast, "people:trainees", kind, tmp_path)
    before = list(Trainee.objects.order_by("pk").values())
    said = last_words("enrolments", target)
    assert list(Trainee.objects.order_by("pk").values()) == before
    assert said == "5 lignes : 0 nouvelles, 0 mises à jour, 5 inchangées, 0 cellules à corriger."


def exported(cast, address, kind, folder):
    """The file that this list leaves as."""
    response = cast.client(cast.quality_manager).get(reverse(address, args=["fil-ouest"]), {"format": kind})
    target = folder / f"list.{kind}"
    target.write_bytes(b"".join(response.streaming_content))
    return target


def last_words(kind, target) -> str:
    """What the import of this file says in the end."""
    out = io.StringIO()
    call_command("import_table", "--organisation", "fil-ouest", "--kind", kind, str(target), stdout=out)
    return next(line for line in reversed(out.getvalue().splitlines()) if " lignes : " in line)
