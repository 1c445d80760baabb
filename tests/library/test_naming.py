"""What the names of files say: a table of names as training organisations give them. Right or nothing."""

import unicodedata

import pytest

from evidence.library.naming import Numbers, TypeRead, read_numbers, read_type
from evidence.library.naming.words import RULES
from evidence.library.telling import numbers_told, type_told
from qualiopi.standard.book import expectations
from qualiopi.standard.grids import grid

# Name of the file, its type, the part of the name that says it.
TYPES = [
    ("organigramme.pdf", "organisation_chart", "organigramme"),
    ("Organigramme nominatif 2025 v3.PDF", "organisation_chart", "Organigramme"),
    ("Convention signée.pdf", "agreement", "Convention signée"),
    ("Convention SOFITEX signée 12-03-2026.pdf", "agreement", "Convention SOFITEX signée"),
    ("CONVENTION_SIGNEE_DUPONT.pdf", "agreement", "CONVENTION_SIGNEE"),
    ("ConventionSignee2025.pdf", "agreement", "ConventionSignee"),
    ("Convention%20sign%C3%A9e.pdf", "agreement", "Convention signée"),
    ("Convention de formation ACME.pdf", "agreement", "Convention de formation"),
    ("Indicateur n°05 - conventions signées.pdf", "agreement", "conventions signées"),
    ("devis signé acme.pdf", "agreement", "devis signé"),
    ("Contrat de formation professionnelle Dupont.pdf", "individual_contract", "Contrat de formation"),
    ("Convention de stage.pdf", "workplace_agreement", "Convention de stage"),
    ("Convention bilan de compétences signée.pdf", "skills_assessment_agreement", "Convention bilan de compétences"),
    ("contrat sous-traitance.pdf", "subcontract", "contrat sous-traitance"),
    ("CV Dupont.pdf", "cv", "CV"),
    ("CV_DUPONT_Jean_2025.docx", "cv", "CV"),
    ("CV2025.pdf", "cv", "CV"),
    ("règlement intérieur.pdf", "internal_rules", "règlement intérieur"),
    ("Réglement Intérieur V2 (1).pdf", "internal_rules", "Réglement Intérieur"),
    ("RI stagiaires.pdf", "internal_rules", "RI stagiaires"),
    ("livret d'accueil.pdf", "welcome_booklet", "livret d'accueil"),
    ("LIVRET-ACCUEIL_v3.docx", "welcome_booklet", "LIVRET-ACCUEIL"),
    ("feuille d'émargement.pdf", "attendance_sheet", "feuille d'émargement"),
    ("FeuilleEmargement_S26.pdf", "attendance_sheet", "FeuilleEmargement"),
    ("Emargements S26-041.pdf", "attendance_sheet", "Emargements"),
    ("Salle C2 - émargement.pdf", "attendance_sheet", "émargement"),
    ("Émargement réunion d'information.pdf", "briefing_record", "Émargement réunion d'information"),
    ("certificat de réalisation DUPONT.pdf", "completion_certificate", "certificat de réalisation"),
    ("Attestation de fin de formation.pdf", "end_attestation", "Attestation de fin de formation"),
    ("Attestation de formation formateur Leroy.pdf", "training_certificate", "Attestation de formation formateur"),
    ("Convocation stagiaires S26.pdf", "joining_instructions", "Convocation"),
    ("Convocation Dupont.msg", "joining_instructions", "Convocation"),
    ("Convocation examen.pdf", "exam_records", "Convocation examen"),
    ("Procès-verbal de jury.pdf", "exam_records", "Procès-verbal de jury"),
    ("PV conseil de perfectionnement.pdf", "council_minutes", "PV conseil de perfectionnement"),
    ("Procédure de traitement des réclamations.pdf", "complaint_procedure", "Procédure de traitement des réclamations"),
    ("Registre des réclamations 2026.xlsx", "complaint_register", "Registre des réclamations"),
    ("Compte-rendu réunion pédagogique 12 juin.docx", "meeting_minutes", "Compte-rendu réunion"),
    ("CR réunion OPCO.pdf", "funder_exchange", "réunion OPCO"),
    ("plaquette.pdf", "programme_sheet", "plaquette"),
    ("Fiche programme Excel.pdf", "programme_sheet", "Fiche programme"),
    ("Programme détaillé Excel.pdf", "detailed_programme", "Programme détaillé"),
    ("Support de cours Excel.pptx", "learning_resources", "Support de cours"),
    ("Plan de développement des compétences 2026.pdf", "development_plan", "Plan de développement des compétences"),
    ("i32_plan d'actions amélioration.docx", "action_plan", "plan d'actions amélioration"),
    ("Analyse des besoins.pdf", "need_analysis", "Analyse des besoins"),
    ("Questionnaire satisfaction rempli Leroy.pdf", "survey_answers", "Questionnaire satisfaction rempli"),
    ("Synthèse satisfaction 2025.pdf", "survey_summary", "Synthèse satisfaction"),
    ("C6I23 veille réglementaire.pdf", "watch_log", "veille réglementaire"),
    ("Liste des partenaires handicap.xlsx", "disability_network", "Liste des partenaires handicap"),
    ("Bail commercial.pdf", "site_file", "Bail commercial"),
    ("Évaluation des acquis complétée.pdf", "learning_evaluation", "Évaluation des acquis complétée"),
    ("Lettre de mission du référent handicap.pdf", "role_appointment", "Lettre de mission du référent"),
]
# Names that say no type: what the standard does not name, what is not finished, what may be two things.
NOTHING = [
    "BPF 2025.pdf",
    "Bilan pédagogique et financier 2025.pdf",
    "attestation URSSAF.pdf",
    "Attestation de formation.pdf",
    "CGV.pdf",
    "KBIS.pdf",
    "RC pro 2026.pdf",
    "DUERP.xlsx",
    "charte handicap.pdf",
    "planning formateurs.xlsx",
    "procès-verbal.pdf",
    "certificat Qualiopi.pdf",
    "scan0001.pdf",
    "IMG_2034.HEIC",
    "document.pdf",
    "I17.pdf",
    "C6_I23_veille.pdf",
    "Ind. 11 - évaluation.pdf",
    "Programme Excel.pdf",
    "Convention.pdf",
    "Convention collective.pdf",
    "Convention collective signée.pdf",
    "Convention de partenariat signée.pdf",
    "Convention non signée.pdf",
    "Convention à signer.docx",
    "Modèle convention de formation.docx",
    "avenant.pdf",
    "Avenant convention de formation.pdf",
    "Contrat de sous-traitance non signé.pdf",
    "Relance convention signée.pdf",
    "Convention signée.eml",
    "Atelier CV.pdf",
    "Organigramme et CV.pdf",
    "Livret d’accueil formateur.pdf",
    "Preuve de remise livret d'accueil.pdf",
    "Procédure d'émargement.pdf",
    "Feuille d'émargement vierge.pdf",
    # Filled in or not: the name does not say.
    "questionnaire satisfaction à chaud.pdf",
]
# Name, indicators in the grid of 2026, the part that says them.
NUMBERS = [
    ("C6_I23_veille.pdf", (23,), "C6_I23"),
    ("C6I23 veille.pdf", (23,), "C6I23"),
    ("Critère 6 - Indicateur 23 - veille.pdf", (23,), "Critère 6 - Indicateur 23"),
    ("I23_C6.pdf", (23,), "I23"),
    ("Ind. 11 - évaluation.pdf", (11,), "Ind. 11"),
    ("I17.pdf", (17,), "I17"),
    ("i32_plan.docx", (32,), "i32"),
    ("I17 (2).pdf", (17,), "I17"),
    ("I17 - 2 salles.pdf", (17,), "I17"),
    ("I33.pdf", (33,), "I33"),
    ("Indicateur n°05 - conventions.pdf", (5,), "Indicateur n°05"),
    ("I4-12-2025.pdf", (4,), "I4"),
    ("I4_12 mars 2025.pdf", (4,), "I4"),
    ("2025-03-12 I4.pdf", (4,), "I4"),
    ("I1_I2_plaquette.pdf", (1, 2), "I1_I2"),
    ("I23 I24 veille.pdf", (23, 24), "I23 I24"),
    ("indicateurs 4, 5 et 8.pdf", (4, 5, 8), "indicateurs 4, 5 et 8"),
    ("Indicateurs 23 à 25.pdf", (23, 24, 25), "Indicateurs 23 à 25"),
    ("I23 veille I23.pdf", (23,), "I23"),
]
NO_NUMBER = [
    "C2.pdf",
    "Plan salle C2.pdf",
    "Critère 6.pdf",
    "Indicateurs de résultats 2025.pdf",
    "23 - veille.pdf",
    "IMG_2034.HEIC",
]
DOUBTFUL = [
    "C1_I23_veille.pdf",  # indicator 23 is of criterion 6
    "Salle C2_I17.pdf",  # a room, or the criterion of another indicator
    "I45 note.pdf",
    "Ind. 0.pdf",
    "I17 locaux (voir I26).pdf",  # one of them is what the piece refers to
    "I23-24-25.pdf",  # three indicators, or a date
    "I17_2.pdf",  # two indicators, or a copy
]


@pytest.mark.parametrize(("name", "expected", "said"), TYPES)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_says_its_type(form, name, expected, said):
    assert read_type(unicodedata.normalize(form, name)) == TypeRead(expected, said)


@pytest.mark.parametrize("name", NOTHING)
def test_a_name_that_is_not_certain_says_nothing(name):
    assert read_type(name) == TypeRead()


@pytest.mark.parametrize(("name", "indicators", "said"), NUMBERS)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_gives_its_indicators(form, name, indicators, said):
    assert read_numbers(unicodedata.normalize(form, name), grid("2026")) == Numbers(indicators, said)


@pytest.mark.parametrize("name", NO_NUMBER)
def test_a_name_without_an_indicator(name):
    assert read_numbers(name, grid("2026")) == Numbers()


@pytest.mark.parametrize("name", DOUBTFUL)
def test_numbers_that_can_be_read_in_two_ways_give_nothing(name):
    assert read_numbers(name, grid("2026")) == Numbers(doubtful=True)


def test_an_indicator_that_the_grid_does_not_have_is_doubtful():
    assert [read_numbers("I33.pdf", grid(year)) for year in ("2019", "2026")] == [Numbers(doubtful=True), Numbers((33,), "I33")]


def test_the_words_say_types_of_the_standard():
    assert {rule.type for rule in RULES} - set(expectations().document_types) == {""}


@pytest.mark.parametrize(
    ("chosen", "told"), [("cv", "Type proposé d’après le nom du fichier : « CV »."), ("agreement", ""), ("", "")]
)
def test_a_proposed_type_tells_where_it_comes_from_as_long_as_it_is_chosen(chosen, told):
    assert type_told(TypeRead("cv", "CV"), chosen=chosen) == told


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        (Numbers(), ""),
        (Numbers((23,), "I23"), "Indicateur coché d’après le nom du fichier : « I23 »."),
        (Numbers((1, 2), "I1_I2"), "Indicateurs cochés d’après le nom du fichier : « I1_I2 »."),
        (
            Numbers(doubtful=True),
            "Le nom du fichier donne un numéro d’indicateur que nous ne lisons pas à coup sûr : à vous de choisir.",
        ),
    ],
)
def test_indicators_tell_where_they_come_from(numbers, told):
    assert numbers_told(numbers) == told
