"""Issuing: one document, a whole session, and what is refused, by name and with where to mend it."""

import io
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from pikepdf import Pdf

from qualiopi.files.verbs import open_checked
from qualiopi.journal.models import Entry
from tests.documents.world import give_away, make_world
from tests.factories import EnrolmentFactory, SessionFactory
from trainings.attendance.models import Mark
from trainings.documents.models import Counter, DocumentKind, Issued, Style, Template
from trainings.documents.queries import Target, drafts_of, lines_of, style_of, targets_of
from trainings.documents.verbs import cancel, issue, save_template
from trainings.documents.wording import Recipients, facts_of, shipped_body
from trainings.people.models import Trainer
from trainings.sessions.models import EnrolmentState

DAY = date(2026, 9, 9)
# A contract comes before the first day.
BEFORE = date(2026, 8, 20)


def issue_all(world, kind, actor=None, **more):
    day = BEFORE if kind == DocumentKind.CONTRACT else DAY
    return issue(session=world.session, kind=kind, targets=targets_of(world.session, kind), actor=actor, issued_on=day, **more)


def read(issued):
    with open_checked(issued.file) as file:
        return Pdf.open(io.BytesIO(file.read()))


@pytest.mark.laid_out
def test_a_certificate_is_numbered_and_frozen(people):
    world = make_world(people.organisation, people=1)

    report = issue_all(world, DocumentKind.COMPLETION, people.training_manager)

    assert report.refused == []
    (issued,) = report.issued
    assert (issued.number, issued.issued_by, issued.enrolment) == ("CR-2026-0001", people.training_manager, world.enrolments[0])
    assert (issued.template_number, issued.issued_on) == (0, DAY)
    assert issued.file.name == "Certificat de réalisation CR-2026-0001, Anaïs Fictive000.pdf"
    with read(issued) as pdf:
        assert len(pdf.pages) == 1
        assert str(pdf.docinfo["/Title"]) == "Certificat de réalisation CR-2026-0001, Anaïs Fictive000"
        assert str(pdf.Root.Lang) == "fr"
    assert Entry.objects.get(verb="issued.created").details == {
        "kind": "completion_certificate",
        "session": "S26-041",
        "for": "Anaïs Fictive000",
        "sha256": issued.file.sha256,
    }


@pytest.mark.parametrize("kind", DocumentKind.values)
def test_every_kind_can_be_issued_for_a_session_where_all_is_filled_in(world, kind):
    if facts_of(kind).recipients is Recipients.SUBCONTRACTOR:
        give_away(world)
    report = issue_all(world, kind)
    assert [str(refusal) for refusal in report.refused] == []
    expected = {Recipients.SESSION: 1, Recipients.COMPANY: 1, Recipients.SUBCONTRACTOR: 1, Recipients.PERSON: 3}
    assert len(report.issued) == (1 if kind == DocumentKind.CONTRACT else expected[facts_of(kind).recipients])
    assert next(issued.number for issued in report.issued) == f"{facts_of(kind).prefix}-2026-0001"
    assert {line.issued for line in lines_of(world.session, kind)} == set(report.issued)


def test_the_same_facts_give_the_same_bytes(people):
    world = make_world(people.organisation, people=1)
    (first,) = issue_all(world, DocumentKind.COMPLETION).issued
    cancel(issued=first, reason="Essai", actor=None)
    Counter.objects.update(last=0)
    Issued.objects.filter(pk=first.pk).update(number="CR-autre")
    (second,) = issue_all(world, DocumentKind.COMPLETION).issued
    assert second.file.sha256 == first.file.sha256


def test_what_is_missing_is_named_with_where_to_mend_it(people):
    world = make_world(people.organisation, people=1, signed=False)
    Style.objects.update(signatory="")

    report = issue_all(world, DocumentKind.COMPLETION)

    assert report.issued == []
    assert [str(refusal) for refusal in report.refused] == [
        "Anaïs Fictive000 : durée réellement suivie (modèle du ministère du Travail) : à compléter dans l’émargement de la session. "
        "signataire de l’organisme (modèle du ministère du Travail) : à compléter dans l’apparence des documents."
    ]
    assert Counter.objects.count() == 0


def test_a_contract_without_the_titles_of_who_teaches_is_refused(world):
    Trainer.objects.filter(pk=world.trainer.pk).update(titles="")
    (refusal,) = issue_all(world, DocumentKind.CONTRACT).refused
    assert refusal.sentences == [
        "titres et qualités des formateurs (Code du travail, L. 6353-4) : à compléter dans la fiche de chaque intervenant de la session."
    ]


def test_a_contract_tells_ten_days_and_thirty_percent(world):
    (target,) = targets_of(world.session, DocumentKind.CONTRACT)
    (draft,) = drafts_of(world.session, DocumentKind.CONTRACT, [target], style=None)
    assert draft.context["tarif"] == {
        "total": "400,00\u00a0€",
        "premier_versement": "120,00\u00a0€",
        "solde": "280,00\u00a0€",
        "financements": [],
    }
    assert "dix jours pour se rétracter" in draft.context["mentions"]["retractation"]
    assert "ne dépasse pas 30 %" in draft.context["mentions"]["paiement"]


def test_a_subcontract_without_its_clause_is_refused(world):
    give_away(world)
    world.session.subcontract.compliance_clause = False
    world.session.subcontract.save()
    (refusal,) = issue_all(world, DocumentKind.SUBCONTRACT).refused
    assert refusal.sentences == [
        "engagement de respecter le référentiel (référentiel, indicateur 27) : à compléter dans le contrat de sous-traitance de la session."
    ]


def test_a_template_that_forgets_a_statement_prevents_the_issue(people):
    world = make_world(people.organisation, people=1)
    body = shipped_body(DocumentKind.COMPLETION).replace("{{ formation.nature }}", "une action")
    assert isinstance(
        save_template(organisation=people.organisation, kind="completion_certificate", body=body, actor=None), Template
    )
    (refusal,) = issue_all(world, DocumentKind.COMPLETION).refused
    assert refusal.sentences == [
        "nature de l’action (modèle du ministère du Travail) : le modèle ne le dit pas, ajoutez-y {{ formation.nature }}."
    ]


def test_the_others_go_on_when_one_is_refused(world):
    Mark.objects.filter(enrolment=world.enrolments[1])._raw_delete("default")
    report = issue_all(world, DocumentKind.COMPLETION)
    assert [issued.enrolment for issued in report.issued] == [world.enrolments[0], world.enrolments[2]]
    assert [issued.number for issued in report.issued] == ["CR-2026-0001", "CR-2026-0002"]
    assert [refusal.label for refusal in report.refused] == ["Malo Fictive001"]


def test_what_is_in_force_is_not_issued_twice(people):
    world = make_world(people.organisation, people=1)
    (first,) = issue_all(world, DocumentKind.COMPLETION).issued
    (refusal,) = issue_all(world, DocumentKind.COMPLETION).refused
    assert str(refusal) == "Anaïs Fictive000 : déjà émis sous le numéro CR-2026-0001 ; annulez-le pour l’émettre de nouveau."
    cancel(issued=first, reason="Nom mal écrit", actor=None)
    (second,) = issue_all(world, DocumentKind.COMPLETION).issued
    assert second.number == "CR-2026-0002"
    (line,) = lines_of(world.session, DocumentKind.COMPLETION)
    assert (line.issued, line.cancelled) == (second, [first])


def test_a_target_of_another_session_is_refused(world):
    other = EnrolmentFactory(session=SessionFactory(organisation=world.session.organisation))
    with pytest.raises(ValidationError, match="Ce document n’est pas celui de cette session"):
        issue(
            session=world.session,
            kind=DocumentKind.COMPLETION,
            targets=[Target(other.session, enrolment=other)],
            actor=None,
        )


def test_who_each_kind_is_for(world):
    alone, sent, withdrawn = world.enrolments[2], world.enrolments[0], world.enrolments[1]
    withdrawn.state, withdrawn.ended_on = EnrolmentState.WITHDRAWN, date(2026, 9, 1)
    withdrawn.save()
    world.session.enrolments.filter(pk=sent.pk).update(state=EnrolmentState.ABANDONED)

    def labels(kind):
        return [target.label for target in targets_of(world.session, kind)]

    assert labels(DocumentKind.COMPLETION) == [str(sent.trainee), str(alone.trainee)]
    assert labels(DocumentKind.CONVOCATION) == [str(alone.trainee)]
    assert labels(DocumentKind.CONTRACT) == [str(alone.trainee)]
    assert labels(DocumentKind.AGREEMENT) == ["Brasserie Inventée"]
    assert labels(DocumentKind.RULES) == ["S26-041"]
    assert labels(DocumentKind.SUBCONTRACT) == []
    world.session.run_for = "Organisme donneur"
    assert labels(DocumentKind.AGREEMENT) == []


@pytest.mark.parametrize("kind", ["completion_certificate", "end_attestation", "agreement", "convocation"])
def test_the_number_of_queries_does_not_depend_on_the_people(people, kind, django_assert_num_queries):
    few, many = make_world(people.organisation, people=2), make_world(people.sister, people=6)
    expected = {"completion_certificate": 9, "end_attestation": 10, "agreement": 9, "convocation": 7}[kind]
    for world in (few, many):
        session = type(world.session).objects.select_related("course", "organisation", "programme").get(pk=world.session.pk)
        style = style_of(session.organisation)
        with django_assert_num_queries(expected):
            drafts_of(session, kind, targets_of(session, kind), style=style)


def test_a_sheet_carries_the_end_of_the_chain(world):
    (target,) = targets_of(world.session, DocumentKind.ATTENDANCE_SHEET)
    (draft,) = drafts_of(world.session, DocumentKind.ATTENDANCE_SHEET, [target], style=None)
    assert draft.context["emargement"]["empreinte"].replace(" ", "") == world.session.chain.fingerprint
    assert draft.context["emargement"]["lignes"] == "6"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"hours": 7}, "7\u00a0h"),
        ({"hours": 14}, "7\u00a0h (émargement tenu pour 7\u00a0h seulement, sur les 14\u00a0h de la session)"),
        (
            {"hours": None, "ends_on": date(2026, 9, 8)},
            "7\u00a0h (émargement tenu pour 7 septembre 2026 seulement ; session : 7 et 8 septembre 2026)",
        ),
    ],
)
@pytest.mark.parametrize("kind", [DocumentKind.COMPLETION, DocumentKind.ATTESTATION])
def test_hours_that_rest_on_half_days_short_of_the_session_say_so(people, kind, said, expected):
    world = make_world(people.organisation, people=1)
    session = world.session
    session.duration_hours, session.ends_on = said["hours"], said.get("ends_on", session.ends_on)
    if said["hours"] is None:
        session.programme.__class__.objects.filter(pk=session.programme_id).update(duration_hours=None)
        session.programme.duration_hours = session.course.duration_hours = None
    (draft,) = drafts_of(session, kind, targets_of(session, kind), style=style_of(session.organisation))
    assert draft.context["realisation"]["duree"].replace("\u202f", " ") == expected
