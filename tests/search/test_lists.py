"""Every field that searches a list answers the same way: accents, case, œ, apostrophes, hyphens and blanks do not count."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse

from tests import cast as standing
from tests.answers import on_one_line
from tests.architecture.house import FLOORS, ROOT, files
from tests.factories import (
    CampaignFactory,
    CompanyFactory,
    CourseFactory,
    DocumentFactory,
    EnrolmentFactory,
    FunderFactory,
    SessionFactory,
    SubcontractorFactory,
    TraineeFactory,
    TrainerFactory,
    VersionFactory,
)
from tests.harness.worlds import shared
from trainings.people.models import FormerIdentity, Trainee, Trainer

pytestmark = pytest.mark.django_db
KEPT, OTHER = "Cœur d’Évry-Est", "Ailleurs"
TYPED = [
    "evry",
    "EVRY",
    "évry",
    "e\u0301vry",
    "coeur",
    "cœur",
    "CŒUR",
    "cœur d'évry",
    "coeur d’evry",
    "évry-est",
    "évry est",
    "evry  est",
    "  est   coeur ",
]


def trainee(organisation, name):
    return TraineeFactory(organisation=organisation, last_name=name).last_name


def trainer(organisation, name):
    return TrainerFactory(organisation=organisation, last_name=name).last_name


def company(organisation, name):
    return CompanyFactory(organisation=organisation, name=name).name


def funder(organisation, name):
    return FunderFactory(organisation=organisation, name=name).name


def subcontractor(organisation, name):
    return SubcontractorFactory(organisation=organisation, name=name).name


def course(organisation, name):
    return CourseFactory(organisation=organisation, title=name).title


def session(organisation, name):
    made = SessionFactory(organisation=organisation, course__title=f"Cours {name[:3]}", place=name)
    return made.reference


def surveyed(organisation, name):
    made = SessionFactory(organisation=organisation, course__title=name)
    CampaignFactory(session=made)
    return made.course.title


def titled(organisation, name):
    return SessionFactory(organisation=organisation, course__title=name).course.title


def piece(organisation, name):
    made = DocumentFactory(organisation=organisation, title=name)
    VersionFactory(document=made)
    return made.title


def owed(organisation, name):
    return SessionFactory(organisation=organisation, course__title=name, reference=f"S-{name}").reference


# Address of a list -> who reads it, and how to make one of its lines: the words by which a page that shows it is known.
LISTS = {
    "people:trainees": ("training_manager", trainee),
    "people:trainers": ("training_manager", trainer),
    "people:companies": ("training_manager", company),
    "people:funders": ("training_manager", funder),
    "people:subcontractors": ("training_manager", subcontractor),
    "catalogue:list": ("training_manager", course),
    "agenda:index": ("training_manager", session),
    "surveys:list": ("training_manager", surveyed),
    "library:list": ("quality_manager", piece),
    "matrix:index": ("quality_manager", titled),
    "debts:index": ("quality_manager", owed),
    "audits:sessions": ("auditor", session),
    "search:find": ("training_manager", company),
}
# Who reads `?q=`: each is behind one of these lists, or of the pages below.
READERS = [
    "evidence/debts/filters.py",
    "evidence/library/filters.py",
    "evidence/library/views/document.py",
    "evidence/matrix/forms.py",
    "evidence/readiness/forms.py",
    "qualiopi/search/pages.py",
    "trainings/catalogue/views/courses.py",
    "trainings/merging/views.py",
    "trainings/people/views/parties.py",
    "trainings/people/views/subcontractors.py",
    "trainings/people/views/trainees.py",
    "trainings/people/views/trainers.py",
    "trainings/sessions/filters.py",
    "trainings/surveys/filters.py",
]

people = shared(standing.gather)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_searched_whatever_the_spelling(people, name):
    who, make = LISTS[name]
    wanted, other = make(people.organisation, KEPT), make(people.organisation, OTHER)
    client, address = people.client(getattr(people, who)), reverse(name, args=["fil-ouest"])
    shown = {typed: lines(client.get(address, {"q": typed})) for typed in ["", *TYPED, "ivry", "—"]}
    assert {typed: (wanted in page, other in page) for typed, page in shown.items()} == {
        "": (name != "search:find", name != "search:find"),
        **dict.fromkeys(TYPED, (True, False)),
        "ivry": (False, False),
        "—": (False, False),
    }


def lines(page):
    """What a page shows, without the fields and lists of its filters."""
    html = on_one_line(page).replace("&amp;", "&").replace("&#x27;", "'")
    return re.sub(r"<form.*?</form>", "", html)


def test_a_piece_chooses_what_it_speaks_of_whatever_the_spelling(people):
    document = DocumentFactory(organisation=people.organisation)
    names = [make(people.organisation, KEPT) for make in (course, trainer, subcontractor)]
    session(people.organisation, KEPT)
    client = people.client(people.quality_manager)
    for typed in TYPED:
        found = client.get(reverse("library:detail", args=["fil-ouest", document.pk]), {"q": typed}).context["found"]
        assert [subject.kind for subject in found] == ["session", "course", "trainer", "subcontractor"], typed
        assert [names[0], names[2]] == [found[1].label, found[3].label]


@pytest.mark.parametrize(("typed", "number"), [("amelioration", 32), ("AMÉLIORATION", 32), ("32", 32), ("I32", 32)])
def test_the_board_is_searched_whatever_the_spelling(people, typed, number):
    page = people.client(people.quality_manager).get(reverse("readiness:board", args=["fil-ouest"]), {"q": typed})
    numbers = [line.number for block in page.context["blocks"] for line in (*block.lines, *block.apart)]
    assert number in numbers
    assert len(numbers) < 9


def test_a_page_to_be_merged_is_searched_whatever_the_spelling(people):
    for name, make, model in (("trainee", trainee, Trainee), ("trainer", trainer, Trainer)):
        make(people.organisation, KEPT), make(people.organisation, OTHER)
        one = model.objects.get(last_name=OTHER)
        client = people.client(people.training_manager)
        for typed in TYPED:
            page = client.get(reverse(f"merging:{name}", args=["fil-ouest", one.pk]), {"q": typed})
            assert [other.last_name for other, _address in page.context["found"]] == [KEPT], typed


def test_every_place_that_reads_a_search_is_known_here():
    reads = re.compile(r'GET(?:\.get\(|\[)"q"(?!, "1")|= WordsFilter\(|\bq = forms\.CharField')
    assert sorted(str(path.relative_to(ROOT)) for path in files(".py", under=FLOORS) if reads.search(path.read_text())) == READERS


def test_nothing_is_searched_as_each_database_would_fold_it():
    folds = re.compile(r"__(?:icontains|istartswith|iendswith|iregex)\b")
    assert [str(path) for path in files(".py", under=FLOORS) if folds.search(path.read_text(encoding="utf-8"))] == []


def test_somebody_is_found_by_the_name_they_had_before_two_pages_became_one(people):
    person = TraineeFactory(organisation=people.organisation, last_name="Le Goff")
    lead = TrainerFactory(organisation=people.organisation, last_name="Quéré")
    for whose in ({"trainee": person}, {"trainer": lead}):
        FormerIdentity.objects.create(
            organisation=people.organisation, name="Nina Évrard", email="nina@exemple.fr", birth_date=date(1990, 1, 1), **whose
        )
    client = people.client(people.training_manager)
    for typed in ("evrard", "nina@exemple.fr"):
        assert "Le Goff" in lines(client.get(reverse("people:trainees", args=["fil-ouest"]), {"q": typed}))
        assert "Quéré" in lines(client.get(reverse("people:trainers", args=["fil-ouest"]), {"q": typed}))
        page = client.get(reverse("search:find", args=["fil-ouest"]), {"q": typed})
        assert [hit.title for group in page.context["groups"] for hit in group.hits] == ["Anaïs Le Goff", "Yann Quéré"]


def test_companies_of_a_session_find_it_in_lists(people):
    made = SessionFactory(organisation=people.organisation, reference="S26-050")
    sent = CompanyFactory(organisation=people.organisation, name=KEPT)
    EnrolmentFactory(session=made, company=sent, has_company=True)
    CampaignFactory(session=made)
    client = people.client(people.training_manager)
    for name in ("agenda:index", "surveys:list"):
        assert "S26-050" in lines(client.get(reverse(name, args=["fil-ouest"]), {"q": "evry"}))
