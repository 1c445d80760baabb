"""Invented people, companies and courses of the demonstration. Nobody here exists."""

from __future__ import annotations

from qualiopi.organisations.enums import Role
from trainings.people.models import TrainerStatus

NETWORK = ("Les Ateliers du Fil", "ateliers-du-fil")
# Slug, name, city, postcode, activity number (invented, of the right shape).
ORGANISATIONS = (
    ("fil-ouest", "Ateliers du Fil Ouest", "Rennes", "35000", "53351234535"),
    ("fil-sud", "Ateliers du Fil Sud", "Toulouse", "31000", "76311234531"),
)
HEAD = ("jaouen.bihan@exemple.fr", "Jaouen Bihan")
# Organisation, e-mail, name, role.
MEMBERS = (
    ("fil-ouest", "maelle.kerdraon@exemple.fr", "Maëlle Kerdraon", Role.QUALITY_MANAGER),
    ("fil-ouest", "soazig.perrot@exemple.fr", "Soazig Perrot", Role.TRAINING_MANAGER),
    ("fil-ouest", "yann.legoff@exemple.fr", "Yann Le Goff", Role.TRAINER),
    ("fil-ouest", "odile.verif@exemple.fr", "Odile Vérif", Role.AUDITOR),
    ("fil-sud", "maelle.kerdraon@exemple.fr", "Maëlle Kerdraon", Role.QUALITY_MANAGER),
    ("fil-sud", "soazig.perrot@exemple.fr", "Soazig Perrot", Role.TRAINING_MANAGER),
    ("fil-sud", "malo.quere@exemple.fr", "Malo Quéré", Role.TRAINER),
)
# First name, last name, status, e-mail of an account (or empty).
TRAINERS = {
    "fil-ouest": (
        ("Yann", "Le Goff", TrainerStatus.CARRIED, "yann.legoff@exemple.fr"),
        ("Inès", "Carvalho", TrainerStatus.CARRIED, ""),
        ("Nolwenn", "Tanguy", TrainerStatus.CARRIED, ""),
        ("Gwenaël", "Fictif", TrainerStatus.EMPLOYEE, ""),
    ),
    "fil-sud": (
        ("Malo", "Quéré", TrainerStatus.CARRIED, "malo.quere@exemple.fr"),
        ("Aminata", "Inventée", TrainerStatus.CARRIED, ""),
        ("Thibault", "Imaginaire", TrainerStatus.EMPLOYEE, ""),
    ),
}
# Title, hours.
COURSES = (
    ("Animer une réunion qui décide", 14),
    ("Prise de parole en public", 14),
    ("Lire un bilan quand on n’est pas comptable", 7),
    ("Conduire un entretien professionnel", 14),
    ("Tableur : gagner du temps", 7),
    ("Prévenir les risques psychosociaux", 7),
    ("Accueillir un public en situation de handicap", 14),
)
COMPANIES = ("Cœur d’Art SARL", "Habitat Imaginaire", "Brasserie de l’Inventé", "Atelier Mer & Bois SCOP", "Mairie de Fabule")
FUNDERS = (
    ("OPCO Fictif", "opco"),
    ("Fonds Imaginaire des indépendants", "faf"),
    ("France Travail (invention)", "france_travail"),
)
FIRST_NAMES = (
    "Anaïs",
    "José",
    "Jean-François",
    "Marie-Hélène",
    "Karim",
    "Élodie",
    "Nathan",
    "Chloé",
    "Bao",
    "Fatou",
    "Loïc",
    "Sarah",
)
LAST_NAMES = (
    "Fictive",
    "d’Ornement",
    "Exemple",
    "Guivarc’hoù",
    "Imaginé",
    "Roussel-Fiction",
    "Démo",
    "Inventaire",
    "Modèle",
    "Essai",
)
PLACES = ("12, rue Inventée, Rennes", "Salle des Possibles, Quimper", "Locaux du client", "3, place Imaginaire, Nantes")
COMMENTS = (
    "J’ai enfin compris comment préparer une réunion. On part de nos situations, pas d’un diaporama.",
    "Très bien, merci. La salle était un peu froide le matin.",
    "Le rythme était trop rapide le deuxième jour.",
    "Des exercices concrets, que j’ai repris dès le lundi.",
    "Le niveau était trop élevé pour moi, je n’ai pas osé le dire le premier jour.",
    "",
    "",
    "",
)
# Type of piece, title, indicators, months before today, months of validity (0: none). What an organisation files once.
PAPERS = (
    ("results_page", "Résultats publiés de l’année", (2,), 3, 12),
    ("results_method", "Note de calcul des résultats", (2,), 3, 0),
    ("positioning_procedure", "Procédure de positionnement", (8,), 8, 0),
    ("internal_rules", "Règlement intérieur des stagiaires", (9,), 10, 0),
    ("support_arrangements", "Qui accompagne, comment le joindre", (10,), 6, 0),
    ("evaluation_process", "Évaluer les acquis : étapes et outils", (11,), 9, 0),
    ("dropout_procedure", "Absences et abandons : ce que nous faisons", (12,), 9, 0),
    ("means_inventory", "Salles, matériel et plateforme", (17,), 7, 0),
    ("organisation_chart", "Organigramme nominatif et fonctionnel", (18, 26), 5, 0),
    ("meeting_minutes", "Compte rendu de la réunion des formateurs de printemps", (18, 30), 7, 0),
    ("meeting_minutes", "Compte rendu de la réunion des formateurs d’automne", (18, 30), 2, 0),
    ("remote_assistance", "Aide technique et pédagogique à distance", (19,), 6, 0),
    ("required_skills", "Compétences attendues des intervenants", (21,), 11, 0),
    ("development_plan", "Plan de développement des compétences", (22,), 4, 12),
    ("watch_log", "Tableau de veille", (23, 24, 25), 1, 0),
    ("watch_use", "Ce que le décret du 1er août 2026 change chez nous", (23,), 2, 0),
    ("watch_use", "Ce que la veille métiers a changé", (24, 25), 3, 0),
    ("disability_network", "Partenaires handicap et contacts", (26,), 5, 12),
    ("subcontracting_process", "Choix et suivi des intervenants portés", (27,), 6, 0),
    ("funder_exchange", "Réunion annuelle des financeurs", (30,), 6, 0),
    ("complaint_procedure", "Difficultés, réclamations et aléas", (31,), 8, 0),
    ("complaint_register", "Registre des réclamations", (31,), 1, 0),
    ("improvement_process", "Démarche d’amélioration continue", (32,), 9, 0),
    ("review_minutes", "Revue qualité de l’année", (32,), 4, 0),
    ("action_plan", "Plan d’amélioration", (32,), 4, 0),
)
# What comes last, when the audit is near.
LATE_PAPERS = (
    ("violence_procedure", "Violences, harcèlement, discriminations : prévenir et traiter", (12,), 0, 0),
    ("risk_analysis", "Analyse des risques qualité", (32,), 0, 12),
)
SESSION_PAPERS: tuple[tuple[str, str, tuple[int, ...], int], ...] = (
    ("need_analysis", "Recueil du besoin", (4,), -20),
    ("positioning_result", "Positionnements", (8,), -3),
    ("joining_instructions", "Convocations", (9,), -10),
    ("agreement", "Conventions signées", (5,), -12),
    ("attendance_sheet", "Feuilles d’émargement", (10,), 0),
    ("learning_evaluation", "Évaluations des acquis", (11,), 1),
    ("completion_certificate", "Certificats de réalisation", (11,), 4),
)
COURSE_PAPERS = (
    ("programme_sheet", "Fiche programme publique", (1,)),
    ("detailed_programme", "Programme détaillé et déroulé", (5, 6)),
    ("learning_resources", "Supports remis", (19,)),
)
TRAINER_PAPERS = (("cv", "CV", (21,), 12), ("training_certificate", "Attestation de formation continue", (22,), 6))
CARRIED_PAPER = ("compliance_charter", "Engagement qualité signé", (27,), 9)
