"""Trainees and enrolments from tables."""

from datetime import date

import pytest

from tests.factories import EnrolmentFactory, FunderFactory, FundingFactory, OrganisationFactory, SessionFactory, TraineeFactory
from tests.imports.running import run
from tests.imports.tables import table
from trainings.people.models import Company, Funder, Trainee
from trainings.sessions.models import Enrolment, EnrolmentState, Funding

pytestmark = pytest.mark.django_db
SENSITIVE = (
    "Cette colonne n’est jamais importée : une situation de handicap ne se recopie pas d’un tableau. "
    "Notez seulement un besoin d’adaptation, avec la personne concernée."
)


@pytest.fixture
def organisation():
    return OrganisationFactory()


@pytest.fixture
def session(organisation):
    return SessionFactory(organisation=organisation, reference="S26-001")


def told(outcome, *, blocking):
    found = outcome.blocking if blocking else outcome.notices
    return [(problem.line, problem.heading, problem.value, problem.sentence) for problem in found]


def paid(enrolment):
    """Who pays for an enrolment, in the order of the file, with the file numbers."""
    return [(str(funding.funder), funding.file_number) for funding in enrolment.fundings.all()]


def test_the_french_sample_says_what_is_wrong_and_what_is_left_out(organisation, session):
    outcome = run(organisation, "enrolments", "stagiaires_excel_fr_cp1252.csv", session="S26-001")
    assert told(outcome, blocking=True) == [
        (
            4, "SIRET", "9,87654E+13",
            "Le tableur a arrondi ce SIRET (9,87654E+13) : ses derniers chiffres sont perdus. "
            "Mettez la colonne au format « Texte » et recopiez les 14 chiffres.",
        )
    ]  # fmt: skip
    assert (1, "Situation de handicap", "", SENSITIVE) in told(outcome, blocking=False)
    assert (5, "", "", "Même personne que la ligne 2 : une seule fiche.") in told(outcome, blocking=False)
    assert Trainee.objects.count() == 0


def test_the_french_sample_without_its_siret_column(organisation, session):
    mapping = {
        "Civilité": "civility", "Nom": "last_name", "Prénom": "first_name", "Date de naissance": "birth_date", "Email": "email",
        "Téléphone": "phone", "Code postal": "postcode", "Entreprise": "company", "Financeur": "funder",
        "N° dossier": "file_number",
    }  # fmt: skip
    outcome = run(organisation, "enrolments", "stagiaires_excel_fr_cp1252.csv", mapping=mapping, session="S26-001")
    assert (outcome.created, outcome.counts["enrolments"], outcome.counts["funders"], outcome.counts["companies"]) == (3, 3, 4, 2)
    anais = Trainee.objects.get(email="anais.lefevre@exemple.fr")
    jose = Trainee.objects.get(email="jose.dornellas@exemple.fr")
    jean = Trainee.objects.get(email="jf.muller@exemple.fr")
    assert (anais.first_name, anais.last_name, anais.civility, anais.phone, anais.postcode) == (
        "Anaïs",
        "Lefèvre",
        "mme",
        "+33612345678",
        "01000",
    )
    assert (jose.first_name, jose.last_name, jose.birth_date, jose.postcode) == ("José", "D'Ornellas", date(1979, 9, 1), "01000")
    assert (jean.first_name, jean.last_name, jean.birth_date, jean.phone) == ("Jean-François", "Müller", None, "+33612345680")
    enrolment = Enrolment.objects.get(trainee=anais)
    assert (str(enrolment.company), enrolment.has_funder, paid(enrolment)) == (
        "Cœur d’Art SARL",
        True,
        [("OPCO Atlas", "2026-0142"), ("AFDAS", "2026-0142")],
    )
    assert dict(Funder.objects.values_list("name", "kind")) == {
        "OPCO Atlas": "opco", "CPF": "cpf", "AFDAS": "opco", "France Travail (AIF)": "france_travail",
    }  # fmt: skip


@pytest.mark.parametrize("content", ["Nom;Email\n{name};a@exemple.fr", "Nom et prénom;Email\n{name} Anaïs;a@exemple.fr"])
def test_a_name_longer_than_what_is_kept_is_refused_and_never_cut(organisation, content):
    outcome = run(organisation, "enrolments", table(content.format(name="F" * 101)))
    assert [problem.sentence for problem in outcome.blocking if problem.sentence.startswith("Ce texte compte")] == [
        "Ce texte compte 101 caractères, au plus 100 sont gardés : raccourcissez-le."
    ]


def test_without_any_session_people_come_in_and_a_notice_says_so(organisation):
    outcome = run(organisation, "enrolments", table("Nom;Prénom\nFictive;Anaïs"))
    assert [problem.sentence for problem in outcome.notices] == [
        "Aucune session n’est indiquée : les personnes sont créées sans inscription, donc sans entreprise ni financeur. "
        "Choisissez une session à l’étape des colonnes pour les inscrire."
    ]
    assert (Trainee.objects.count(), Enrolment.objects.count()) == (1, 0)


def test_an_unknown_session_blocks_by_line_and_for_the_whole_file(organisation, session):
    by_line = run(organisation, "enrolments", table("Nom;Session\nFictive;s26 001\nFictif;S99"))
    assert told(by_line, blocking=True) == [
        (3, "Session", "S99", "La session « S99 » n’existe pas ici : importez d’abord les sessions, ou corrigez la référence.")
    ]
    whole = run(organisation, "enrolments", table("Nom\nFictive"), session="S99", mapping={"Nom": "last_name"})
    assert [problem.sentence for problem in whole.blocking] == ["La session « S99 » n’existe pas ici."]


def test_another_organisation_s_session_does_not_exist(organisation):
    SessionFactory(reference="S1")
    outcome = run(organisation, "enrolments", table("Nom;Session\nFictive;S1"))
    assert len(outcome.blocking) == 1


@pytest.mark.parametrize(
    ("known", "line", "same"),
    [
        ({"email": "a@exemple.fr"}, "FICTIVE;anais;A@exemple.fr;", True),
        ({"email": "a@exemple.fr"}, "Fictive;Anaïs;;", True),
        ({"email": "a@exemple.fr"}, "Fictive;Anaïs;autre@exemple.fr;", False),
        ({"email": "a@exemple.fr"}, "Fictif;Paul;a@exemple.fr;", False),
        ({"birth_date": date(1987, 2, 3)}, "Fictive;Anaïs;nouvelle@exemple.fr;3/2/87", True),
        ({"birth_date": date(1987, 2, 3), "email": "a@exemple.fr"}, "Fictive;Anaïs;b@exemple.fr;3/2/87", True),
        ({"birth_date": date(1987, 2, 3)}, "Fictive;Anaïs;;4/2/87", False),
        ({}, "Anaïs;Fictive;;", True),
    ],
)
def test_who_is_the_same_person(organisation, known, line, same):
    TraineeFactory(organisation=organisation, first_name="Anaïs", last_name="Fictive", **{"email": "", **known})
    run(organisation, "enrolments", table(f"Nom;Prénom;Email;Date de naissance\n{line}"))
    assert Trainee.objects.count() == (1 if same else 2)


def test_a_name_that_two_people_bear_blocks_until_something_tells_them_apart(organisation):
    for birth in (date(1980, 1, 1), date(1990, 1, 1)):
        TraineeFactory(organisation=organisation, first_name="Anaïs", last_name="Fictive", email="", birth_date=birth)
    outcome = run(organisation, "enrolments", table("Nom;Prénom\nFictive;Anaïs"))
    assert [problem.sentence for problem in outcome.blocking] == [
        "Plusieurs personnes portent ce nom : ajoutez une adresse e-mail ou une date de naissance."
    ]


def test_an_address_shared_in_the_file_makes_two_people(organisation):
    content = "Nom;Prénom;Email\nFictive;Anaïs;accueil@exemple.fr\nFictif;Paul;accueil@exemple.fr"
    outcome = run(organisation, "enrolments", table(content))
    assert told(outcome, blocking=False)[1:] == [
        (3, "Email", "accueil@exemple.fr", "Adresse partagée avec Anaïs Fictive : ce sont deux personnes, deux fiches.")
    ]
    assert Trainee.objects.count() == 2


def test_a_second_import_changes_nothing(organisation, session):
    content = table("Nom;Prénom;Email;Session;Entreprise;Financeur\nFictive;Anaïs;a@exemple.fr;S26-001;Société;CPF")
    run(organisation, "enrolments", content)
    again = run(organisation, "enrolments", content)
    assert (again.created, again.updated, again.unchanged, again.counts) == (
        0, 0, 1, {"enrolments": 0, "enrolments_updated": 0, "companies": 0, "funders": 0},
    )  # fmt: skip
    assert (Trainee.objects.count(), Enrolment.objects.count(), Company.objects.count()) == (1, 1, 1)


def test_a_known_enrolment_gains_a_funder_and_keeps_the_one_it_had(organisation, session):
    funder = FunderFactory(organisation=organisation, name="AFDAS")
    enrolment = EnrolmentFactory(session=session, trainee__email="a@exemple.fr")
    funding = FundingFactory(enrolment=enrolment, funder=funder)
    trainee = enrolment.trainee
    head = f"{trainee.last_name};{trainee.first_name};a@exemple.fr;S26-001"
    content = table(f"Nom;Prénom;Email;Session;Financeur;Dossier\n{head};CPF;C-1\n{head};AFDAS;A-7")
    outcome = run(organisation, "enrolments", content)
    enrolment.refresh_from_db()
    assert (enrolment.has_funder, paid(enrolment)) == (True, [("AFDAS", "A-7"), ("CPF", "C-1")])
    assert outcome.counts["enrolments_updated"] == 1
    assert outcome.undo_log["updated"] == {
        "trainings.Enrolment": {str(enrolment.pk): {"has_funder": [None, True]}},
        "trainings.Funding": {str(funding.pk): {"file_number": ["", "A-7"]}},
    }
    cpf = Funder.objects.get(name="CPF")
    assert outcome.undo_log["links"] == {"trainings.Funding": [{"enrolment_id": str(enrolment.pk), "funder_id": str(cpf.pk)}]}


def test_a_file_number_needs_the_name_of_its_funder(organisation, session):
    outcome = run(organisation, "enrolments", table("Nom;Session;Financeur;Dossier\nFictive;S26-001;;C-1"))
    assert told(outcome, blocking=False) == [
        (2, "Dossier", "C-1", "Un numéro de dossier va avec un financeur : nommez le financeur pour le garder.")
    ]
    assert Funding.objects.count() == 0


def test_a_day_of_departure_needs_a_departure(organisation, session):
    EnrolmentFactory(
        session=session,
        trainee__first_name="",
        trainee__last_name="Partie",
        state=EnrolmentState.ABANDONED,
        ended_on=date(2026, 9, 7),
        end_reason="emploi",
    )
    content = "Nom;Session;Statut;Date de sortie\nFictive;S26-001;;08/09/2026\nPartie;S26-001;Inscrit;"
    outcome = run(organisation, "enrolments", table(content))
    assert told(outcome, blocking=False) == [
        (
            2, "Date de sortie", "08/09/2026",
            "Une date de sortie va avec un désistement, une interruption ou un abandon : elle n’est pas gardée.",
        )
    ]  # fmt: skip
    assert list(Enrolment.objects.values_list("state", "ended_on", "end_reason")) == [("enrolled", None, "")] * 2


def test_the_same_enrolment_twice_has_two_funders_and_the_file_number_that_came_first(organisation, session):
    lines = ("AFDAS;A-1", "CPF;", "AFDAS;A-2")
    content = "Nom;Email;Session;Financeur;Dossier\n" + "\n".join(f"Fictive;a@exemple.fr;S26-001;{line}" for line in lines)
    outcome = run(organisation, "enrolments", table(content))
    assert sorted(paid(Enrolment.objects.get())) == [("AFDAS", "A-1"), ("CPF", "")]
    assert told(outcome, blocking=False) == [
        (3, "", "", "Même personne que la ligne 2 : une seule fiche."),
        (4, "", "", "Même personne que la ligne 2 : une seule fiche."),
        (4, "Dossier", "A-2", "Un autre numéro de dossier est indiqué ligne 2 : il est gardé."),
    ]


def test_the_pipe_separated_list_of_the_public_employment_service(organisation, session):
    content = (
        "c_nomcorrespondance|c_prenomcorrespondance|c_adresseemail|c_telephone1|dn_session_id|dc_siret|dc_raisonsociale|liste_financeur\n"
        "LEFÈVRE|Anaïs|NULL|612345678|S26-001|00000000000000|NULL|4;7\n"
    )
    run(organisation, "enrolments", table(content))
    trainee, enrolment = Trainee.objects.get(), Enrolment.objects.get()
    assert (trainee.email, trainee.phone, enrolment.company, paid(enrolment)) == ("", "+33612345678", None, [("4;7", "")])


def test_the_second_sheet_of_the_follow_up_workbook(organisation):
    SessionFactory(organisation=organisation, reference="1")
    outcome = run(organisation, "enrolments", "suivi_formations.xlsx")
    assert (outcome.created, outcome.counts["enrolments"]) == (2, 2)
    assert sorted(map(str, Trainee.objects.all())) == ["Anaïs Lefèvre", "José D'Ornellas"]


@pytest.mark.parametrize("number", [1, 30])
def test_the_number_of_queries_does_not_follow_the_lines(organisation, session, number, django_assert_num_queries):
    lines = "\n".join(f"Nom{n};Prénom{n};p{n}@exemple.fr;S26-001;Société {n};OPCO {n}" for n in range(number))
    content = table(f"Nom;Prénom;Email;Session;Entreprise;Financeur\n{lines}")
    with django_assert_num_queries(14):
        run(organisation, "enrolments", content)
    assert Enrolment.objects.count() == number
