"""The year of the sessions: which months, what stands in each, and the same as a table."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.utils import timezone

from evidence.agenda import year_words
from evidence.agenda.year import first_month
from tests import cast
from tests.factories import CertifierAuditFactory, DocumentFactory, EnrolmentFactory, SessionFactory, VersionFactory
from tests.harness.worlds import shared
from trainings.sessions.models import SessionState

pytestmark = pytest.mark.django_db

people = shared(cast.gather)
URL = "/o/fil-ouest/sessions/annee/"


def get(people, who="quality_manager"):
    return people.client(getattr(people, who)).get(URL)


def of_day(people, day, state=SessionState.CONFIRMED, **fields):
    return SessionFactory(organisation=people.organisation, starts_on=day, ends_on=day, state=state, **fields)


def next_month():
    return timezone.localdate().replace(day=1) + relativedelta(months=1)


@pytest.mark.parametrize(
    ("audit", "expected"),
    [
        (None, date(2026, 7, 1)),
        (date(2027, 3, 26), date(2026, 7, 1)),
        (date(2027, 8, 2), date(2026, 9, 1)),
        (date(2029, 1, 5), date(2026, 12, 1)),
    ],
)
def test_the_next_audit_falls_inside_as_far_as_today_does(audit, expected):
    assert first_month(date(2026, 12, 1), audit) == expected


def test_sessions_are_counted_by_month_and_place(people):
    held = of_day(people, timezone.localdate() - timedelta(days=20), SessionState.DONE)
    EnrolmentFactory(session=held)
    of_day(people, next_month())
    of_day(people, next_month() + timedelta(days=3), SessionState.CANCELLED)
    of_day(people, next_month() + relativedelta(years=3))
    SessionFactory(organisation=people.sister, starts_on=next_month(), ends_on=next_month())
    context = get(people).context
    found = {(month.label, month.waiting, month.complete, month.coming) for month in context["year"].months if month.sessions}
    label = year_words.short_month
    assert found == {(label(held.starts_on), 1, 0, 0), (label(next_month()), 0, 0, 1)}
    assert sum(line.sessions for line in context["lines"]) == 2
    assert context["year"].title.startswith("Deux sessions de ")


def test_a_month_leads_to_its_sessions(people):
    of_day(people, next_month(), reference="DU-MOIS")
    of_day(people, next_month() + relativedelta(months=1), reference="APRES")
    [month, _after] = [month for month in get(people).context["year"].months if month.sessions]
    listed = people.client(people.quality_manager).get(month.url).context["rows"]
    assert [row.reference for row in listed] == ["DU-MOIS"]


def test_what_expires_and_the_audit_are_told_and_stand_in_the_table(people):
    day = next_month() + timedelta(days=9)
    document = DocumentFactory(organisation=people.organisation, title="Assurance")
    VersionFactory(document=document, valid_until=day)
    CertifierAuditFactory(organisation=people.organisation, held_on=day)
    context = get(people).context
    [line] = [line for line in context["lines"] if line.month == year_words.month(day)]
    assert (line.audits.startswith("audit, 10 "), line.expiring) == (True, "Assurance")
    [month] = [month for month in context["year"].months if month.expiring]
    assert (month.expiring, month.expiring_url) == (1, f"/o/fil-ouest/preuves/{document.pk}/")
    assert context["year"].title.endswith("Une échéance d’ici là.")


@pytest.mark.parametrize("count", [1, 3])
def test_the_year_takes_the_same_number_of_queries(people, count, django_assert_num_queries):
    for number in range(count):
        EnrolmentFactory(session=of_day(people, next_month() + timedelta(days=number)))
    client = people.client(people.quality_manager)
    client.get(URL)  # what sessions tell is kept from then on
    with django_assert_num_queries(12):
        client.get(URL)


@pytest.mark.parametrize(("who", "status"), [("trainer", 404), ("auditor", 404), ("training_manager", 200)])
def test_who_reads_it(people, who, status):
    assert get(people, who).status_code == status


@pytest.mark.parametrize("address", ["", "annee/", "../indicateurs/sessions/"])
def test_the_menu_and_the_switch_say_where_one_is(people, address):
    path = "/o/fil-ouest/indicateurs/sessions/" if address.startswith("..") else f"/o/fil-ouest/sessions/{address}"
    answer = people.client(people.quality_manager).get(path)
    assert [entry.label for entry in answer.context["frame"].entries if entry.current] == ["Sessions"]
    content = answer.content.decode()
    switch = content[content.index('class="bascule"') :].partition("</div>")[0]
    assert switch.count("aria-current") == 1


@pytest.mark.parametrize(
    ("sessions", "waiting", "expiring", "expected"),
    [
        (0, 0, 0, "Aucune session de juillet 2026 à juin 2027. Rien n’expire d’ici là."),
        (1, 0, 1, "Une session de juillet 2026 à juin 2027, aucune à compléter. Une échéance d’ici là."),
        (22, 17, 3, "22 sessions de juillet 2026 à juin 2027, 17 à compléter. Trois échéances d’ici là."),
    ],
)
def test_the_answer(sessions, waiting, expiring, expected):
    assert year_words.year_answer(sessions, waiting, (date(2026, 7, 1), date(2027, 6, 30)), expiring) == expected


@pytest.mark.parametrize(
    ("names", "expected"), [(["a"], "a"), (["a", "b", "c", "d"], "a, b, c et d"), (list("abcde"), "a, b, c et 2 autres")]
)
def test_names(names, expected):
    assert year_words.some_of(names) == expected
