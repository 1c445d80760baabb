"""A table that changes sessions already known: both values told and kept, what hangs on dates follows, a closed session stays."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from qualiopi.exchange.models import ImportRun, ImportState
from qualiopi.imports.errors import ImportRefusedError
from qualiopi.imports.undoing import undo
from qualiopi.journal.models import Entry
from tests.factories import (
    CourseFactory,
    EnrolmentFactory,
    FunderFactory,
    FundingFactory,
    HalfDayFactory,
    IssuedFactory,
    OrganisationFactory,
    SessionFactory,
    StepFactory,
    TraineeFactory,
)
from tests.imports.running import run
from tests.imports.tables import table
from trainings.sessions.models import EnrolmentLink, LinkPurpose, Session, SessionChange, SessionState

pytestmark = pytest.mark.django_db
QUERIES = 14
CLOSED = "La session S1 est close : son dossier ne change plus. Rouvrez-la d’abord, en disant pourquoi."


@pytest.fixture
def organisation():
    return OrganisationFactory()


@pytest.fixture
def session(organisation):
    """Two days in September 2026, 14 hours."""
    return SessionFactory(
        organisation=organisation,
        reference="S1",
        starts_on=date(2026, 9, 7),
        ends_on=date(2026, 9, 8),
        duration_hours=Decimal(14),
        place="Lille",
    )


def lines(session, headings, cells):
    return table(f"Réf;Formation;{headings}\n{session.reference};{session.course.title};{cells}")


def told(outcome):
    return [(problem.line, problem.sentence) for problem in outcome.notices]


def confirmed(outcome) -> ImportRun:
    """The import of this outcome, as the page confirms it."""
    row = ImportRun.objects.latest("created_at")
    row.state, row.confirmed_at, row.undo_log = ImportState.CONFIRMED, timezone.now(), outcome.undo_log
    row.save()
    return row


def test_new_dates_and_hours_are_told_with_the_former_ones_before_anything_is_written(organisation, session):
    outcome = run(organisation, "sessions", lines(session, "Début;Fin;Durée", "14/09/2026;15/09/2026;7"), write=False)
    assert told(outcome) == [
        (2, "Dates de la session : 14 et 15 septembre 2026, au lieu de : 7 et 8 septembre 2026."),
        (2, "Durée de la session : 7 h, au lieu de 14 h."),
    ]
    assert (Session.objects.get().starts_on, Entry.objects.count(), SessionChange.objects.count()) == (date(2026, 9, 7), 0, 0)


def test_the_journal_keeps_both_values_and_the_file(organisation, session):
    run(organisation, "sessions", lines(session, "Début;Fin;Lieu", "14/09/2026;15/09/2026;Arras"))
    entry = Entry.objects.get()
    assert (entry.verb, entry.object_id) == ("session.imported", str(session.pk))
    assert entry.details == {
        "fields": ["ends_on", "place", "starts_on"],
        "import": ImportRun.objects.get().file.name,
        "before": {"starts_on": "2026-09-07", "ends_on": "2026-09-08", "place": "Lille"},
        "after": {"starts_on": "2026-09-14", "ends_on": "2026-09-15", "place": "Arras"},
    }


def test_steps_and_links_follow_new_dates_and_the_change_stays(organisation, session):
    step = StepFactory(session=session, key="by-hand", due_on=date(2026, 9, 1))
    link = EnrolmentLink.objects.create(
        organisation=organisation,
        enrolment=EnrolmentFactory(session=session),
        purpose=LinkPurpose.INTAKE,
        expires_on=date(2026, 9, 8),
    )
    run(organisation, "sessions", lines(session, "Début;Fin", "14/09/2026;15/09/2026"))
    step.refresh_from_db()
    link.refresh_from_db()
    change = SessionChange.objects.get()
    assert (step.due_on, link.expires_on) == (date(2026, 9, 8), date(2026, 9, 15))
    assert (change.from_starts_on, change.to_starts_on, change.reason) == (
        date(2026, 9, 7),
        date(2026, 9, 14),
        f"import de « {ImportRun.objects.get().file.name} »",
    )


def test_papers_already_issued_and_half_days_that_say_otherwise_are_named(organisation, session):
    HalfDayFactory(session=session)
    IssuedFactory(session=session, number="CR-2026-0007")
    outcome = run(organisation, "sessions", lines(session, "Durée", "21"), write=False)
    assert told(outcome) == [
        (2, "Durée de la session : 21 h, au lieu de 14 h."),
        (
            2,
            "La session et ses demi-journées diffèrent. Session : 7 et 8 septembre 2026, 21 h ; demi-journées : 7 septembre 2026, 3 h 30.",
        ),
        (
            2,
            "Un document déjà émis porte les anciennes valeurs : CR-2026-0007. Annulez-le et émettez-le de nouveau si elles comptent.",
        ),
    ]


def test_a_state_said_by_the_table_is_told_and_stays_with_its_reason(organisation, session):
    Session.objects.update(state=SessionState.CONFIRMED)
    outcome = run(organisation, "sessions", lines(session, "Statut", "Annulée"))
    change = SessionChange.objects.get()
    assert told(outcome) == [(2, "État de la session : annulée, au lieu de : confirmée.")]
    assert (change.from_state, change.to_state, change.reason) == (
        "confirmed",
        "cancelled",
        f"import de « {ImportRun.objects.get().file.name} »",
    )


def test_a_place_alone_is_journaled_without_a_change_of_dates(organisation, session):
    outcome = run(organisation, "sessions", lines(session, "Lieu", "Arras"))
    assert (told(outcome), SessionChange.objects.count()) == ([], 0)
    assert Entry.objects.get().details["after"] == {"place": "Arras"}


@pytest.mark.parametrize(
    ("headings", "cells"),
    [("Lieu", "Arras"), ("Début;Fin", "14/09/2026;15/09/2026"), ("Statut", "Annulée"), ("Formateur", "Léa Dupont")],
)
def test_a_closed_session_is_not_changed(organisation, session, headings, cells):
    Session.objects.update(state=SessionState.CLOSED)
    outcome = run(organisation, "sessions", lines(session, headings, cells))
    assert [(problem.line, problem.sentence) for problem in outcome.blocking] == [(2, CLOSED)]
    assert (Session.objects.get().place, Session.objects.get().trainers.count()) == ("Lille", 0)


@pytest.mark.parametrize("word", ["Close", "Terminée", "clôturée"])
def test_a_closed_session_that_the_table_says_over_stays_closed(organisation, session, word):
    Session.objects.update(state=SessionState.CLOSED)
    outcome = run(organisation, "sessions", lines(session, "Lieu;Statut", f"Lille;{word}"))
    assert (outcome.blocking, outcome.unchanged, Session.objects.get().state) == ([], 1, SessionState.CLOSED)


def test_the_enrolments_of_a_closed_session_are_not_changed(organisation, session):
    known = EnrolmentFactory(session=session, trainee__first_name="", trainee__last_name="Connue", has_funder=True)
    FundingFactory(enrolment=known, funder=FunderFactory(organisation=organisation, name="AFDAS"), file_number="A-1")
    TraineeFactory(organisation=organisation)
    Session.objects.update(state=SessionState.CLOSED)
    same = run(organisation, "enrolments", table("Nom;Session;Financeur;Dossier\nConnue;S1;AFDAS;A-1"))
    assert same.blocking == []
    for line in ("Neuve;S1;;", "Connue;S1;OPCO;", "Connue;S1;AFDAS;A-2"):
        outcome = run(organisation, "enrolments", table(f"Nom;Session;Financeur;Dossier\n{line}"))
        assert [(problem.line, problem.sentence) for problem in outcome.blocking] == [(2, CLOSED)]


def test_undoing_gives_the_dates_back_with_what_hangs_on_them(organisation, session):
    step = StepFactory(session=session, key="by-hand", due_on=date(2026, 9, 1))
    row = confirmed(run(organisation, "sessions", lines(session, "Début;Fin", "14/09/2026;15/09/2026")))
    undo(run=row, actor=None)
    session.refresh_from_db()
    step.refresh_from_db()
    assert (session.starts_on, step.due_on) == (date(2026, 9, 7), date(2026, 9, 1))
    assert [(each.from_starts_on.day, each.to_starts_on.day) for each in SessionChange.objects.all()] == [(7, 14), (14, 7)]
    assert SessionChange.objects.last().reason == f"annulation de l’import de « {row.file.name} »"


def test_an_import_is_not_undone_in_a_session_closed_since(organisation, session):
    row = confirmed(run(organisation, "sessions", lines(session, "Lieu", "Arras")))
    Session.objects.update(state=SessionState.CLOSED)
    with pytest.raises(ImportRefusedError) as caught:
        undo(run=row, actor=None)
    assert (str(caught.value), Session.objects.get().place) == (CLOSED, "Arras")


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_follow_the_number_of_sessions(organisation, number, django_assert_num_queries):
    course = CourseFactory(organisation=organisation, title="Cours")
    for each in range(number):
        known = SessionFactory(organisation=organisation, reference=f"S{each}", course=course)
        StepFactory(session=known, key="by-hand", due_on=date(2026, 9, 1))
        IssuedFactory(session=known)
    text = "Réf;Formation;Début;Fin\n" + "\n".join(f"S{each};Cours;14/09/2026;15/09/2026" for each in range(number))
    with django_assert_num_queries(QUERIES):
        run(organisation, "sessions", table(text))
