"""What the strip of a session tells: of a session that was lived by three people, on its page and on paper."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from evidence.dossiers.archive import dossier_pdf
from evidence.dossiers.queries import dossier_of
from evidence.dossiers.strip import strip_on_paper, table_of
from evidence.readiness.queries import board
from qualiopi.web.charts import Slot
from qualiopi.zones import today_of
from tests.dossiers.world import lived_session
from tests.factories import StepFactory
from tests.harness.browser import assert_good_at_all_widths
from tests.harness.worlds import shared
from trainings.sessions.models import Session, SessionState

pytestmark = pytest.mark.django_db

world = shared(lived_session)
NOW = datetime(2026, 9, 20, 10, tzinfo=UTC)


def page_of(world):
    return reverse("dossiers:session", args=["fil-ouest", world.session.pk])


def strip_of(world):
    session = Session.objects.select_related("organisation", "course").get(pk=world.session.pk)
    return strip_on_paper(session, board(organisation=session.organisation), now=NOW)


def test_each_half_day_has_a_mark_per_person_and_the_trainers(world):
    morning, afternoon = strip_of(world).halves
    assert [sorted(half.slots) for half in (morning, afternoon)] == [
        [Slot.SIGNED] * 3,
        sorted([Slot.ABSENT, Slot.LATE, Slot.SIGNED]),
    ]
    assert [(half.signed, half.expected, half.countersigned) for half in (morning, afternoon)] == [(3, 3, True), (2, 3, False)]
    assert (morning.initials, morning.state, afternoon.state) == ("Y. G.", "done", "due")
    assert afternoon.told == "lundi 7, après-midi, 2 signatures sur 3, contreseing attendu"


def test_the_figures_can_be_read(world):
    told = {line.what: (line.count, line.state) for line in table_of(strip_of(world))}
    assert told["lundi 7, matin"] == ("3 sur 3", "fait, contresignée")
    assert told["Besoins"] == ("0 sur 3", "attendu")
    assert told["Documents"][0] == "0 sur 6"


def test_a_stage_whose_steps_are_set_aside_is_not_drawn(world):
    StepFactory(session=world.session, key="survey:cold", due_on=date(2026, 12, 1), skipped_reason="Sans objet ici.")
    assert "À froid" not in [stage.label for stage in strip_of(world).after]


@pytest.mark.parametrize(
    ("days", "state", "side"),
    [(-20, SessionState.DONE, "after"), (20, SessionState.CONFIRMED, "before"), (0, SessionState.RUNNING, None)],
)
def test_today_stands_where_the_session_is(world, days, state, side):
    session = world.session
    session.starts_on = session.ends_on = today_of(session.organisation) + timedelta(days=days)
    session.state = state
    session.save()
    today = strip_of(world).today
    assert (today and today[0]) == side


def test_the_dossier_on_paper_has_it(world, monkeypatch):
    written = []
    monkeypatch.setattr("evidence.dossiers.archive.write_pdf", lambda html: written.append(html) or b"%PDF")
    session = Session.objects.select_related("organisation", "course", "programme").get(pk=world.session.pk)
    dossier_pdf(dossier_of(session))
    assert "La session en une bande" in written[0]
    session.state = SessionState.CANCELLED
    dossier_pdf(dossier_of(session))
    assert "La session en une bande" not in written[1]


def test_one_drawing_is_exposed_and_nothing_moves(world, open_page):
    page = open_page(world.cast.quality_manager)
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => { for (const each of list.getEntries()) window.moved += each.value; })"
        ".observe({type: 'layout-shift', buffered: true});"
    )
    page.goto(page_of(world))
    wide, tall = page.locator("svg.image--large"), page.locator("svg.image--tel")
    assert (wide.is_visible(), tall.is_visible()) == (True, False)
    assert_good_at_all_widths(page)
    page.set_viewport_size({"width": 360, "height": 800})
    assert (wide.is_visible(), tall.is_visible()) == (False, True)
    page.reload()
    assert page.evaluate("window.moved") < 0.05
    page.get_by_text("Lire les chiffres").click()
    assert "3 sur 3" in page.get_by_role("row", name="lundi 7, matin").inner_text()
