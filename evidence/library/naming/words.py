"""The words of the field that say a type of piece, as people name their files: a table, in the order of the standard's own list.

Sources: the labels of qualiopi/standard/data/expectations/documents.yaml; reading guide V9, « exemples de preuves »; names of files
in the folders of training organisations (the table of tests/library/test_naming.py).
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import Final

_SHORTEST_PLURAL = 4


def singular(word: str) -> str:
    """A word without the mark of its plural; words of three letters stay as they are."""
    return word[:-1] if len(word) >= _SHORTEST_PLURAL and word[-1] in "sx" else word


def _words(line: str) -> frozenset[str]:
    return frozenset(map(singular, line.split()))


# A paper that is still to be filled in, signed or found proves nothing of what its words say.
UNFINISHED: Final = _words(
    "modele trame vierge template exemple brouillon draft non pas sans manquant manquante refuse refusee annule annulee type "
    "aucun aucune projet faire remplir completer signer relancer"
)
# A message tells of papers. These it is itself.
MAILS: Final = frozenset({".eml", ".msg"})
MAY_BE_MAIL: Final = frozenset({"joining_instructions", "funder_exchange", "client_brief"})


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that must all stand in a name (each with its other forms), those that must not, and the type that they say then.

    The empty type: what the standard does not name, and what makes any other word of the name doubtful.
    """

    type: str
    needed: tuple[frozenset[str], ...]
    without: frozenset[str]

    def found_in(self, words: Set[str]) -> frozenset[str] | None:
        """The words of the name that say it; None when one is missing or one is too many."""
        found = [forms & words for forms in self.needed]
        return frozenset().union(*found) if all(found) and not self.without & words else None


def _rule(type_: str, line: str) -> Rule:
    needed, _minus, without = line.partition(" - ")
    return Rule(type_, tuple(_words(forms.replace("/", " ")) for forms in needed.split()), _words(without))


_APPRENTICES = "apprenti apprentissage cfa alternance alternant"
_OTHERS = "formateur intervenant salarie collaborateur prestataire"
# What the standard does not name, or what changes the meaning of the words beside it.
_ALONE: Final = _words(
    "bpf cgv kbis urssaf duerp planning calendrier facture facturation relance envoi courriel mail email avenant charte notice guide "
    "tuto checklist procedure liste tableau programme catalogue attestation contrat convention suivi demande accuse remise reception "
    "annexe resiliation annulation retractation rupture reclamation etiquette publipostage archive sommaire index inventaire budget "
    "tarif sauvegarde reglement questionnaire rapport audit note plan diplome evaluation"
)
# Words without accents; their number does not count. « a/b »: either; « - »: without any of the words that follow.
_SAYINGS: Final[dict[str, tuple[str, ...]]] = {
    "programme_sheet": ("fiche programme", f"plaquette - {_APPRENTICES} handicap"),
    "public_page_capture": ("capture site/page/web",),
    "commercial_proposal": ("proposition commerciale", "devis formation"),
    "need_analysis": ("recueil besoin - handicap", "analyse besoin - handicap recrutement"),
    "client_brief": ("cahier charge - certificateur certification site web informatique logiciel sous",),
    "agreement": (
        "convention formation - bilan competence vae stage tripartite certificateur partenariat sous traitance afest apprenti "
        "apprentissage alternance collective cadre formateur interne financeur opco region certification prestation",
        "convention signe/signee - bilan competence vae stage tripartite certificateur partenariat partenaire sous traitance afest "
        "apprenti apprentissage alternance collective cadre formateur occupation location locaux tutorat opco financeur disposition",
        "bon commande signe/signee - fournisseur",
        "devis signe/signee - fournisseur imprimeur",
    ),
    "individual_contract": (
        f"contrat formation - {_APPRENTICES} {_OTHERS} sous traitance travail certificateur prestation professionnalisation "
        "opco intervention",
        "contrat particulier formation",
    ),
    "skills_assessment_agreement": ("convention bilan competence",),
    "vae_support_contract": ("contrat accompagnement vae", "contrat vae"),
    "detailed_programme": ("programme detaille",),
    "teaching_scenario": ("deroule pedagogique", "deroulement pedagogique", "scenario pedagogique"),
    "accreditation": ("convention certificateur", "habilitation certificateur", "habilitation rncp", "habilitation rs"),
    "positioning_procedure": ("procedure positionnement",),
    "positioning_result": ("positionnement complete/rempli/corrige/resultat/reponse",),
    "internal_rules": (
        "ri stagiaire",
        f"reglement interieur - {_APPRENTICES} {_OTHERS} entreprise personnel examen copropriete immeuble",
    ),
    "welcome_booklet": (f"livret accueil - {_APPRENTICES} {_OTHERS} entreprise",),
    "joining_instructions": (
        "convocation - examen jury certification conseil reunion assemblee ag entretien cse jury disciplinaire audit auditeur "
        f"{_OTHERS}",
        "message accueil",
    ),
    "attendance_sheet": (
        "feuille emargement - reunion conseil ag assemblee information remise examen jury certification visite",
        "emargement - reunion conseil ag assemblee information remise examen jury certification visite numerique",
        "feuille presence - reunion conseil ag assemblee information remise examen jury certification visite",
    ),
    "briefing_record": ("emargement reunion information", "emargement information", "emargement remise"),
    "connection_report": ("releve connexion", "rapport connexion", "log connexion"),
    "follow_up_sheet": (f"fiche suivi individuel - {_APPRENTICES}", f"fiche suivi stagiaire - {_APPRENTICES}"),
    "evaluation_process": ("procedure evaluation acqui", "processu evaluation acqui"),
    "learning_evaluation": ("evaluation acquis complete/rempli/remplie/completee/corrige/corrigee/reponse/resultat",),
    "summary_document": ("document synthese bilan competence", "synthese bilan competence"),
    "completion_certificate": ("certificat realisation",),
    "end_attestation": ("attestation fin formation",),
    "dropout_procedure": ("procedure abandon", "procedure decrochage", "procedure absence - salarie personnel"),
    "violence_procedure": ("procedure violence", "procedure harcelement", "procedure discrimination"),
    "work_study_booklet": (
        "livret apprentissage - accueil",
        "carnet liaison",
        "livret liaison",
        "livret suivi apprenti/alternance/alternant/apprentissage",
    ),
    "tutor_exchange": (
        "compte rendu visite tuteur/maitre/apprenti/alternant",
        "cr visite tuteur/maitre/apprenti/alternant",
    ),
    "breakup_procedure": ("procedure rupture",),
    "certifier_rules": ("reglement examen", "reglement certification"),
    "exam_records": (
        "convocation examen",
        "convocation jury",
        "pv jury",
        "pv examen",
        "proces verbal jury",
        "proces verbal examen",
    ),
    "means_inventory": (
        "inventaire materiel/equipement/moyen",
        "description locaux/moyen/equipement",
        "liste materiel/equipement",
    ),
    "site_file": (
        "bail locaux/commercial/professionnel/salle/bureau",
        "contrat location salle/bureau/locaux",
        "registre accessibilite - numerique site web",
        "attestation accessibilite - numerique site web",
    ),
    "organisation_chart": ("organigramme",),
    "meeting_minutes": (
        "compte rendu reunion - opco financeur conseil cse tuteur information france travail region parent copropriete",
        "cr reunion - opco financeur conseil cse tuteur information france travail region parent copropriete",
    ),
    "learning_resources": ("support cours", "support pedagogique", "support stagiaire"),
    "role_appointment": ("lettre mission referent", "designation referent", "nomination referent"),
    "council_minutes": (
        "conseil perfectionnement compte rendu",
        "conseil perfectionnement cr/pv/composition",
        "conseil perfectionnement proces verbal",
    ),
    "required_skills": ("competence attendue formateur/intervenant", "referentiel competence formateur/intervenant"),
    "cv": ("cv - stagiaire apprenti candidat client beneficiaire atelier rediger technique lettre motivation analyse relecture",),
    "qualification": ("diplome formateur/intervenant", "titre professionnel formateur"),
    "selection_record": (
        "grille selection/recrutement/entretien formateur/intervenant",
        "parcour integration formateur/intervenant",
    ),
    "trainer_review": ("observation formateur/intervenant", "entretien annuel formateur", "entretien professionnel formateur"),
    "development_plan": ("plan developpement competence - client entreprise",),
    "training_certificate": ("attestation formation formateur/intervenant", "attestation participation formateur/intervenant"),
    "watch_log": (
        "tableau veille",
        "registre veille",
        "journal veille",
        "suivi veille",
        "veille legale/reglementaire/juridique/pedagogique/metier/technologique - procedure newsletter diffusion exploitation",
    ),
    "disability_network": ("liste partenaire handicap", "annuaire partenaire handicap", "liste reseau handicap"),
    "subcontract": (
        "contrat sous traitance - avenant clause",
        "contrat sous traitant - avenant clause",
        "convention sous traitance - avenant clause",
    ),
    "subcontract_clause": ("avenant conformite sous traitance/traitant", "clause conformite sous traitance/traitant"),
    "compliance_charter": (
        "charte qualite signee",
        "charte qualite formateur/intervenant/traitant/traitance",
        "engagement qualite signe",
    ),
    "partner_list": ("liste partenaire - handicap", "annuaire partenaire - handicap"),
    "workplace_agreement": ("convention stage", "convention tutorat", "protocole afest"),
    "survey_answers": (
        "questionnaire satisfaction rempli/complete/reponse/retour",
        "enquete satisfaction remplie/completee/reponse/retour",
    ),
    "survey_summary": (
        "synthese satisfaction",
        "analyse satisfaction",
        "bilan satisfaction",
    ),
    "funder_exchange": ("sollicitation opco/financeur", "reunion opco/financeur", "echange opco/financeur"),
    "complaint_procedure": ("procedure reclamation", "procedure alea", "procedure difficulte"),
    "complaint_register": ("registre reclamation", "tableau reclamation", "suivi reclamation", "registre alea"),
    "improvement_process": ("demarche amelioration", "procedure amelioration"),
    "action_plan": ("plan action amelioration/qualite/qualiopi/correctif/correctives/corrective",),
    "review_minutes": ("revue direction", "revue qualite", "bilan annuel qualite"),
    "risk_analysis": (
        "registre risque - professionnel incendie sante",
        "analyse risque - professionnel incendie sante",
        "analyse risque qualite",
    ),
    "": (
        *sorted(_ALONE),
        "bilan pedagogique financier",
        "rc pro",
        "responsabilite civile",
        "assurance",
        "extrait kbis",
        "attestation urssaf",
        "attestation vigilance",
        "attestation fiscale",
        "attestation assurance",
        "attestation presence",
        "attestation assiduite",
        "convention collective",
        "convention partenariat",
        "convention occupation",
        "convention tripartite",
        "charte handicap",
        "document unique",
        "reglement jeu",
        "certificat qualiopi",
        "contrat travail",
        "contrat apprentissage",
        "contrat maintenance",
    ),
}
RULES: Final = tuple(_rule(type_, line) for type_, lines in _SAYINGS.items() for line in lines)
