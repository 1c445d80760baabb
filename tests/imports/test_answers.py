"""Survey answers from the files of survey tools."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import CampaignFactory, OrganisationFactory, SessionFactory
from tests.imports.running import read, run
from tests.imports.tables import table
from trainings.sessions.models import Session
from trainings.surveys.models import Answer, Campaign, Response

pytestmark = pytest.mark.django_db
NO_NAME = "Cette colonne n’est pas importée : une réponse reste sans nom ni adresse."
DUPLICATE = "Même réponse, à la seconde près, que la ligne 4 : comptée une fois."


@pytest.fixture
def organisation():
    organisation = OrganisationFactory()
    for number in (1, 2):
        SessionFactory(organisation=organisation, reference=f"S26-00{number}", ends_on=date(2026, 9, 8))
    return organisation


def told(problems):
    return [(problem.line, problem.heading, problem.value, problem.sentence) for problem in problems]


def without(content, *lines):
    return type(content)(**{**content.__dict__, "rows": tuple(row for row in content.rows if row.line not in lines)})


def test_the_google_sheet_says_every_fault_and_writes_nothing(organisation):
    outcome = run(organisation, "survey_answers", "satisfaction_google_sheets_utf8.csv")
    heading = "Globalement, êtes-vous satisfait(e) de la formation ?"
    assert told(outcome.blocking) == [
        (6, heading, "7", "La note 7 sort de l’échelle, qui va de 1 à 5."),
        (
            6, "Votre session de formation", "S26-999",
            "La session « S26-999 » n’existe pas ici : importez d’abord les sessions, ou corrigez la référence.",
        ),
    ]  # fmt: skip
    sentences = [(line, sentence) for line, _heading, _value, sentence in told(outcome.notices)]
    assert (5, DUPLICATE) in sentences
    assert (1, NO_NAME) in sentences
    assert (4, "Gardé comme du texte : une formule ne s’exécute jamais ici.") in sentences
    assert (3, "« Partiellement » n’est pas une note de 1 à 5 : cette réponse-là n’est pas comptée.") in sentences
    assert (Response.objects.count(), Campaign.objects.count()) == (0, 0)


def test_the_google_sheet_without_its_wrong_line(organisation):
    content = without(read("satisfaction_google_sheets_utf8.csv", "survey_answers"), 6)
    outcome = run(organisation, "survey_answers", content)
    assert (outcome.created, outcome.counts) == (3, {"campaigns": 1})
    kept = Response.objects.order_by("answered_on", "-overall")
    assert list(kept.values_list("answered_on", "overall", "recommendation", "comment")) == [
        (date(2026, 1, 13), Decimal("5"), 10, "Très bien, merci !\nSalle un peu froide."),
        (date(2026, 1, 13), Decimal("4"), 8, ""),
        (date(2026, 1, 14), Decimal("4.5"), 9, "=SOMME(1;2) je plaisante"),
    ]  # fmt: skip
    assert sorted(Answer.objects.values_list("question", "number")) == [
        ("trainer", Decimal("4")), ("trainer", Decimal("5")), ("trainer", Decimal("5")),
    ]  # fmt: skip
    campaign = Campaign.objects.get()
    assert (campaign.session.reference, campaign.questionnaire, campaign.opened_on) == (
        "S26-001",
        "end_of_session",
        date(2026, 1, 13),
    )


def test_nothing_kept_says_who_answered_nor_at_what_time(organisation):
    run(organisation, "survey_answers", without(read("satisfaction_google_sheets_utf8.csv", "survey_answers"), 6))
    kept = repr(list(Response.objects.values())) + repr(list(Answer.objects.values()))
    assert [word for word in ("anais", "dornellas", "17:02", "08:01", "(17, 2") if word in kept.lower()] == []


@pytest.mark.parametrize(
    ("name", "created"),
    [
        ("satisfaction_google_forms_download_utf8.csv", 2),
        ("satisfaction_ms_forms.xlsx", 2),
        ("avis_utf16be_anotea_shape.csv", 2),
    ],
)
def test_a_second_import_adds_nothing(organisation, name, created):
    outcomes = [run(organisation, "survey_answers", name) for _each in range(2)]
    assert [(outcome.created, outcome.unchanged) for outcome in outcomes] == [(created, 0), (0, created)]
    assert Response.objects.count() == created


def test_decimal_marks_and_sessions_of_the_public_opinions(organisation):
    run(organisation, "survey_answers", "avis_utf16be_anotea_shape.csv")
    assert list(Response.objects.order_by("overall").values_list("campaign__session__reference", "overall", "comment")) == [
        ("S26-002", Decimal("2"), "Trop rapide"),
        ("S26-001", Decimal("4.2"), "Formation très concrète"),
    ]


def test_question_codes_are_mapped_by_hand_and_an_unfinished_answer_is_left_out(organisation):
    mapping = {"id": "identifier", "submitdate": "submitted", "token": "person", "G01Q01": "overall", "G01Q03": "comment"}
    outcome = run(organisation, "survey_answers", "satisfaction_limesurvey_codes_utf8bom.csv", mapping=mapping, session="s26-001")
    assert told(outcome.notices) == [
        (1, "token", "", NO_NAME),
        (3, "submitdate", "", "Réponse non terminée, jamais envoyée : laissée de côté."),
    ]
    assert list(Response.objects.order_by("answered_on").values_list("overall", "comment")) == [(5, "Très bien"), (3, "")]


def test_unknown_codes_alone_ask_for_a_mapping(organisation):
    outcome = run(organisation, "survey_answers", "satisfaction_limesurvey_codes_utf8bom.csv")
    assert [problem.sentence for problem in outcome.blocking] == [
        "Aucune colonne ne répond à une question de l’enquête : choisissez-les dans les colonnes."
    ]


def test_answers_without_a_time_stamp_are_never_called_duplicates(organisation):
    content = table("Session;Satisfaction\nS26-001;5\nS26-001;5\nS26-001;5")
    first = run(organisation, "survey_answers", content)
    other_file = run(organisation, "survey_answers", content, content=b"un autre")
    same_file = run(organisation, "survey_answers", content)
    assert (first.created, first.notices, other_file.created, same_file.created) == (3, [], 3, 0)
    assert Response.objects.count() == 6


def test_the_same_moment_in_two_sessions_is_two_answers(organisation):
    content = "Horodateur;Session;Satisfaction\n13/01/2026 17:02:11;S26-001;5\n13/01/2026 17:02:11;S26-002;5"
    assert run(organisation, "survey_answers", table(content)).created == 2


def test_an_open_campaign_receives_the_answers(organisation):
    session = Session.objects.for_organisation(organisation).get(reference="S26-001")
    campaign = CampaignFactory(session=session)
    outcome = run(organisation, "survey_answers", table("Session;Satisfaction\nS26-001;5"))
    assert (Response.objects.get().campaign, outcome.counts) == (campaign, {"campaigns": 0})


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("14/01/2026 8:00:00;S26-001;5;8,5", "Une recommandation est un nombre entier de 0 à 10."),
        ("14/01/2026 8:00:00;S26-001;5;11", "La note 11 sort de l’échelle, qui va de 0 à 10."),
        ("14/01/2099 8:00:00;S26-001;5;8", "Cette réponse porterait une date à venir, le 14 janvier 2099."),
        ("14/01/2026 25:00:00;S26-001;5;8", "Il n’y a pas d’heure « 25:00:00 ». Écrivez-la comme 17:02."),
        ("14/01/2026 8:00:00;;5;8", "Il manque la session de cette réponse."),
        (
            "14/01/2026 8:00:00;S26-001;chouette;8",
            "« chouette » (ligne 2) n’est pas reconnu : dites ce que ce mot devient, à l’étape des colonnes.",
        ),
        ("14/01/2026 8:00:00;S26-001;5 sur mille;8", "Cette note n’est pas un nombre de 1 à 5."),
    ],
)
def test_what_blocks(organisation, line, sentence):
    outcome = run(organisation, "survey_answers", table(f"Horodateur;Session;Satisfaction;Recommandation\n{line}"))
    assert [problem.sentence for problem in outcome.blocking] == [sentence]


def test_an_empty_line_is_told_and_left_out(organisation):
    outcome = run(organisation, "survey_answers", table("Session;Satisfaction\nS26-001;\nS26-001;5"))
    assert (told(outcome.notices), outcome.created) == (
        [(2, "", "", "Aucune question n’a de réponse : ligne laissée de côté.")], 1,
    )  # fmt: skip


@pytest.mark.parametrize("number", [1, 30])
def test_the_number_of_queries_does_not_follow_the_lines(organisation, number, django_assert_num_queries):
    lines = "\n".join(f"{n:02d}/01/2026 8:00:00;S26-00{1 + n % 2};5" for n in range(1, number + 1))
    content = table(f"Horodateur;Session;Animation\n{lines}")
    with django_assert_num_queries(8):
        run(organisation, "survey_answers", content)
    assert Response.objects.count() == number
