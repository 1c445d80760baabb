# ruff: noqa: S608
"""What is kept of sessions is what would be gathered afresh: after any write, on any day, whoever wrote."""

import random
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from bench.dataset import build
from evidence.readiness.queries import board
from qualiopi.organisations.guard import no_writes
from tests.harness.worlds import shared
from trainings.facts.gathered import gather_sessions
from trainings.facts.keeping import Reading, gather_ahead, told_by_sessions
from trainings.facts.models import FactMark, KeptFacts
from trainings.facts.moments import end_of
from trainings.facts.packing import pack, unpack
from trainings.facts.rows import NO_WORK, Asked, Departure, SessionRow, Taught, Told
from trainings.facts.scope import Scope
from trainings.facts.sources import SOURCES
from trainings.facts.triggers import install, missing
from trainings.facts.windows import Window, around, windows
from trainings.models import Course, Enrolment, FollowUp, Funding, Session, SessionNeed

TODAY = date(2026, 11, 30)
AUDIT = date(2026, 12, 15)
# PostgreSQL is asked for the right to write, twice; SQLite has one writer.
PER_PORTION = {"sqlite": 39, "postgresql": 41}
NAMES = [source.model.__name__ for source in SOURCES]


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """Moves with `move`."""

    def move(day):
        monkeypatch.setattr("trainings.facts.keeping.timezone.localdate", lambda *_: day)

    move(TODAY)
    return move


def six_sessions():
    """Six sessions over three years, with all that goes with them; a qualification is required, so that days taught are told."""
    found = build("gardes", 6)
    Course.objects.for_organisation(found).update(required_qualification="formateur")
    for session in Session.objects.for_organisation(found):
        SessionNeed.objects.create(
            organisation=found, session=session, recorded_on=session.starts_on, need="Tenir", conclusion="Oui"
        )
        for enrolment in session.enrolments.all()[:3]:
            FollowUp.objects.create(
                organisation=found,
                enrolment=enrolment,
                subject="absence",
                event_on=session.starts_on,
                contacted_on=session.ends_on,
                reason="Malade",
                action="Rappel",
            )
    return found


organisation = shared(six_sessions)


def kept(organisation, until=AUDIT, day=TODAY):
    return told_by_sessions(organisation, Reading(until, min(until, day), 2, 10))


def afresh(organisation, until=AUDIT, day=TODAY):
    return read_afresh(organisation, Reading(until, min(until, day), 2, 10))


def read_afresh(organisation, reading):
    found = gather_sessions(Scope(organisation), **reading._asdict())
    return [told for told in found.values() if told is not None]


def test_what_is_kept_is_read_in_three_queries_and_says_the_same(organisation, django_assert_num_queries):
    expected = afresh(organisation)
    assert len(expected) == 6
    assert kept(organisation) == expected
    with django_assert_num_queries(3):
        assert kept(organisation) == expected
    assert KeptFacts.objects.count() == 6
    assert not FactMark.objects.exists()


def test_one_change_reads_one_session_again(organisation):
    kept(organisation)
    first = Session.objects.for_organisation(organisation).first()
    before = dict(KeptFacts.objects.values_list("session", "facts"))
    Funding.objects.filter(enrolment__session=first).first().delete()
    Enrolment.objects.filter(session=first).update(aim="other")
    assert set(FactMark.objects.values_list("session", flat=True)) == {first.pk}
    assert kept(organisation) == afresh(organisation)
    after = dict(KeptFacts.objects.values_list("session", "facts"))
    assert {key for key in after if after[key] != before[key]} == {first.pk}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("event", ["insert", "update", "delete"])
def test_each_raw_write_on_each_table_marks_the_sessions_concerned(organisation, name, event):
    """In SQL, past the ORM."""
    source = next(source for source in SOURCES if source.model.__name__ == name)
    row = source.model._default_manager.first()
    kept(organisation)
    FactMark.objects.all().delete()
    columns = [field.column for field in source.model._meta.concrete_fields]
    key = source.model._meta.get_field("id").get_db_prep_value(row.pk, connection)
    quoted = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA defer_foreign_keys = ON" if connection.vendor == "sqlite" else "SET CONSTRAINTS ALL DEFERRED")
        if event == "update":
            counted = source.model._meta.get_field(source.columns[0]).column if source.columns else columns[-1]
            cursor.execute(f'UPDATE "{source.table}" SET "{counted}" = "{counted}" WHERE "id" = %s', [key])
            assert FactMark.objects.exists()
            return
        cursor.execute(f'CREATE TEMPORARY TABLE apart AS SELECT {quoted} FROM "{source.table}" WHERE "id" = %s', [key])
        cursor.execute(f'DELETE FROM "{source.table}" WHERE "id" = %s', [key])
        if event == "delete":
            assert FactMark.objects.exists() is (name != "Session")  # which is simply not there any more
            assert kept(organisation) == afresh(organisation)
        FactMark.objects.all().delete()
        cursor.execute(f'INSERT INTO "{source.table}" ({quoted}) SELECT {quoted} FROM apart')
        cursor.execute("DROP TABLE apart")
    assert FactMark.objects.exists()
    assert kept(organisation) == afresh(organisation)


@pytest.mark.parametrize("seed", range(8))
def test_any_writes_in_any_order_leave_nothing_stale(organisation, today, seed):
    """Random columns take values of other rows, or days near the day of reading; rows vanish; then days pass."""
    chance = random.Random(seed)
    for _turn in range(4):
        kept(organisation)
        written = 0
        while written < 3:
            written += _write(chance.choice(SOURCES), chance)
        assert kept(organisation) == afresh(organisation)
        assert kept(organisation, until=TODAY) == afresh(organisation, until=TODAY)
    for _turn in range(6):
        day = TODAY + timedelta(days=chance.randint(0, 40))
        today(day)
        until = chance.choice(
            [day, AUDIT, day + timedelta(days=chance.randint(0, 90)), day - timedelta(days=chance.randint(1, 400))]
        )
        assert kept(organisation, until=until, day=day) == afresh(organisation, until=until, day=day), (until, day)


def _write(source, chance):
    """One write past every guard of ours; whether the constraints of the table allowed it."""
    rows = list(models.QuerySet(source.model).values_list("pk", flat=True)[:200])
    if not rows:
        return 0
    row = models.QuerySet(source.model).filter(pk=chance.choice(rows))
    fields = [field for field in source.model._meta.concrete_fields if not field.primary_key]
    field = chance.choice(fields)
    try:
        with transaction.atomic():
            if chance.random() < 0.15:
                row._raw_delete(row.db)
                connection.check_constraints()
            elif isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
                row.update(**{field.name: TODAY + timedelta(days=chance.randint(-30, 30))})
            else:
                other = models.QuerySet(source.model).filter(pk=chance.choice(rows)).values_list(field.name, flat=True)
                row.update(**{field.attname: other[0]})
    except (DatabaseError, IndexError):
        return 0
    return 1


@pytest.mark.parametrize("days", range(0, 400, 23))
def test_the_passing_of_days_needs_no_job(organisation, today, days):
    """Kept once, two years before: the day alone changes."""
    start = date(2025, 11, 1)
    today(start)
    kept(organisation, until=start, day=start)
    day = start + timedelta(days=days)
    today(day)
    assert kept(organisation, until=day, day=day) == afresh(organisation, until=day, day=day)


def test_days_that_are_not_said_to_be_compared_are_not(organisation):
    """Put around the day of reading, none has a session tell otherwise from one day to the next."""
    day = date(2025, 3, 5)  # far from every session
    (found,) = windows(Scope(organisation), day)
    assert all(window.start < day - timedelta(days=9) and window.end > day + timedelta(days=9) for window in found.values())
    asked, compared = 0, []
    for source in SOURCES:
        for field in source.model._meta.concrete_fields if source.session else ():
            if isinstance(field, models.DateField) and field.name not in source.compared:
                moment = end_of(day) - timedelta(hours=9) if isinstance(field, models.DateTimeField) else day
                with transaction.atomic():
                    asked += _put(source.model, field.name, moment)
                    told = [read_afresh(organisation, Reading(day + timedelta(n), day + timedelta(n), 2, 10)) for n in (-1, 0, 1)]
                    compared += [field] if told != [told[0]] * 3 else []
                    transaction.set_rollback(True)
    assert asked > 100
    assert compared == []


def _put(model, column, value):
    """In each row that the constraints of its table allow; how many."""
    rows = models.QuerySet(model)
    put = 0
    for key in rows.values_list("pk", flat=True)[:20]:
        try:
            with transaction.atomic():
                put += rows.filter(pk=key).update(**{column: value})
        except DatabaseError:
            continue
    assert put or not rows.exists(), (model, column)
    return put


def changed_once_gathered(monkeypatch, change):
    """Has this happen once sessions are gathered, before they are kept; the first time."""
    left = [change]

    def gathered(*args, **asked):
        found = gather_sessions(*args, **asked)
        while left:
            left.pop()()
        return found

    monkeypatch.setattr("trainings.facts.keeping.gather_sessions", gathered)


def test_a_change_while_sessions_are_gathered_is_read_by_the_next(organisation, monkeypatch):
    changed_once_gathered(monkeypatch, lambda: Session.objects.for_organisation(organisation).update(place="Brest"))
    kept(organisation)
    assert FactMark.objects.count() >= 6
    assert kept(organisation) == afresh(organisation)


def test_what_another_reader_kept_meanwhile_stays(organisation, monkeypatch):
    """Somebody reads, writes come, another one reads and keeps: what the first one gathered is old by now."""

    def meanwhile():
        Session.objects.for_organisation(organisation).update(place="")
        assert all(not told.session.has_place for told in kept(organisation))

    changed_once_gathered(monkeypatch, meanwhile)
    assert all(told.session.has_place for told in kept(organisation))
    assert kept(organisation) == afresh(organisation)


def test_nothing_is_written_while_sessions_are_gathered(organisation, monkeypatch):
    """Who writes waits for the keeping alone."""
    before, seen = list(connection.savepoint_ids), []
    changed_once_gathered(monkeypatch, lambda: seen.extend(connection.savepoint_ids))
    with CaptureQueriesContext(connection) as made:
        kept(organisation)
    words = [query["sql"].split()[0] for query in made]
    first = words.index("SAVEPOINT")
    assert seen == before
    assert {query["sql"].split()[0] for query in made.captured_queries[:first]} == {"SELECT"}
    assert "trainings_enrolment" not in " ".join(query["sql"] for query in made.captured_queries[first:])


def test_sessions_are_kept_ahead_in_portions(organisation):
    reading = Reading(TODAY, TODAY, 2, 10)
    assert [gather_ahead(organisation, reading, most=4) for _turn in range(3)] == [2, 0, 0]
    assert KeptFacts.objects.count() == 6
    assert kept(organisation, until=TODAY) == afresh(organisation, until=TODAY)


def test_changes_of_other_portions_wait_for_theirs(organisation):
    reading = Reading(TODAY, TODAY, 2, 10)
    kept(organisation, until=TODAY)
    Session.objects.for_organisation(organisation).update(place="")
    assert gather_ahead(organisation, reading, most=2) == 4
    assert len(set(FactMark.objects.values_list("session", flat=True))) == 4
    assert kept(organisation, until=TODAY) == afresh(organisation, until=TODAY)


@pytest.mark.parametrize("most", [2, 4])
def test_a_portion_takes_as_many_queries_whatever_its_sessions(organisation, most, django_assert_num_queries):
    kept(organisation)  # takes the changes away
    KeptFacts.objects.all().delete()
    with django_assert_num_queries(PER_PORTION[connection.vendor]):
        gather_ahead(organisation, Reading(TODAY, TODAY, 2, 10), most=most)


def test_every_table_read_is_watched(organisation):
    """A table that facts are read from, and that no trigger watches, would be shown as it was."""
    with CaptureQueriesContext(
        connection,
    ) as made:
        gather_sessions(Scope(organisation), until=AUDIT, today=TODAY, absent_half_days=2, row_open_days=10)
    read = {table for query in made for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
    assert read - {source.table for source in SOURCES} == {"trainings_programme"} & read


def test_a_page_that_shows_may_keep_facts_and_nothing_else(organisation):
    with no_writes():
        assert kept(organisation) == afresh(organisation)
    assert KeptFacts.objects.count() == 6


def test_a_day_gone_by_is_read_and_not_kept(organisation):
    gone = date(2025, 3, 1)
    assert kept(organisation, until=gone, day=TODAY) == afresh(organisation, until=gone)
    assert not KeptFacts.objects.exists()


def test_what_is_kept_with_other_settings_is_read_again(organisation):
    kept(organisation)
    for other in (Reading(AUDIT, TODAY, 1, 10), Reading(AUDIT, TODAY, 2, 1)):
        assert told_by_sessions(organisation, other) == read_afresh(organisation, other)
    assert kept(organisation) == afresh(organisation)


def test_a_session_that_is_no_more_is_forgotten(organisation):
    kept(organisation)
    empty = Session.objects.create(organisation=organisation, course=Course.objects.first(), reference="VIDE", starts_on=TODAY)
    assert len(kept(organisation)) == 7
    Session.objects.filter(pk=empty.pk)._raw_delete("default")
    assert kept(organisation) == afresh(organisation)


def kinds(value):
    """The type of a value, and of all that it holds."""
    return (type(value), *map(kinds, value)) if isinstance(value, tuple) else type(value)


def test_rows_as_text_and_back(organisation):
    rows = afresh(organisation)
    back = unpack(map(pack, rows))
    assert back == rows
    assert [kinds(row) for row in back] == [kinds(row) for row in rows]


FULL = Told(
    SessionRow(
        "s1", "É « 1 »", "c1", TODAY, None, True, "mixed", Decimal("14.50"), True, False, None, True, True, "client:é",
        frozenset({"b", "a"}), "g1", ("t1", "t2"), 10, 1, 9, ("e1",), 8, (), Asked(TODAY, 3, TODAY, None, Decimal("3.5714285714")),
        "k1", NO_WORK._replace(taught=(Taught("t1", (TODAY, AUDIT)),), departures=(Departure(None), Departure(TODAY, AUDIT))),
    ),
    "Client « é »",
    AUDIT,
    (("e1", TODAY),),
)  # fmt: skip


@pytest.mark.parametrize("row", [FULL, FULL._replace(session=FULL.session._replace(missions=None, hours=None, asked=Asked()))])
def test_every_kind_of_value_as_text_and_back(row):
    (back,) = unpack([pack(row)])
    assert (back, kinds(back)) == (row, kinds(row))


def test_a_set_is_told_in_one_way():
    """The text is compared: the same facts give the same."""
    missions = [f"mission {number}" for number in range(40)]
    one, other = (FULL._replace(session=FULL.session._replace(missions=frozenset(each))) for each in (missions, missions[::-1]))
    assert pack(one) == pack(other)
    assert pack(one).index('"mission 1"') < pack(one).index('"mission 2"')


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], [], Window(date.min, date.max)),
        ([date(2026, 11, 1)], [], Window(date(2026, 11, 2), date.max)),
        ([date(2026, 11, 1)], [date(2026, 12, 2)], Window(date(2026, 11, 2), date(2026, 12, 1))),
        ([], [date(2026, 12, 1)], Window(date.min, TODAY)),
        ([TODAY], [date(2026, 12, 9)], Window(TODAY, TODAY)),
    ],
)
def test_the_days_for_which_a_row_holds(before, after, expected):
    assert around(TODAY, before, after) == expected


def test_a_trigger_that_vanished_is_an_error_until_it_is_back(db):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute('DROP TRIGGER "trainings_mark_told_insert"')
        else:
            cursor.execute('DROP TRIGGER "trainings_mark_told" ON "trainings_mark"')
    with pytest.raises(SystemCheckError, match=r"trainings\.W001"):
        call_command("check", databases=["default"], fail_level="WARNING")
    assert install(connection) == ["trainings_mark_told_insert" if connection.vendor == "sqlite" else "trainings_mark_told"]
    assert missing(connection) == []
    call_command("check", databases=["default"], fail_level="WARNING")


def test_check_integrity_compares_what_is_kept_and_forgets_it_when_asked(organisation, capsys, monkeypatch):
    # The registers of the data of measure are not sealed.
    monkeypatch.setattr("evidence.management.commands.check_integrity.registers", lambda _: Session.objects.none())
    board(organisation=organisation)  # kept with the settings of the pages
    call_command("check_integrity")
    KeptFacts.objects.filter(facts__contains="S00000").update(facts="{}")
    with pytest.raises(SystemExit) as end:
        call_command("check_integrity")
    assert end.value.code == 1
    assert "session S00000 : ce qui en est gardé n'est plus ce qu'elle dit." in capsys.readouterr().out
    call_command("check_integrity", "--repair")
    assert "ce qui était gardé est oublié, la prochaine lecture le refait." in capsys.readouterr().out
    assert not KeptFacts.objects.exists()
    call_command("check_integrity")


def test_the_days_of_few_sessions_and_of_all_are_found_alike(organisation):
    keys = [str(key) for key in Session.objects.for_organisation(organisation).values_list("pk", flat=True)]
    days = [TODAY, AUDIT, date(2025, 6, 1), date(2026, 1, 1)]
    assert windows(Scope(organisation, keys), *days) == windows(Scope(organisation), *days)
