"""Tabs: those that the reader may open, in their order, and the one that is on."""

import pytest
from django.http import HttpRequest
from django.template import engines

from qualiopi.organisations.enums import Role
from qualiopi.organisations.queries import Access
from qualiopi.web.tabs import TAB_SETS, tabs_of

SAMPLE = "00000000-0000-4000-8000-000000000000"
ALL_OF_A_SESSION = ["Session", "Présences", "Avant", "Acquis", "Documents", "Avis", "Dossier"]
ALL_OF_PEOPLE = ["Sessions", "Formations", "Formateurs", "Sous-traitants", "Stagiaires", "Entreprises", "Financeurs"]


def request_of(role):
    request = HttpRequest()
    request.access = Access(organisation=None, role=role, until=None)
    return request


@pytest.mark.parametrize(
    ("role", "name", "args", "shown"),
    [
        (Role.TRAINING_MANAGER, "session", ("fil-ouest", SAMPLE), ALL_OF_A_SESSION),
        (Role.QUALITY_MANAGER, "session", ("fil-ouest", SAMPLE), ALL_OF_A_SESSION),
        (Role.TRAINER, "session", ("fil-ouest", SAMPLE), ALL_OF_A_SESSION),
        (Role.AUDITOR, "session", ("fil-ouest", SAMPLE), []),
        (Role.TRAINING_MANAGER, "sessions_and_people", ("fil-ouest",), ALL_OF_PEOPLE),
        (Role.TRAINER, "sessions_and_people", ("fil-ouest",), ["Sessions"]),
        (Role.AUDITOR, "sessions_and_people", ("fil-ouest",), []),
    ],
)
def test_a_reader_sees_the_tabs_that_they_may_open(role, name, args, shown):
    here = TAB_SETS[name].tabs[0].key
    assert [option.label for option in tabs_of(request_of(role), name, here, *args)] == shown


@pytest.mark.parametrize(
    ("name", "args", "here"),
    [("session", ("fil-ouest", SAMPLE), tab.key) for tab in TAB_SETS["session"].tabs]
    + [("sessions_and_people", ("fil-ouest",), tab.key) for tab in TAB_SETS["sessions_and_people"].tabs],
)
def test_one_tab_is_on(name, args, here):
    shown = tabs_of(request_of(Role.QUALITY_MANAGER), name, here, *args)
    assert [option.current for option in shown] == [tab.key == here for tab in TAB_SETS[name].tabs]


@pytest.mark.parametrize("here", ["", "courses", "Session"])
def test_a_page_that_stands_nowhere_is_refused(here):
    with pytest.raises(ValueError, match="Aucun onglet"):
        tabs_of(request_of(Role.QUALITY_MANAGER), "session", here, "fil-ouest", SAMPLE)


def test_the_tag_draws_them():
    template = engines["django"].from_string('{% page_tabs "sessions_and_people" "trainers" "fil-ouest" %}')
    html = " ".join(template.render({}, request_of(Role.TRAINING_MANAGER)).split())
    assert html == (
        '<nav class="onglets" aria-label="Sessions et personnes">'
        ' <a href="/o/fil-ouest/sessions/" >Sessions</a>'
        '<a href="/o/fil-ouest/formations/" >Formations</a>'
        '<a href="/o/fil-ouest/personnes/formateurs/" aria-current="page" >Formateurs</a>'
        '<a href="/o/fil-ouest/personnes/sous-traitants/" >Sous-traitants</a>'
        '<a href="/o/fil-ouest/personnes/stagiaires/" >Stagiaires</a>'
        '<a href="/o/fil-ouest/personnes/entreprises/" >Entreprises</a>'
        '<a href="/o/fil-ouest/personnes/financeurs/" >Financeurs</a> </nav>'
    )
