"""Files as people really have them: what their columns say, file by file (samples/field).

Sessions S1 (12-13 January 2026) and S2 (2-6 February 2026) exist beforehand. Each file comes in right, and says what was chosen.
"""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import OrganisationFactory, SessionFactory
from tests.imports.running import read, run
from trainings.people.models import Trainee
from trainings.sessions.models import Enrolment, Session
from trainings.surveys.models import Answer, Response

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    organisation = OrganisationFactory()
    for reference, first, last in (("S1", date(2026, 1, 12), date(2026, 1, 13)), ("S2", date(2026, 2, 2), date(2026, 2, 6))):
        SessionFactory(organisation=organisation, reference=reference, starts_on=first, ends_on=last)
    return organisation


@pytest.fixture
def bring(organisation):
    """Import a file of samples/field; everything must come in unless ``blocked``."""

    def bring_in(name, kind, *, blocked=False, **options):
        outcome = run(organisation, kind, f"field/{name}", **options)
        assert bool(outcome.blocking) == blocked, outcome.blocking
        return outcome

    return bring_in


def told(outcome):
    """What is told of the columns and of the lines, with « ? » before a doubt."""
    return [f"{'? ' if note.kind == 'doubt' else ''}{note.sentence}" for note in outcome.notes]


def notices(outcome):
    return [(problem.line, problem.sentence) for problem in outcome.notices]


def enrolled():
    """Session, last name, first name and state of everybody enrolled."""
    rows = Enrolment.objects.order_by("session__reference", "trainee__last_name")
    return list(rows.values_list("session__reference", "trainee__last_name", "trainee__first_name", "state"))


def people(*fields):
    return list(Trainee.objects.order_by("last_name", "first_name").values_list(*fields))


def sessions(*fields):
    """The sessions that a file brought, in the order of their references."""
    return list(Session.objects.exclude(reference__in=["S1", "S2"]).order_by("reference").values_list(*fields))


def answers(*fields):
    return sorted(Response.objects.values_list(*fields), key=str)


# -- trainees -------------------------------------------------------------------------------------------------------------


def test_e09c_what_stands_under_the_list_is_nobody(bring):
    outcome = bring("e09c_footers_no_session_col.csv", "enrolments", session="S1")
    assert [last_name for _session, last_name, *_rest in enrolled()] == ["Durand", "Müller"]
    note = outcome.notes[0]
    assert (note.kind, note.sentence, note.lines, note.words) == (
        "left_out",
        "Lignes laissées de côté : elles ne nomment personne.",
        (5, 6),
        ("2 stagiaires inscrits", "Signature du formateur :"),
    )


def test_e12a_particles_stay_with_the_family_name_and_the_birth_name_goes_apart(bring):
    outcome = bring("e12a_names_particle_nee.csv", "enrolments")
    assert people("last_name", "first_name", "birth_name") == [
        ("De La Tour d'Auvergne", "Marie", ""),
        ("Dupont", "Luc", ""),
        ("Dupont", "Sophie", "Martin"),
    ]
    assert told(outcome) == [
        "? Colonne « Nom Prénom » : vérifiez ces noms : « DE LA TOUR d'AUVERGNE Marie » nom De La Tour d'Auvergne, prénom Marie ; "
        "« DUPONT (née MARTIN) Sophie » nom Dupont, prénom Sophie, nom de naissance Martin."
    ]


def test_e13_the_address_between_the_angle_brackets_and_the_first_of_two(bring):
    outcome = bring("e13_email_display.csv", "enrolments")
    assert enrolled() == [("S1", "Dupont", "Marie", "enrolled"), ("S1", "Durand", "Luc", "enrolled")]
    assert people("email") == [("marie@exemple.fr",), ("luc@exemple.fr",)]
    assert told(outcome) == [
        "Ligne 3 : plusieurs adresses remises dans une cellule.",
        "? Colonne « Adresse e-mail » : plusieurs adresses dans une cellule, ligne 3 : la première est gardée.",
    ]


def test_e14_the_users_of_a_learning_platform(bring):
    bring("e14_moodle_users.csv", "enrolments")
    assert enrolled() == [("S1", "Durand", "Paul", "enrolled"), ("S1", "Martin", "Zoé", "enrolled")]
    assert people("email") == [("p@exemple.fr",), ("z@exemple.fr",)]
    assert Enrolment.objects.get(trainee__last_name="Durand").company.name == "ACME"


def test_e14b_the_participants_of_a_learning_platform(bring):
    bring("e14b_moodle_participants.csv", "enrolments")
    assert enrolled() == [("S1", "Durand", "Paul", "enrolled")]
    assert people("email") == [("p@exemple.fr",)]


def test_e22_the_trainee_s_own_address_and_not_the_company_s(bring):
    bring("e22_emails_contact_only.csv", "enrolments")
    assert people("last_name", "email", "phone") == [("Durand", "p@exemple.fr", "")]


def test_e18_a_session_said_once_holds_for_the_lines_under_it(bring):
    outcome = bring("e18_session_only_on_first_line.csv", "enrolments")
    assert [(session, last_name) for session, last_name, *_rest in enrolled()] == [
        ("S1", "Durand"), ("S1", "Martin"), ("S1", "Petit"), ("S2", "Noir"), ("S2", "Roux"),
    ]  # fmt: skip
    assert told(outcome) == ["? Colonne « Session » : les cellules vides reprennent celle du dessus."]
    assert outcome.notes[0].lines == (3, 4, 6)


def test_e18_read_the_other_way_each_line_without_a_session_is_told(bring):
    outcome = bring("e18_session_only_on_first_line.csv", "enrolments", readings={"Session": "as_it_is"})
    assert (len(people("pk")), len(enrolled())) == (5, 2)
    assert notices(outcome) == [
        (line, "Aucune session sur cette ligne : la personne est créée sans inscription.") for line in (3, 4, 6)
    ]


def test_e24b_an_abandonment_is_one_and_a_waiting_list_is_no_enrolment(bring):
    outcome = bring("e24b_states_silent.csv", "enrolments")
    assert enrolled() == [("S1", "Martin", "Zoé", "abandoned")]
    assert notices(outcome) == [(3, "Pas d’inscription : cette personne n’est pas inscrite, ou pas encore.")]


def test_e26_the_states_of_the_personal_training_account(bring):
    bring("e26_edof_clean.csv", "enrolments")
    assert enrolled() == [("S1", "Durand", "Paul", "enrolled")]


def test_e41_a_number_of_overseas_is_one_and_a_digit_short_is_refused(bring):
    outcome = bring("e41_phones.csv", "enrolments", blocked=True)
    assert [(problem.line, problem.value, problem.sentence) for problem in outcome.blocking] == [
        (3, "06 12 34 56 7", "Ce numéro n’est pas complet. Écrivez-le comme 06 12 34 56 78 ou +33 6 12 34 56 78.")
    ]


def test_e41_without_its_wrong_line(organisation):
    content = read("field/e41_phones.csv", "enrolments")
    outcome = run(organisation, "enrolments", type(content)(**{**content.__dict__, "rows": content.rows[:1]}))
    assert (outcome.blocking, people("last_name", "phone")) == ([], [("Hoarau", "+262692123456")])


def test_x08b_the_titles_of_blocks_give_the_session(bring):
    outcome = bring("x08b_blocks_per_session.xlsx", "enrolments")
    assert [(session, last_name) for session, last_name, *_rest in enrolled()] == [("S1", "Durand"), ("S2", "Martin")]
    assert "? Ces titres donnent la session des personnes qui les suivent." in told(outcome)


def test_x14_days_that_a_spreadsheet_counts_are_births_before_1982_too(bring):
    outcome = bring("x14_numbers.xlsx", "enrolments")
    assert people("last_name", "birth_date", "phone", "postcode") == [
        ("Durand", date(1975, 1, 1), "+33612345678", "01000"),
        ("Martin", date(1954, 10, 3), "+33612345678", "75011"),
    ]
    assert sorted(told(outcome)) == [
        "? Colonne « Code postal » : codes à quatre chiffres, ligne 2 : 1000 est lu 01000, en France.",
        "? Colonne « SIRET » : un chiffre est faux, lignes 2 et 3 : ces SIRET ne sont pas repris. "
        "Vérifiez-les sur un devis ou une facture.",
        "Colonne « Date de naissance » : les nombres sont des dates du tableur : 27395 est le 1er janvier 1975.",
    ]


# -- sessions -------------------------------------------------------------------------------------------------------------

UTC = "ces dates sont des minuits de votre heure locale, écrits en heure universelle : la première est le"


@pytest.mark.parametrize(("name", "others"), [("j03_json_iso.csv", []), ("j05_exceljs.xlsx", [("J3", None, None)])])
def test_j03_and_j05_midnights_in_universal_time_are_the_next_day_in_paris(bring, name, others):
    outcome = bring(name, "sessions")
    assert sessions("reference", "starts_on", "ends_on") == [
        ("J1", date(2026, 3, 12), date(2026, 3, 13)),
        ("J2", date(2026, 6, 12), date(2026, 6, 13)),
        *others,
    ]
    assert told(outcome) == [
        f"Colonne « Date de début » : {UTC} 12 mars 2026, et non le 11 mars 2026.",
        f"Colonne « Date de fin » : {UTC} 13 mars 2026, et non le 12 mars 2026.",
    ]


def test_s02_a_range_under_one_heading_gives_both_dates(bring):
    outcome = bring("s02_date_range_heading_date.csv", "sessions")
    assert sessions("reference", "starts_on", "ends_on") == [
        ("A1", date(2026, 3, 12), date(2026, 3, 13)),
        ("A4", date(2026, 3, 12), date(2026, 3, 26)),
        ("A5", date(2026, 3, 12), date(2026, 3, 13)),
    ]
    days = [sentence for _line, sentence in notices(outcome) if sentence.startswith("Plusieurs jours")]
    assert days == [
        "Plusieurs jours dans une cellule : du 12 mars 2026 au 13 mars 2026.",
        "Plusieurs jours dans une cellule (12 mars 2026, 19 mars 2026, 26 mars 2026) : le premier et le dernier sont gardés.",
        "Plusieurs jours dans une cellule (12 mars 2026, 13 mars 2026) : le premier et le dernier sont gardés.",
    ]


def test_s21_several_days_in_a_cell(bring):
    bring("s21_several_days.csv", "sessions")
    assert sessions("reference", "starts_on", "ends_on") == [
        ("F-1", date(2026, 3, 10), date(2026, 3, 12)),
        ("F-2", date(2026, 3, 12), date(2026, 3, 13)),
        ("F-3", date(2026, 3, 12), date(2026, 3, 13)),
        ("F-4", date(2026, 3, 12), date(2026, 3, 16)),
    ]


def test_s05_states_in_the_masculine(bring):
    bring("s05_states_masculine.csv", "sessions")
    assert sessions("reference", "state") == [("A1", "done"), ("A2", "planned"), ("A3", "done"), ("A4", "confirmed")]


def test_s06a_on_site_and_remote_is_mixed(bring):
    bring("s06a_modality_presentiel_et_distanciel.csv", "sessions")
    assert sessions("modality") == [("mixed",)]


def test_s07a_a_point_parts_the_thousands_of_a_price_and_the_other_reading_is_offered(bring):
    outcome = bring("s07a_price_dot_thousands.csv", "sessions")
    assert sessions("price") == [(Decimal("1200"),)]
    assert told(outcome) == ["? Colonne « Prix HT » : « 1.200 € » est lu 1 200 : ce signe sépare les milliers."]
    assert outcome.readings[0]["readings"] == {
        "thousands": "milliers : « 1.200 € » est 1 200",
        "decimals": "décimales : « 1.200 € » est 1,2",
    }


# -- answers --------------------------------------------------------------------------------------------------------------


def test_q01_a_month_first_shows_by_one_day_after_the_twelfth(bring):
    outcome = bring("q01_gforms_us_timestamps.csv", "survey_answers")
    assert answers("answered_on", "overall", "recommendation", "comment") == [
        (date(2026, 1, 12), Decimal("5"), 9, "Great"),
        (date(2026, 1, 13), Decimal("4"), 8, ""),
    ]
    assert told(outcome) == ["Colonne « Timestamp » : le mois est écrit avant le jour, comme le montre « 1/13/2026 17:05:33 »."]


def test_q01b_the_days_of_the_sessions_decide_where_the_column_does_not(bring):
    outcome = bring("q01b_gforms_us_ambiguous.csv", "survey_answers")
    assert answers("answered_on", "overall", "recommendation") == [
        (date(2026, 2, 6), Decimal("5"), 9),
        (date(2026, 2, 7), Decimal("4"), 8),
    ]
    assert told(outcome) == [
        "Colonne « Timestamp » : « 2/6/2026 17:02:33 » est lu le 6 février 2026 : l’autre ordre éloigne ces dates de celles des sessions."
    ]
    assert sorted(outcome.readings[0]["readings"]) == ["day_first", "month_first"]


@pytest.mark.parametrize(
    ("name", "marks", "sentence"),
    [
        (
            "q02_scale_over_10.csv", ["1.5", "2.0", "2.5"],
            "Colonne « Satisfaction globale (/10) » : les notes sont sur 10 et ramenées à 5 : 4 devient 2.",
        ),
        (
            "q02b_scale_4_10_text.csv", ["1.0", "2.0", "2.5"],
            "Colonne « Satisfaction globale » : les notes sont sur 10 et ramenées à 5 : 4 devient 2.",
        ),
    ],
)  # fmt: skip
def test_q02_the_denominator_decides(bring, name, marks, sentence):
    outcome = bring(name, "survey_answers")
    assert sorted(str(overall) for (overall,) in answers("overall")) == marks
    assert sentence in told(outcome)


def test_q13_a_recommendation_of_1_to_5_is_brought_to_ten(bring):
    outcome = bring("q13_nps_1_to_5.csv", "survey_answers")
    assert answers("recommendation") == [(10,), (10,)]
    assert told(outcome)[-1] == (
        "Colonne « Je recommande cette formation (1 = pas du tout, 5 = tout à fait) » : "
        "les notes sont sur 5 et ramenées à 10 : 5 devient 10."
    )


def test_q03_the_words_of_a_scale_are_mapped_once(bring):
    outcome = bring("q03_words.csv", "survey_answers")
    assert answers("overall") == [(Decimal("4"),), (Decimal("5"),)]
    assert sorted(Answer.objects.values_list("question", "number")) == [("objectives", 4), ("objectives", 5)]
    assert [sentence for sentence in told(outcome) if "mots" in sentence] == [
        "? Colonne « Satisfaction globale » : les mots valent des notes sur 5 : « Très satisfait » = 5, « Satisfait » = 4.",
        "? Colonne « Les objectifs sont atteints » : les mots valent des notes sur 5 : « Tout à fait d’accord » = 5, "
        "« Plutôt d’accord » = 4.",
    ]


def test_q03_another_mark_for_a_word(bring):
    bring("q03_words.csv", "survey_answers", words={"Satisfaction globale": {"satisfait": "3"}})
    assert answers("overall") == [(Decimal("3"),), (Decimal("5"),)]


def test_q14_yes_is_no_mark_until_somebody_says_what_it_is_worth(bring):
    outcome = bring("q14_recommend_yes_no.csv", "survey_answers")
    assert answers("overall", "recommendation") == [(Decimal("5"), None)]
    assert (
        "? Colonne « Recommanderiez-vous cette formation ? » : ces mots ne disent aucune note et ne comptent pas : « Oui »."
        in told(outcome)
    )


def test_q14_once_somebody_said_it(bring):
    bring("q14_recommend_yes_no.csv", "survey_answers", words={"Recommanderiez-vous cette formation ?": {"oui": "10"}})
    assert answers("overall", "recommendation") == [(Decimal("5"), 10)]


def test_q04b_the_first_of_january_1980_is_no_date(bring):
    outcome = bring("q04b_limesurvey_1980.csv", "survey_answers")
    assert answers("answered_on", "overall", "recommendation") == [(None, Decimal("4"), 9), (None, Decimal("5"), 10)]
    assert told(outcome) == [
        "Colonne « submitdate » : le 1er janvier 1980 est ce que l’outil écrit quand il ne garde pas les dates : "
        "ces réponses n’ont pas de date."
    ]


def test_q08_equal_answers_of_one_day_are_as_many_answers(bring):
    outcome = bring("q08_same_day_identical.csv", "survey_answers")
    assert answers("answered_on", "overall") == [(date(2026, 1, 12), Decimal("4.0")), *[(date(2026, 1, 12), Decimal("5.0"))] * 3]
    assert notices(outcome) == []
    again = run(outcome_organisation(), "survey_answers", "field/q08_same_day_identical.csv")
    assert (again.created, again.unchanged) == (0, 4)


def outcome_organisation():
    return Response.objects.first().organisation
