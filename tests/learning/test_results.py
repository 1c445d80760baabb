"""Results by objective: what is kept, what is refused, what the pages show."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from qualiopi.journal.models import Entry
from tests import cast
from tests.answers import on_one_line
from tests.factories import (
    CourseFactory,
    EnrolmentFactory,
    EvaluationFactory,
    ObjectiveFactory,
    ObjectiveResultFactory,
    ProgrammeFactory,
    SessionFactory,
)
from trainings.learning.models import Evaluation, ObjectiveResult
from trainings.learning.queries import sheet_of, usual_moment
from trainings.learning.verbs import add_evaluation, record_results, remove_evaluation
from trainings.sessions.models import EnrolmentState, SessionState

pytestmark = pytest.mark.django_db
LAST_DAY = date(2026, 9, 8)


class World:
    """A finished session of two days, three people, two objectives."""

    def __init__(self) -> None:
        self.people = cast.gather()
        organisation = self.people.organisation
        course = CourseFactory(organisation=organisation, title="Tenir une régie")
        self.programme = ProgrammeFactory(course=course)
        self.first, self.second = (
            ObjectiveFactory(programme=self.programme, position=place, text=f"Objectif {place}", evaluation="Mise en situation")
            for place in (1, 2)
        )
        self.session = SessionFactory(
            organisation=organisation,
            course=course,
            programme=self.programme,
            reference="REGIE-1",
            trainers=[self.people.trainer_record],
        )
        self.anna, self.bilal, self.chloe = (
            EnrolmentFactory(session=self.session, trainee__first_name=first, trainee__last_name=last)
            for first, last in (("Anna", "Alpha"), ("Bilal", "Bravo"), ("Chloé", "Charlie"))
        )

    def note(self, levels, **changes):
        """Record, on the last day at exit unless said otherwise."""
        given = {"moment": "exit", "evaluation": None, "dated_on": LAST_DAY, "actor": self.people.trainer} | changes
        return record_results(session=self.session, levels=levels, **given)

    def send(self, chosen, *, seen):
        """Choose a level for Anna and the first objective, on a page that showed another; the status of the answer."""
        name = f"r-{self.anna.pk.hex}-{self.first.pk}"
        sent = {"moment": "exit", "dated_on": "2026-09-08", name: chosen, f"vu-{name}": seen}
        return self.people.client(self.people.trainer).post(self.url("results_of", self.anna.pk), sent).status_code

    def noted(self, moment="exit"):
        """(first name, objective, level) of what is kept."""
        rows = ObjectiveResult.objects.filter(moment=moment).select_related("enrolment__trainee", "objective")
        return sorted((row.enrolment.trainee.first_name, row.objective.position, row.level) for row in rows)

    def url(self, name, *args, **query):
        address = reverse(f"learning:{name}", args=["fil-ouest", *args])
        return f"{address}?moment={query['moment']}" if query else address


@pytest.fixture
def world():
    return World()


def test_results_are_kept_with_their_day_and_author(world):
    evaluation = EvaluationFactory(session=world.session)
    changed = world.note(
        {(world.anna.pk, world.first.pk): "acquired", (world.bilal.pk, world.first.pk): ""}, evaluation=evaluation
    )
    row = ObjectiveResult.objects.get()
    assert (changed, row.level, row.evaluation, row.dated_on) == (1, "acquired", evaluation, LAST_DAY)
    assert (row.organisation, row.recorded_by) == (world.people.organisation, world.people.trainer)
    line = Entry.objects.get(verb="result.recorded")
    assert (line.actor, line.object_label) == (world.people.trainer, "REGIE-1")
    assert line.details == {"moment": "exit", "noted": 1, "removed": 0, "corrections": []}


def test_the_same_results_again_change_nothing(world):
    levels = {(world.anna.pk, world.first.pk): "acquired"}
    world.note(levels)
    assert world.note(levels, dated_on=LAST_DAY + timedelta(days=1), actor=None) == 0
    row = ObjectiveResult.objects.get()
    assert (row.dated_on, row.recorded_by) == (LAST_DAY, world.people.trainer)
    assert Entry.objects.filter(verb="result.recorded").count() == 1


def test_a_correction_leaves_what_it_replaced_in_the_journal(world):
    key = (world.anna.pk, world.first.pk)
    world.note({key: "not_acquired"})
    world.note({key: "acquired"}, dated_on=LAST_DAY + timedelta(days=2))
    world.note({key: ""})
    assert world.noted() == []
    told = [line.details["corrections"] for line in Entry.objects.filter(verb="result.recorded").order_by("pk")]
    who = {"enrolment": str(world.anna.pk), "objective": world.first.pk}
    assert told == [[], [who | {"from": "not_acquired", "to": "acquired"}], [who | {"from": "acquired", "to": ""}]]


def test_an_evaluation_named_later_is_added_and_one_left_out_is_kept(world):
    key = (world.anna.pk, world.first.pk)
    world.note({key: "acquired"})
    evaluation = EvaluationFactory(session=world.session)
    assert world.note({key: "acquired"}, evaluation=evaluation) == 1
    assert world.note({key: "acquired"}) == 0
    assert ObjectiveResult.objects.get().evaluation == evaluation


def test_each_moment_has_its_own_result(world):
    key = (world.anna.pk, world.first.pk)
    world.note({key: "not_acquired"}, moment="entry", dated_on=date(2026, 9, 1))
    world.note({key: "in_progress"}, moment="during", dated_on=date(2026, 9, 7))
    world.note({key: "acquired"})
    assert [world.noted(moment) for moment in ("entry", "during", "exit")] == [
        [("Anna", 1, "not_acquired")],
        [("Anna", 1, "in_progress")],
        [("Anna", 1, "acquired")],
    ]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"moment": "later"}, "Choisissez un moment : à l’entrée, en cours ou à la sortie."),
        ({"dated_on": date(2099, 1, 1)}, "Ce jour est à venir : un résultat se note une fois constaté."),
        ({"dated_on": date(2026, 9, 6)}, "La session n’avait pas commencé ce jour-là : vérifiez la date."),
    ],
)
def test_a_strange_moment_or_day_is_refused(world, changes, why):
    with pytest.raises(ValidationError) as refused:
        world.note({(world.anna.pk, world.first.pk): "acquired"}, **changes)
    assert refused.value.messages == [why]
    assert world.noted() == []


@pytest.mark.parametrize("state", [SessionState.DRAFT, SessionState.CANCELLED, SessionState.POSTPONED])
def test_a_session_that_is_not_held_has_no_result(world, state):
    world.session.state = state
    world.session.save()
    with pytest.raises(ValidationError) as refused:
        world.note({(world.anna.pk, world.first.pk): "acquired"})
    word = {"draft": "brouillon", "cancelled": "annulée", "postponed": "reportée"}[state]
    assert refused.value.messages == [f"La session est au stade « {word} » : il n’y a pas de résultat à noter."]


def test_what_is_not_of_the_session_is_refused(world):
    other = EnrolmentFactory(session__organisation=world.people.organisation)
    withdrawn = EnrolmentFactory(session=world.session, state=EnrolmentState.WITHDRAWN, ended_on=date(2026, 9, 1))
    elsewhere = ObjectiveFactory(programme=ProgrammeFactory(course__organisation=world.people.organisation))
    foreign = EvaluationFactory()
    stranger = "Cette personne n’est pas inscrite à cette session, ou s’est désistée."
    for levels, changes, why in (
        ({(other.pk, world.first.pk): "acquired"}, {}, stranger),
        ({(withdrawn.pk, world.first.pk): "acquired"}, {}, stranger),
        ({(world.anna.pk, elsewhere.pk): "acquired"}, {}, "Cet objectif n’est pas dans le programme que suit la session."),
        ({(world.anna.pk, world.first.pk): "brilliant"}, {}, "Choisissez l’un des résultats proposés."),
        (
            {(world.anna.pk, world.first.pk): "acquired"},
            {"evaluation": foreign},
            "Cette évaluation n’est pas de cette session et de ce moment.",
        ),
    ):
        with pytest.raises(ValidationError) as refused:
            world.note(levels, **changes)
        assert refused.value.messages == [why]
    assert ObjectiveResult.objects.count() == 0


def test_the_sheet_counts_those_who_stayed(world):
    world.bilal.state, world.bilal.ended_on = EnrolmentState.ABANDONED, LAST_DAY
    world.bilal.save()
    EnrolmentFactory(session=world.session, state=EnrolmentState.WITHDRAWN, ended_on=date(2026, 9, 1))
    world.note({(world.anna.pk, world.first.pk): "acquired", (world.bilal.pk, world.first.pk): "not_acquired"})
    ObjectiveResultFactory(objective=world.first, enrolment__session__organisation=world.people.sister)
    sheet = sheet_of(world.session, "exit")
    assert (sheet.people, sheet.expected, sheet.done) == (3, 4, 1)
    assert dict(sheet.by_objective[world.first.pk]) == {"acquired": 1, "not_acquired": 1}
    assert (sheet.level(world.anna.pk, world.first.pk), sheet.level(world.anna.pk, world.second.pk)) == ("acquired", "")


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "moment"),
    [
        (date(2026, 9, 10), date(2026, 9, 11), "entry"),
        (date(2026, 9, 8), date(2026, 9, 9), "entry"),
        (date(2026, 9, 8), date(2026, 9, 8), "exit"),
        (date(2026, 9, 7), date(2026, 9, 8), "exit"),
        (None, None, "entry"),
    ],
)
def test_the_page_opens_on_the_moment_one_comes_for(starts_on, ends_on, moment):
    assert usual_moment(SessionFactory.build(starts_on=starts_on, ends_on=ends_on), today=date(2026, 9, 8)) == moment


def test_a_trainer_notes_one_person_and_goes_to_the_next(world):
    client = world.people.client(world.people.trainer)
    page = client.get(world.url("results_of", world.anna.pk, moment="exit"))
    assert page.status_code == 200
    assert "Enregistrer, puis Bilal Bravo" in page.content.decode()
    name = f"r-{world.anna.pk.hex}-{world.first.pk}"
    sent = {"moment": "exit", name: "acquired", "dated_on": "2026-09-08", "evaluation": "", "go": "next"}
    answer = client.post(world.url("results_of", world.anna.pk), sent)
    assert answer.url == world.url("results_of", world.bilal.pk, moment="exit")
    assert world.noted() == [("Anna", 1, "acquired")]
    last = client.post(world.url("results_of", world.chloe.pk), {"moment": "exit", "dated_on": "2026-09-08", "go": "next"})
    assert last.url == world.url("results", world.session.pk, moment="exit")


def test_everything_left_is_acquired_in_one_button(world):
    world.note({(world.anna.pk, world.second.pk): "not_acquired"})
    client = world.people.client(world.people.trainer)
    sent = {"moment": "exit", "dated_on": "2026-09-08", "rest": "acquired"}
    answer = client.post(world.url("results_of", world.anna.pk), sent)
    assert world.noted() == [("Anna", 1, "acquired"), ("Anna", 2, "not_acquired")]
    assert answer.url == world.url("results_of", world.bilal.pk, moment="exit")
    assert "Anna Alpha : un résultat est enregistré." in client.get(answer.url).content.decode()


def test_one_objective_for_everybody(world):
    client = world.people.client(world.people.training_manager)
    address = world.url("objective", world.session.pk, world.first.pk)
    name = f"r-{world.bilal.pk.hex}-{world.first.pk}"
    sent = {"moment": "exit", name: "in_progress", "dated_on": "2026-09-08", "rest": "acquired"}
    following = world.url("objective", world.session.pk, world.second.pk, moment="exit")
    assert client.post(address, sent).url == following
    assert world.noted() == [("Anna", 1, "acquired"), ("Bilal", 1, "in_progress"), ("Chloé", 1, "acquired")]
    assert "Objectif 1 : 3 résultats sont enregistrés." in client.get(following).content.decode()
    assert client.post(address, {"moment": "exit", "dated_on": "2026-09-08", "go": "next"}).url == following
    back = client.post(address, {"moment": "exit", "dated_on": "2026-09-08"})
    assert back.url == world.url("results", world.session.pk, moment="exit")


def test_what_each_knew_at_entry_stands_beside_the_choice(world):
    world.note({(world.anna.pk, world.first.pk): "not_acquired"}, moment="entry")
    client = world.people.client(world.people.trainer)
    shown = {moment: client.get(world.url("results_of", world.anna.pk, moment=moment)) for moment in ("entry", "exit")}
    assert [[line.entry for line in page.context["lines"]] for page in shown.values()] == [["", ""], ["non acquis", ""]]
    assert "À l’entrée : non acquis" in shown["exit"].content.decode()


def test_an_evaluation_is_added_without_losing_what_was_chosen(world):
    """From a person or an objective: choices are kept first, and one comes back where one was."""
    client = world.people.client(world.people.trainer)
    name = f"r-{world.anna.pk.hex}-{world.first.pk}"
    places = {
        "personne": (world.url("results_of", world.anna.pk, moment="exit"), world.anna.pk),
        "objectif": (world.url("objective", world.session.pk, world.first.pk, moment="exit"), world.first.pk),
    }
    for parameter, (place, key) in places.items():
        answer = client.post(place, {"moment": "exit", "dated_on": "2026-09-08", name: "acquired", "go": "evaluation"})
        assert answer.url == f"{world.url('add_evaluation', world.session.pk, moment='exit')}&{parameter}={key}"
        added = client.post(answer.url, {"title": f"Grille, {parameter}", "moment": "exit", "held_on": "2026-09-08"})
        assert added.url == place
        assert "Enregistrez pour y rattacher ces résultats." in client.get(place).content.decode()
    assert world.noted() == [("Anna", 1, "acquired")]
    grille = Evaluation.objects.get(title="Grille, objectif")
    assert client.get(places["personne"][0]).context["source"]["evaluation"].value() == grille.pk
    client.post(places["personne"][0], {"moment": "exit", "dated_on": "2026-09-08", name: "acquired", "evaluation": grille.pk})
    assert ObjectiveResult.objects.get().evaluation == grille


@pytest.mark.parametrize("query", ["personne=inconnu", "personne={uuid}", "objectif=x", "objectif=999999", "objectif=٣"])
def test_an_evaluation_goes_back_to_nothing_strange(world, query):
    stranger = EnrolmentFactory()
    address = world.url("add_evaluation", world.session.pk) + f"?{query.replace('{uuid}', str(stranger.pk))}"
    page = world.people.client(world.people.trainer).get(address)
    assert (page.status_code, page.context["back"]) == (200, "")


def test_the_overview_leads_to_the_first_who_misses_a_result(world):
    client = world.people.client(world.people.trainer)
    address = world.url("results", world.session.pk)
    assert client.get(address).context["first_missing"] == world.anna
    world.note({(world.anna.pk, one.pk): "acquired" for one in (world.first, world.second)})
    world.note({(world.bilal.pk, world.first.pk): "acquired"})
    world.bilal.state, world.bilal.ended_on = EnrolmentState.ABANDONED, LAST_DAY
    world.bilal.save()
    page = client.get(address)
    assert page.context["first_missing"] == world.chloe
    assert world.url("results_of", world.chloe.pk, moment="exit") in page.content.decode()
    world.note({(world.chloe.pk, one.pk): "acquired" for one in (world.first, world.second)})
    assert client.get(address).context["first_missing"] is None


def test_a_refused_form_keeps_what_was_chosen(world):
    client = world.people.client(world.people.trainer)
    name = f"r-{world.anna.pk.hex}-{world.first.pk}"
    answer = client.post(
        world.url("results_of", world.anna.pk), {"moment": "exit", name: "in_progress", "dated_on": "2026-09-01"}
    )
    text = on_one_line(answer)
    assert answer.status_code == 422
    assert "La session n’avait pas commencé ce jour-là" in text
    assert f'name="{name}" value="in_progress" checked' in text
    assert world.noted() == []


def test_a_choice_left_as_it_was_seen_never_replaces_what_somebody_else_noted(world):
    """Two people have the same page open: one notes, the other saves what they chose, and nothing is lost."""
    first, second = (f"r-{world.anna.pk.hex}-{objective.pk}" for objective in (world.first, world.second))
    page = world.people.client(world.people.trainer).get(world.url("results_of", world.anna.pk, moment="exit")).content.decode()
    assert f'name="vu-{first}" value=""' in page
    world.note({(world.anna.pk, world.first.pk): "in_progress"}, actor=world.people.training_manager)
    sent = {"moment": "exit", "dated_on": "2026-09-08", first: "", f"vu-{first}": "", second: "acquired", f"vu-{second}": ""}
    world.people.client(world.people.trainer).post(world.url("results_of", world.anna.pk), sent)
    assert world.noted() == [("Anna", 1, "in_progress"), ("Anna", 2, "acquired")]


@pytest.mark.parametrize(
    ("kept", "seen", "chosen", "after"),
    [
        ("", "", "acquired", "acquired"),
        ("acquired", "acquired", "acquired", "acquired"),
        ("acquired", "acquired", "", ""),
        ("acquired", "acquired", "not_acquired", "not_acquired"),
        ("in_progress", "", "", "in_progress"),
        ("", "acquired", "acquired", ""),
        ("not_acquired", "acquired", "acquired", "not_acquired"),
    ],
)
def test_what_was_seen_decides_who_wins(world, kept, seen, chosen, after):
    if kept:
        world.note({(world.anna.pk, world.first.pk): kept})
    assert world.send(chosen, seen=seen) == 302
    assert world.noted() == ([("Anna", 1, after)] if after else [])


def test_a_choice_made_on_both_sides_comes_back_before_it_wins(world):
    world.note({(world.anna.pk, world.first.pk): "in_progress"}, actor=world.people.training_manager)
    assert world.send("acquired", seen="") == 422
    assert world.noted() == [("Anna", 1, "in_progress")]
    assert world.send("acquired", seen="in_progress") == 302
    assert world.noted() == [("Anna", 1, "acquired")]


def test_the_overview_tells_what_is_missing(world):
    world.note({(world.anna.pk, world.first.pk): "acquired"})
    page = world.people.client(world.people.quality_manager).get(world.url("results", world.session.pk))
    text = page.content.decode()
    assert "Il manque <b>5 résultats</b> sur 6." in text
    assert [column["told"] for column in page.context["objectives"]] == ["1 acquis", ""]
    world.note({(world.bilal.pk, world.first.pk): "not_acquired", (world.chloe.pk, world.first.pk): "acquired"})
    again = world.people.client(world.people.quality_manager).get(world.url("results", world.session.pk))
    assert [column["told"] for column in again.context["objectives"]] == ["2 acquis, 1 non acquis", ""]
    assert [[level for level, _words in row["levels"]] for row in page.context["rows"]] == [["acquired", ""], ["", ""], ["", ""]]
    assert page.context["moment"] == "exit"


@pytest.mark.parametrize("state", [SessionState.DRAFT, SessionState.CANCELLED, SessionState.POSTPONED])
def test_a_session_that_is_not_held_shows_what_is_noted_and_offers_nothing(world, state):
    world.note({(world.anna.pk, world.first.pk): "acquired"})
    world.session.state = state
    world.session.save()
    page = world.people.client(world.people.trainer).get(world.url("results", world.session.pk, moment="exit"))
    text = page.content.decode()
    assert f"La session est au stade « {world.session.get_state_display()} » : il n’y a pas de résultat à noter." in text
    assert (page.context["rows"][0]["levels"], page.context["can_teach"]) == (
        [("acquired", "acquis"), ("", "pas noté")],
        False,
    )
    assert world.url("results_of", world.anna.pk) not in text


def test_a_session_without_programme_says_what_to_do(world):
    world.session.programme = None
    world.session.save()
    text = world.people.client(world.people.training_manager).get(world.url("results", world.session.pk)).content.decode()
    assert "Cette session ne suit aucune version du programme" in text
    assert reverse("sessions:edit", args=["fil-ouest", world.session.pk]) in text
    trainer = world.people.client(world.people.trainer).get(world.url("results", world.session.pk)).content.decode()
    assert reverse("sessions:edit", args=["fil-ouest", world.session.pk]) not in trainer


def test_a_trainer_reaches_only_their_own_sessions(world):
    other = SessionFactory(organisation=world.people.organisation, course=world.session.course, programme=world.programme)
    stranger = EnrolmentFactory(session=other, trainee__last_name="Secret")
    client = world.people.client(world.people.trainer)
    for address in (
        world.url("results", other.pk),
        world.url("objective", other.pk, world.first.pk),
        world.url("results_of", stranger.pk),
        world.url("add_evaluation", other.pk),
    ):
        assert client.get(address).status_code == 404
    assert client.post(world.url("results_of", stranger.pk), {"moment": "exit", "rest": "acquired"}).status_code == 404
    assert ObjectiveResult.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_pages_take_the_same_number_of_queries(world, count, django_assert_num_queries):
    for _number in range(count):
        extra = EnrolmentFactory(session=world.session)
        ObjectiveResultFactory(enrolment=extra, objective=world.first)
        EvaluationFactory(session=world.session)
    client = world.people.client(world.people.training_manager)
    for address, queries in (
        (world.url("results", world.session.pk), 15),
        (world.url("results_of", world.anna.pk), 15),
        (world.url("objective", world.session.pk, world.first.pk), 15),
    ):
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200


def test_an_evaluation_comes_with_its_file(world):
    client = world.people.client(world.people.trainer)
    sent = {
        "title": "Questionnaire final",
        "moment": "exit",
        "held_on": "2026-09-08",
        "file": SimpleUploadedFile("copies.txt", b"Anna : 18 sur 20", content_type="text/plain"),
    }
    assert client.post(world.url("add_evaluation", world.session.pk), sent).url == world.url("results", world.session.pk)
    kept = Evaluation.objects.get()
    assert (kept.title, kept.session, kept.file.name) == ("Questionnaire final", world.session, "copies.txt")
    answer = client.get(world.url("evaluation", kept.pk))
    assert b"".join(answer.streaming_content) == b"Anna : 18 sur 20"
    assert world.people.client(world.people.stranger).get(world.url("evaluation", kept.pk)).status_code == 404


def test_a_file_that_is_refused_says_why_and_keeps_nothing(world):
    client = world.people.client(world.people.trainer)
    sent = {"title": "Vide", "moment": "exit", "held_on": "2026-09-08", "file": SimpleUploadedFile("x.pdf", b"%PDF-pas-un-pdf")}
    answer = client.post(world.url("add_evaluation", world.session.pk), sent)
    assert (answer.status_code, Evaluation.objects.count()) == (422, 0)


def test_an_evaluation_to_come_is_refused(world):
    with pytest.raises(ValidationError) as refused:
        add_evaluation(
            session=world.session,
            title="Demain",
            moment="exit",
            held_on=timezone.localdate() + timedelta(days=1),
            upload=None,
            actor=None,
        )
    assert refused.value.messages == ["Ce jour est à venir : notez l’évaluation une fois faite."]


def test_an_evaluation_that_serves_stays(world):
    evaluation = EvaluationFactory(session=world.session)
    world.note({(world.anna.pk, world.first.pk): "acquired"}, evaluation=evaluation)
    with pytest.raises(ValidationError) as refused:
        remove_evaluation(evaluation=evaluation, actor=None)
    assert refused.value.messages == ["Des résultats viennent de cette évaluation : elle reste au dossier."]
    mistake = EvaluationFactory(session=world.session, title="Par erreur")
    client = world.people.client(world.people.trainer)
    client.post(world.url("remove_evaluation", mistake.pk))
    assert list(Evaluation.objects.all()) == [evaluation]
    assert Entry.objects.get(verb="evaluation.removed").object_label == "Par erreur"
