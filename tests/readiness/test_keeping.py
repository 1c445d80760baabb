"""The board that is kept says what would be judged now: after any write, by whom or what so ever; no audit reads it."""

import ast
import random
import re
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from bench.dataset import build
from evidence.library.models import CoveredLine, Version
from evidence.readiness import keeping
from evidence.readiness.gathering import gather
from evidence.readiness.keeping import board_of_today, summaries
from evidence.readiness.models import KeptBoard, KeptSeen, RuleSetting, SetAside, TightenedThreshold
from evidence.readiness.packing import pack_outline, pack_statuses, unpack_outline, unpack_statuses
from evidence.readiness.queries import board
from evidence.readiness.remembering import Recalled
from qualiopi.organisations.guard import no_writes
from tests.cast import gather as gather_cast
from tests.contract.world import build as contract_world
from tests.factories import (
    AccreditationFactory,
    MemberFactory,
    ObjectiveFactory,
    OrganisationFactory,
    ProgrammeFactory,
    PublicSheetFactory,
    PublishedRatesFactory,
    SequenceFactory,
    SkillFactory,
    SubcontractFactory,
    SubcontractorFactory,
    SubcontractorReviewFactory,
    TrainerRecordFactory,
    UserFactory,
)
from tests.harness.worlds import shared
from trainings.facts.keeping import forget_unread, standing
from trainings.facts.models import FactMark, FactRevision, KeptFacts
from trainings.facts.sources import SHARED, SOURCES, watched
from trainings.models import Course, Session, Trainer

pytestmark = pytest.mark.django_db


def furnished():
    """Four sessions with all that goes with them, and a row in every other table that a board is read from."""
    found = build("gardes", 4)
    own = {"organisation": found}
    course, session = Course.objects.for_organisation(found).first(), Session.objects.for_organisation(found).first()
    user = MemberFactory(**own).user
    programme = ProgrammeFactory(course=course, number=99)
    ObjectiveFactory(programme=programme)
    SequenceFactory(programme=programme).skills.add(SkillFactory(programme=programme))
    PublicSheetFactory(course=course)
    AccreditationFactory(course=course)
    PublishedRatesFactory(course=course)
    TrainerRecordFactory(trainer=Trainer.objects.for_organisation(found).first())
    subcontractor = SubcontractorFactory(**own)
    SubcontractFactory(subcontractor=subcontractor)
    SubcontractorReviewFactory(subcontractor=subcontractor)
    decided = {**own, "decided_by": user, "reason": "Motif"}
    SetAside.objects.create(**decided, indicator=31, ground="no_complaint", until=date(2099, 1, 1))
    TightenedThreshold.objects.create(**decided, expectation="session_has_answers", demonstrable=1, at_risk="0.75")
    RuleSetting.objects.create(key="long_session_days", value=3, effective_from=date(2020, 1, 1), source="Essai")
    version = Version.objects.for_organisation(found).first()
    said = {"expectation": "session_need_analysed", "session": session, "line": str(session.enrolments.first().pk)}
    CoveredLine.objects.create(**own, version=version, **said, label="Quelqu’un", said_by=user)
    return found


organisation = shared(furnished)


def same(organisation):
    """What is kept, its facts and its summary, beside what is judged afresh."""
    kept, fresh = board_of_today(organisation), board(organisation=organisation)
    assert kept.statuses == fresh.statuses
    assert kept.outline == fresh.outline
    assert (kept.audit_date, kept.observed_on, kept.grid, kept.profile) == (
        fresh.audit_date,
        fresh.observed_on,
        fresh.grid,
        fresh.profile,
    )
    told = summaries([organisation])[organisation.pk]
    assert (told.concerned, told.asking, told.counts) == (fresh.concerned, fresh.asking, fresh.counts)
    return True


def test_what_is_kept_is_read_in_one_query_and_says_the_same(organisation, django_assert_num_queries):
    board_of_today(organisation)
    assert not FactMark.objects.exists()
    with django_assert_num_queries(1):
        kept = board_of_today(organisation)
        assert kept.outline.sessions
    assert same(organisation)


def test_a_page_that_shows_may_keep_it(organisation):
    with no_writes():
        board_of_today(organisation)
    assert KeptBoard.objects.count() == 1


@pytest.mark.parametrize("source", SHARED, ids=lambda source: source.model.__name__)
def test_each_raw_update_beside_the_sessions_is_noted(organisation, source):
    FactMark.objects.all().delete()
    (row,) = models.QuerySet(source.model).values_list("pk", flat=True)[:1]
    name = source.columns[0] if source.columns else source.model._meta.concrete_fields[-1].name
    models.QuerySet(source.model).filter(pk=row).update(**{name: models.F(name)})
    assert set(FactMark.objects.values_list("organisation", "session")) >= {(organisation.pk, None)}


def test_every_table_read_is_watched(organisation):
    with CaptureQueriesContext(connection) as made:
        gather(organisation=organisation, audit_date=date(2026, 12, 15), observed_on=date(2026, 11, 30))
    read = {table for query in made for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
    apart = {"trainings_factmark", "trainings_factrevision", "trainings_keptfacts"}
    assert read - {source.table for source in watched()} - apart == set()


@pytest.mark.parametrize("seed", range(6))
def test_any_writes_in_any_order_leave_nothing_stale(organisation, seed):
    """Random columns take values of other rows, or days near today; rows vanish; past every guard of ours."""
    chance = random.Random(seed)
    for _turn in range(3):
        board_of_today(organisation)
        written = 0
        while written < 3:
            written += _write(chance.choice(watched()), chance)
        assert same(organisation)


def _write(source, chance):
    """One write; whether the constraints of the table allowed it, and the engine reads what it left."""
    rows = list(models.QuerySet(source.model).values_list("pk", flat=True)[:100])
    if not rows:
        return 0
    row = models.QuerySet(source.model).filter(pk=chance.choice(rows))
    field = chance.choice([field for field in source.model._meta.concrete_fields if not field.primary_key])
    try:
        with transaction.atomic():
            if chance.random() < 0.1 and source in SOURCES:
                row._raw_delete(row.db)
                connection.check_constraints()
            elif isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
                row.update(**{field.name: date.today() + timedelta(days=chance.randint(-30, 30))})  # noqa: DTZ011
            else:
                other = models.QuerySet(source.model).filter(pk=chance.choice(rows)).values_list(field.name, flat=True)
                row.update(**{field.attname: other[0]})
    except (DatabaseError, IndexError):
        return 0
    return 1


@pytest.mark.parametrize("seed", range(6))
def test_what_is_not_looked_at_again_is_what_would_be_seen(organisation, monkeypatch, seed):
    """Writes about sessions alone, what was seen once being kept from the first day on."""
    monkeypatch.setattr("evidence.readiness.remembering._ONE_IN", 0)
    chance = random.Random(100 + seed)
    board_of_today(organisation)
    for _turn in range(5):
        written = 0
        while written < 2:
            written += _write(chance.choice(SOURCES), chance)
        assert same(organisation)


@pytest.fixture
def recalled(monkeypatch):
    """What boards recalled from here on."""
    made = []

    class Noted(Recalled):
        def __init__(self, *asked):
            super().__init__(*asked)
            made.append(self)

    monkeypatch.setattr(keeping, "Recalled", Noted)
    return made


def test_a_session_that_changes_is_looked_at_alone_and_no_piece_is_read(organisation, recalled):
    board_of_today(organisation)
    session = Session.objects.for_organisation(organisation).first()
    Session.objects.filter(pk=session.pk).update(modality="", work_study=None)
    with CaptureQueriesContext(connection) as made:
        assert board_of_today(organisation).statuses == board(organisation=organisation).statuses
    # Once by the one that judges everything, to compare.
    assert sum(f'FROM "{Version._meta.db_table}"' in query["sql"] for query in made) == 1
    first, second = (each._memory for each in recalled)
    asked = sum(str(session.pk) in seen for seen in first.seen.values())
    assert 0 < second.looks == asked < first.looks


@pytest.mark.parametrize("what", ["a piece", "a course", "everything kept"])
def test_what_stands_around_sessions_has_all_of_them_looked_at(organisation, recalled, what):
    board_of_today(organisation)
    if what == "a piece":
        Version.objects.for_organisation(organisation).update(effective_on=date(2026, 1, 5))
    elif what == "a course":
        Course.objects.for_organisation(organisation).update(certifying=False)
    else:
        KeptSeen.objects.all().delete()
        KeptBoard.objects.all().delete()
    assert same(organisation)
    first, second = (each._memory for each in recalled)
    assert second.looks >= first.looks // 2


def test_bytes_that_other_code_kept_are_not_read(organisation, monkeypatch):
    board_of_today(organisation)
    KeptSeen.objects.update(documents=b"", seen=b"", around=b"")
    monkeypatch.setattr(keeping, "_code", lambda: "autre")
    assert same(organisation)


def test_a_figure_of_the_rules_is_read_by_every_organisation(organisation):
    board_of_today(organisation)
    RuleSetting.objects.create(key="set_aside_months", value=3, effective_from=date(2026, 1, 1), source="Essai")
    assert FactMark.objects.filter(organisation=organisation, session=None).exists()
    assert same(organisation)


def test_an_account_counts_once_it_changes_its_name(organisation):
    board_of_today(organisation)
    somebody = UserFactory()
    assert FactMark.objects.count() == 0
    somebody.full_name = "Gwenaëlle Autrement"
    somebody.save(update_fields=["full_name"])
    assert list(FactMark.objects.values_list("organisation", flat=True)) == [organisation.pk]
    board_of_today(organisation)
    somebody.delete()
    assert FactMark.objects.count() == 0


def test_what_changes_while_it_is_judged_is_not_kept(organisation, monkeypatch):
    def judged(**asked):
        found = board(**asked)
        Course.objects.for_organisation(organisation).update(title=models.F("title"))
        return found

    monkeypatch.setattr(keeping, "board", judged)
    board_of_today(organisation)
    assert not KeptBoard.objects.exists()


def test_what_was_read_before_a_change_that_another_reader_took_away_is_not_kept(organisation, monkeypatch):
    board_of_today(organisation)
    KeptBoard.objects.all().delete()

    def judged(**asked):
        Course.objects.for_organisation(organisation).update(title=models.F("title"))
        return board(**asked)

    monkeypatch.setattr(keeping, "board", judged)
    board_of_today(organisation)
    assert not KeptBoard.objects.exists()


def test_other_code_judges_again(organisation, monkeypatch):
    board_of_today(organisation)
    KeptBoard.objects.update(judged=b"", summary={})
    monkeypatch.setattr(keeping, "_code", lambda: "autre")
    assert same(organisation)


def test_holes_of_every_kind_are_kept_as_they_are_judged():
    """The organisation of the contract: holes, files read by somebody, lines that a document covers, renewals."""
    assert same(contract_world().organisation)


def test_bytes_of_anything_else_are_refused(organisation):
    found = board(organisation=organisation)
    outline = pack_outline(found.outline)
    assert unpack_outline(outline) == found.outline
    with pytest.raises(msgspec.DecodeError):
        unpack_statuses(outline)
    with pytest.raises(msgspec.DecodeError):
        unpack_outline(pack_statuses(found.audit_date, found.profile, found.statuses))


def test_no_audit_no_pack_and_no_closing_reads_it():
    """What is frozen, signed or handed over is judged when it is asked for."""
    top = Path(settings.BASE_DIR) / "evidence"
    readers = set()
    for path in top.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "evidence.readiness.keeping":
                readers.add(str(path.relative_to(top)))
    rooms = {"agenda", "debts/queries", "dossiers", "home/views", "matrix", "readiness", "readiness/views"}
    assert {reader.rpartition("/")[0] for reader in readers} == rooms


def test_changes_that_nobody_reads_do_not_pile_up(organisation):
    board_of_today(organisation)
    first = Session.objects.for_organisation(organisation).first()
    for _turn in range(5):
        Session.objects.filter(pk=first.pk).update(reference=models.F("reference"))
    waiting = standing(organisation).waiting
    assert waiting >= 5
    assert forget_unread(most=waiting) == 0
    assert forget_unread(most=waiting - 1) == waiting
    assert (FactMark.objects.count(), KeptFacts.objects.count()) == (0, 3)
    assert FactRevision.objects.get().number == standing(organisation).revision
    assert same(organisation)


@pytest.mark.parametrize("number", [1, 3])
def test_the_network_takes_as_many_queries_whatever_its_organisations(number, django_assert_num_queries):
    cast = gather_cast()
    client, address = cast.client(cast.network_head), "/reseau/ateliers-du-fil/"
    for _turn in range(number):
        OrganisationFactory(network=cast.organisation.network)
    client.get(address)
    with django_assert_num_queries(7):
        client.get(address)
