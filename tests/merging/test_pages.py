"""From somebody's page to one page instead of two."""

import pytest
from django.urls import reverse

from tests import cast
from tests.factories import EnrolmentFactory, PersonalIssuedFactory, SessionFactory, TraineeFactory, TrainerFactory
from tests.harness.worlds import shared
from trainings.merging.sentences import answer
from trainings.people.models import Trainee, Trainer
from trainings.sessions.models import Enrolment

pytestmark = pytest.mark.django_db
people = shared(cast.gather)


@pytest.fixture
def twins(people):
    names = [("Dupont", "lea@exemple.fr"), ("Dupond", "lea.dupond@exemple.fr")]
    return [
        TraineeFactory(organisation=people.organisation, first_name="Léa", last_name=name, email=email, phone="+33612345678")
        for name, email in names
    ]


def address(name, *rows):
    return reverse(f"merging:{name}", args=["fil-ouest", *(row.pk for row in rows)])


def checked(page):
    """The choices as they stand on the page: by name, the value that is checked."""
    return {row.name: ("kept" if row.kept_checked else "gone") for row in page.context["rows"] if row.line.differs}


def test_the_whole_way(people, twins):
    kept, gone = twins
    EnrolmentFactory(session__organisation=people.organisation, trainee=gone)
    manager = people.client(people.training_manager)
    page = manager.get(reverse("people:trainee", args=["fil-ouest", kept.pk])).content.decode()
    assert f'href="{address("trainee", kept)}"' in page
    choosing = manager.get(address("trainee", kept))
    assert [(str(other), reasons, url) for other, reasons, url in choosing.context["twins"]] == [
        ("Léa Dupond", ["même téléphone"], address("trainees", kept, gone))
    ]
    comparing = manager.get(address("trainees", kept, gone))
    assert comparing.context["answer"] == "2 valeurs diffèrent : choisissez celles qui restent."
    assert comparing.context["moves"] == ["1 inscription"]
    assert checked(comparing) == {"choice:last_name": "kept", "choice:email": "kept"}
    sent = {**checked(comparing), "choice:email": "gone", "seen": comparing.context["seen"]}
    done = manager.post(address("trainees", kept, gone), sent, follow=True)
    assert done.redirect_chain == [(reverse("people:trainee", args=["fil-ouest", kept.pk]), 302)]
    assert [str(message) for message in done.context["messages"]] == [
        "Les deux fiches n’en font plus qu’une : celle de Léa Dupont."
    ]
    assert Trainee.objects.for_organisation(people.organisation).get().email == "lea.dupond@exemple.fr"
    assert done.context["formerly"] == ["Léa Dupond", "lea@exemple.fr"]
    assert "<dt>Aussi sous</dt>" in done.content.decode()
    assert Enrolment.objects.get().trainee == kept


def test_what_prevents_it_is_told_and_nothing_is_sent(people, twins):
    session = SessionFactory(organisation=people.organisation, reference="S26-100")
    for person in twins:
        PersonalIssuedFactory(enrolment=EnrolmentFactory(session=session, trainee=person))
    manager = people.client(people.training_manager)
    page = manager.get(address("trainees", *twins)).content.decode()
    for words in ("Session S26-100", "documents émis, des deux côtés", "annulez l’un des deux, avec un motif."):
        assert words in page
    assert "Fusionner les deux fiches</button>" not in page
    assert manager.post(address("trainees", *twins)).status_code == 422
    assert Trainee.objects.for_organisation(people.organisation).count() == 2


def test_a_choice_that_was_not_made_or_is_out_of_date_comes_back(people, twins):
    manager = people.client(people.training_manager)
    seen = manager.get(address("trainees", *twins)).context["seen"]
    missing = manager.post(address("trainees", *twins), {"choice:email": "gone", "seen": seen})
    assert (missing.status_code, checked(missing)["choice:email"]) == (422, "gone")
    assert "Choisissez la valeur qui reste" in missing.content.decode()
    Trainee.objects.filter(pk=twins[1].pk).update(email="autre@exemple.fr")
    late = manager.post(address("trainees", *twins), {"choice:email": "gone", "choice:last_name": "kept", "seen": seen})
    assert "a changé pendant que vous choisissiez" in late.content.decode()
    assert Trainee.objects.for_organisation(people.organisation).count() == 2


def test_the_same_page_or_a_stranger_s_is_not_found(people, twins):
    stranger = TraineeFactory(organisation=people.elsewhere)
    manager = people.client(people.training_manager)
    for one, other in ((twins[0], twins[0]), (twins[0], stranger), (stranger, twins[0])):
        assert manager.get(address("trainees", one, other)).status_code == 404
        assert manager.post(address("trainees", one, other)).status_code == 404
    assert people.client(people.trainer).post(address("trainees", *twins)).status_code == 404


def test_trainers_have_the_same_pages(people):
    kept = people.trainer_record
    gone = TrainerFactory(organisation=people.organisation, first_name="Y.", last_name="Le Goff", email=kept.email)
    manager = people.client(people.training_manager)
    page = manager.get(reverse("people:trainer", args=["fil-ouest", kept.pk])).content.decode()
    assert f'href="{address("trainer", kept)}"' in page
    assert f'href="{address("trainers", kept, gone)}"' in manager.get(address("trainer", kept)).content.decode()
    seen = manager.get(address("trainers", kept, gone)).context["seen"]
    manager.post(address("trainers", kept, gone), {"choice:first_name": "kept", "seen": seen})
    assert list(Trainer.objects.for_organisation(people.organisation)) == [kept]
    answered = manager.get(reverse("people:trainer", args=["fil-ouest", gone.pk]))
    assert answered["Location"] == reverse("people:trainer", args=["fil-ouest", kept.pk])


def test_the_page_takes_as_many_queries_whatever_they_hold(people, twins, django_assert_max_num_queries, count_queries_of):
    few = count_queries_of(address("trainees", *twins))
    EnrolmentFactory.create_batch(5, session__organisation=people.organisation, trainee=twins[1])
    assert count_queries_of(address("trainees", *twins)) == few


@pytest.fixture
def count_queries_of(people, django_assert_max_num_queries):
    manager = people.client(people.training_manager)

    def count(url):
        manager.get(url)
        with django_assert_max_num_queries(100) as asked:
            manager.get(url)
        return len(asked)

    return count


@pytest.mark.parametrize(
    ("obstacles", "to_choose", "said"),
    [
        (0, 0, "Rien ne se contredit : une seule fiche garde tout."),
        (0, 1, "Une valeur diffère : choisissez celle qui reste."),
        (0, 2, "2 valeurs diffèrent : choisissez celles qui restent."),
        (1, 2, "Ces deux fiches ne fusionnent pas encore : un point est à régler d’abord."),
        (2, 0, "Ces deux fiches ne fusionnent pas encore : 2 points sont à régler d’abord."),
    ],
)
def test_the_answer_at_the_head(obstacles, to_choose, said):
    assert answer(obstacles=obstacles, to_choose=to_choose) == said
