"""The certification cycle: when the surveillance visit falls, and what the calendar asks for."""

from datetime import date

import pytest

from evidence.audits.cycle import moments, warning
from qualiopi.organisations.cycle import Window, certificate_end, surveillance_window
from qualiopi.organisations.models import CertifierAudit, Organisation


def audit(kind: str, day: date) -> CertifierAudit:
    return CertifierAudit(kind=kind, held_on=day)


CERTIFIED = Organisation(name="Fil", certified_on=date(2025, 3, 1), certifier="Certif")
START, END = date(2026, 5, 1), date(2027, 1, 1)


@pytest.mark.parametrize(
    ("certified_on", "start", "end"),
    [
        (date(2025, 3, 1), START, END),
        (date(2024, 5, 13), date(2025, 7, 13), date(2026, 3, 13)),
        (date(2024, 12, 31), date(2026, 2, 28), date(2026, 10, 31)),
    ],
)
def test_surveillance_is_held_from_the_14th_to_the_22nd_month(certified_on, start, end):
    assert surveillance_window(certified_on) == Window(start, end)


@pytest.mark.parametrize(
    ("today", "state"),
    [(date(2026, 4, 30), "to_come"), (START, "now"), (END, "now"), (date(2027, 1, 2), "done")],
)
def test_the_window_includes_both_days(today, state):
    assert Window(START, END).state(today) == state


def test_a_certificate_lasts_three_years():
    assert certificate_end(date(2025, 3, 1)) == date(2028, 2, 29)


def test_moments_come_in_order_of_time():
    found = moments(CERTIFIED, [audit("initial", date(2025, 2, 3))], today=date(2026, 6, 1))
    assert [(moment.day, moment.what, moment.state) for moment in found] == [
        (date(2025, 2, 3), "Audit initial", "done"),
        (date(2025, 3, 1), "Certificat obtenu", "done"),
        (START, "Surveillance possible", "done"),
        (END, "Surveillance au plus tard", "now"),
        (date(2028, 2, 29), "Fin du certificat", "to_come"),
    ]


def test_without_a_certificate_nothing_is_deduced():
    assert moments(Organisation(name="Fil"), [], today=START) == []
    assert warning(Organisation(name="Fil"), [], [], today=START) == ""


INSIDE, OUTSIDE = audit("surveillance", date(2026, 9, 1)), audit("surveillance", date(2027, 1, 2))


@pytest.mark.parametrize(
    ("planned", "past", "today", "beginning"),
    [
        ([INSIDE], [], date(2026, 4, 1), ""),
        ([OUTSIDE], [], date(2026, 4, 1), "L’audit de surveillance se tient entre le 01/05/2026 et le 01/01/2027"),
        ([], [], date(2026, 4, 1), ""),
        ([], [], date(2026, 6, 1), "L’audit de surveillance se tient avant le 01/01/2027"),
        ([], [INSIDE], date(2026, 10, 1), ""),
        ([], [audit("initial", date(2026, 9, 1))], date(2026, 10, 1), "L’audit de surveillance se tient avant le 01/01/2027"),
        ([], [], date(2027, 1, 2), "L’audit de surveillance était à tenir avant le 01/01/2027"),
    ],
)
def test_the_calendar_says_what_it_asks_for(planned, past, today, beginning):
    said = warning(CERTIFIED, planned, past, today=today)
    assert (said[: len(beginning)], bool(said)) == (beginning, bool(beginning))
