"""Two people open one form: what one saves is never erased unseen by the other. Every form that edits something is walked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client

from qualiopi.organisations.models import Organisation
from tests import cast
from tests.editing.sheets import Sheet, editing_sheet, sheets_of
from tests.factories import HalfDayFactory
from tests.harness.worlds import shared
from tests.policy.world import Address, addresses, furnish, state
from trainings.adaptations.models import AdaptationRequest, Measure
from trainings.documents.models import Issued
from trainings.sessions.models import Session

# What makes something new, or does something once: there is nothing stored that its form shows as its own.
MAKES = {
    "attendance:correct": "ajoute une ligne au registre, qui refuse d’en suivre une déjà suivie",
    "attendance:follow_up": "note un contact de plus",
    "attendance:half_day": "note une absence, une fois",
    "attendance:pass_round": "signe",
    "attendance:remote": "dépose un relevé",
    "attendance:sheet": "dépose une feuille",
    "attendance:sign_for": "signe",
    "adaptations:measure": "prévoit une mesure",
    "audits:plan": "prévoit un audit",
    "library:to_read": "retient une fois, à un nom, ce qui attendait encore",
    "merging:trainees": "réunit deux pages une fois, et refuse si l’une a changé depuis",
    "merging:trainers": "réunit deux pages une fois, et refuse si l’une a changé depuis",
    "catalogue:add_accreditation": "ajoute une habilitation",
    "catalogue:adopt_programme": "adopte une fois",
    "catalogue:create": "crée une formation",
    "catalogue:duplicate": "copie une formation",
    "closing:close": "note ce qui manque encore, et dit ce que quelqu’un a noté entre-temps",
    "documents:cancel": "annule une fois",
    "imports:columns": "prépare un import, qu’une personne mène de bout en bout",
    "imports:upload": "dépose un fichier",
    "indicators:issue": "lance des séries, une fois",
    "learning:add_evaluation": "note une évaluation de plus",
    "learning:add_need": "note un besoin de plus",
    "library:new_version": "ajoute une version",
    "library:sort": "fait une pièce d’un dépôt, une fois",
    "library:upload": "dépose des fichiers",
    "organisations:invite": "invite une personne",
    "organisations:record_audit": "note un audit de plus",
    "packs:create": "demande un dossier",
    "people:add_record": "ajoute une ligne",
    "people:check_record": "retient une fois",
    "people:create_company": "crée une entreprise",
    "people:create_funder": "crée un financeur",
    "people:create_subcontract": "crée un contrat",
    "people:create_subcontractor": "crée un sous-traitant",
    "people:create_trainee": "crée un stagiaire",
    "people:create_trainer": "crée un formateur",
    "people:review_subcontractor": "date une revue de plus",
    "people:withdraw_record": "retire une fois",
    "readiness:conclude": "écrit une conclusion de plus",
    "readiness:cover": "dit une fois ce qu’une pièce couvre",
    "readiness:put_aside": "met de côté une fois",
    "sessions:add_step": "ajoute une étape",
    "sessions:create": "crée une session",
    "sessions:duplicate": "copie une session",
    "sessions:enrol": "inscrit une personne",
    "sessions:resume_enrolment": "note un retour, une fois",
    "sessions:schedule": "ajoute une demi-journée",
    "surveys:papers": "tape des réponses de plus",
}
# What a page asks besides what it stores: the reason of one change, a file, a button of a list.
ASKED_ONCE = {
    "catalogue:edit_programme": {"coller-objectives", "coller-skills", "coller-sequences"},
    "documents:template": {"session"},
    "learning:exams": {"exam_on", "informed_on", "registered_on"},
    "learning:objective": {"dated_on", "evaluation"},
    "learning:results_of": {"dated_on", "evaluation"},
    "attendance:report": {"absent"},
    "library:detail": {"reason"},
}


@dataclass(frozen=True)
class Fight:
    """A field that both change, with what each types; a field that only the first opener changes; what both type besides."""

    name: str
    theirs: str | list[str]
    mine: str | list[str]
    other: str = ""
    typed: str | list[str] = ""
    besides: tuple[tuple[str, str], ...] = ()
    shown: tuple[str, str] = ("", "")

    @property
    def words(self) -> tuple[str, str]:
        """Both values as the page says them."""
        return (self.shown[0] or str(self.theirs), self.shown[1] or str(self.mine))


# Lists of lines, told by tests of their own (here, tests/learning and tests/attendance).
LISTS = {"attendance:report", "learning:exams", "learning:objective", "learning:results_of"}

EDITS = {
    "adaptations:answer": Fight("need", "Une boucle magnétique", "Un plan incliné", "answered_on", "2026-08-30"),
    "adaptations:decision": Fight("decision", "Prévoir une boucle", "Prévoir un plan incliné", "decided_on", "2026-09-02"),
    "adaptations:follow": Fight("state", "under_way", "done", shown=("en cours", "faite")),
    "audits:move": Fight("held_on", "2099-04-01", "2099-05-01", shown=("1er avril 2099", "1er mai 2099")),
    "catalogue:edit": Fight("title", "Cours d’hiver", "Cours d’été", "certifier", "Certificateur inventé"),
    "catalogue:edit_accreditation": Fight("reference", "H-1", "H-2", "valid_until", "2029-01-01"),
    "catalogue:edit_programme": Fight("contents", "Contenu d’hiver", "Contenu d’été", "methods", "Cas pratiques"),
    "catalogue:proofread": Fight("found_at", "Sur le site", "Par courrier"),
    "catalogue:sheet": Fight("audience", "Tout public", "Débutants", "price", "900 €"),
    "documents:sign": Fight("signed_on", "2026-09-11", "2026-09-12", shown=("11 sept. 2026", "12 sept. 2026")),
    "documents:style": Fight("signatory", "Maëlle Kerdraon", "Soazig Perrot", "signatory_title", "directrice"),
    "documents:template": Fight("body", "# Contrat d’hiver", "# Contrat d’été"),
    "learning:conclude": Fight("conclusion", "On ralentit", "On accélère", besides=(("decision", "adapt"),)),
    "learning:type_answers": Fight("expectations", "Apprendre", "Comprendre", "answered_on", "2026-08-30"),
    "library:detail": Fight("comment", "Lisible", "Complète", besides=(("decision", "accept"),)),
    "library:edit": Fight("title", "Pièce d’hiver", "Pièce d’été", "note", "Relue"),
    "organisations:card": Fight("name", "Fil d’hiver", "Fil d’été", "city", "Brest"),
    "organisations:certificate": Fight("certifier", "Certif Nord", "Certif Sud", "certificate_number", "C-77"),
    "organisations:member": Fight(
        "role",
        "trainer",
        "training_manager",
        "until",
        "2099-01-01",
        shown=("Formateur ou formatrice", "Responsable de formation"),
    ),
    "organisations:profile": Fight("remote", "oui", "", "salary_portage", "oui", shown=("oui", "je ne sais pas encore")),
    "people:edit_company": Fight("representative", "Rozenn Inventée", "Gwen Imaginée", "address", "1, rue Inventée"),
    "people:edit_funder": Fight("email", "a@exemple.fr", "b@exemple.fr", "kind", "cpf"),
    "people:edit_subcontract": Fight("content", "Animer", "Concevoir", "price", "900 € par jour"),
    "people:edit_subcontractor": Fight("representative", "Rozenn Inventée", "Gwen Imaginée", "address", "1, rue Inventée"),
    "people:edit_trainee": Fight("first_name", "Anna", "Nina", "postcode", "29200"),
    "people:edit_trainer": Fight("titles", "Brodeuse", "Tisserande", "phone", "+33298000000"),
    "readiness:tighten": Fight("reason", "Exigence d’hiver", "Exigence d’été", besides=(("at_risk", "90"),)),
    "sessions:contract": Fight("run_for", "Organisme du Nord", "Organisme du Sud", "contract_reference", "C-77"),
    "sessions:edit": Fight("place", "Brest", "Quimper", "expected_trainees", "9"),
    "sessions:edit_enrolment": Fight("company", "Filature du Nord", "Filature du Sud", "price", "900,00"),
    "sessions:end_enrolment": Fight(
        "end_reason", "Déménagement", "Changement de poste", besides=(("state", "withdrawn"), ("ended_on", "2026-09-01"))
    ),
    "sessions:half_day": Fight("starts_at", "08:30", "08:45", "remote", "on", shown=("8 h 30", "8 h 45")),
    "sessions:move": Fight(
        "to", "2027-01-11", "2027-01-18", besides=(("reason", "Salle fermée"),), shown=("11 janv. 2027", "18 janv. 2027")
    ),
    "sessions:step": Fight("due_on", "2026-09-03", "2026-09-04", "in_charge", "", shown=("3 sept. 2026", "4 sept. 2026")),
}


@dataclass
class World:
    """One organisation, an object of each kind in it, and two people who may change everything."""

    organisation: Organisation
    sample: dict[str, Any]
    mine: Client
    theirs: Client

    def open(self, name: str) -> Sheet:
        """The form of a page that says what it showed."""
        page = self.mine.get(PAGES[name].url(self.sample))
        return editing_sheet(page.content.decode())

    def send(self, client: Client, page: str, sheet: Sheet, typed: dict[str, str | list[str]]) -> Any:
        """Send a form as it was opened, with what is typed."""
        besides = {} if sheet.came_back else dict(EDITS[page].besides)
        return client.post(sheet.action or PAGES[page].url(self.sample), sheet.typed(besides | typed))


PAGES: dict[str, Address] = {address.name: address for address in addresses()}


def two_openers() -> World:
    """An object of each kind, of which none is signed, filed or decided yet."""
    people = cast.gather()
    sample = furnish(people.organisation, "Marqueouest", trainer=people.trainer_record)
    # What was signed, filed or decided no longer changes: these are not yet.
    session = Session.objects.get(pk=sample["session"])
    sample["half_day"] = HalfDayFactory(session=session, day=date(2026, 9, 8)).pk
    Issued.objects.filter(pk=sample["issued"]).update(signed_file=None)
    return World(people.organisation, sample, people.client(people.quality_manager), people.client(people.network_head))


world = shared(two_openers)


@pytest.fixture
def undecided(world) -> None:
    """A need of adaptation about which nothing was decided."""
    Measure.objects.all().delete()
    AdaptationRequest.objects.update(decision="", decided_on=None, decided_by=None)


def test_every_form_says_what_it_showed_or_makes_something(world):
    """A new form that edits is walked by the tests below, or is named here with its reason."""
    edits, silent = set(), []
    for address in PAGES.values():
        if not address.of_organisation or not address.policy or not address.policy.writes:
            continue
        page = world.mine.get(address.url(world.sample))
        sheets = sheets_of(page.content.decode()) if page.status_code == 200 and not page.streaming else []
        for sheet in sheets:
            asked = sheet.changeable - ASKED_ONCE.get(address.name, set())
            told = {name for name in asked if sheet.tells(name)}
            if told and address.name not in MAKES:
                edits.add(address.name)
            if asked - told and address.name not in MAKES:
                silent.append((address.name, sorted(asked - told)))
    assert silent == []
    assert edits | {"library:detail"} == set(EDITS) | set(LISTS)


@pytest.mark.parametrize("name", [name for name, fight in EDITS.items() if fight.other])
def test_two_fields_changed_by_two_people_are_both_kept(world, name, request):
    prepare(name, request)
    fight = EDITS[name]
    sheet, other = world.open(name), world.open(name)
    assert world.send(world.theirs, name, other, {fight.name: fight.theirs}).status_code == 302
    answer = world.send(world.mine, name, sheet, {fight.other: fight.typed})
    assert answer.status_code == 302, errors_of(answer)
    after = world.open(name)
    assert (after.value(fight.name), after.value(fight.other)) == (fight.theirs, fight.typed)


@pytest.mark.parametrize("name", EDITS)
def test_a_field_changed_by_two_people_comes_back_with_both_values(world, name, request):
    prepare(name, request)
    fight = EDITS[name]
    sheet, other = world.open(name), world.open(name)
    assert world.send(world.theirs, name, other, {fight.name: fight.theirs}).status_code == 302
    before = state()
    refused = world.send(world.mine, name, sheet, {fight.name: fight.mine})
    assert (refused.status_code, state()) == (422, before)
    theirs, mine = fight.words
    both = (f"enregistré « {theirs} »", f"écriviez « {mine} »")
    said = [plain(str(error)) for error in form_of(refused).errors.get(fight.name, [])]
    assert [all(words in error for words in both) for error in said] == [True], errors_of(refused)
    page = plain(unescape(refused.content.decode()))
    assert [words in page for words in (*both, "Cette page a changé pendant que vous écriviez")] == [True] * 3
    again = editing_sheet(refused.content.decode())
    again.came_back = True
    chosen = world.send(world.mine, name, again, {})
    assert chosen.status_code == 302, errors_of(chosen)
    assert str(world.open(name).value(fight.name)).strip() == fight.mine


def prepare(name: str, request: pytest.FixtureRequest) -> None:
    if name == "adaptations:answer":
        request.getfixturevalue("undecided")


def form_of(answer: Any) -> Any:
    """The form of a page that came back."""
    context = answer.context
    if "editor" in context:
        return context["editor"].texts
    return context["review_form" if "review_form" in context else "form"]


def errors_of(answer: Any) -> Any:
    """What a page that came back complains of."""
    return form_of(answer).errors if answer.context else answer


def plain(text: str) -> str:
    """A text with plain spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")
