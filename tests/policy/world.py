"""Every address of the product, and real objects to put in it: the organisation's own, and another's."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from evidence.library.models import CoveredLine, Deposit
from evidence.packs.models import Pack
from evidence.readiness.models import SetAside
from qualiopi.exchange.models import ImportRun
from qualiopi.organisations.middleware import policy_of
from qualiopi.organisations.models import Organisation
from qualiopi.organisations.policy import Policy
from qualiopi.standard.book import expectations
from tests.factories import (
    AccreditationFactory,
    BatchFactory,
    CampaignFactory,
    CertifierAuditFactory,
    CompanyFactory,
    ConnectionFactory,
    ConnectionReportFactory,
    CourseFactory,
    DocumentFactory,
    EnrolmentFactory,
    EvaluationFactory,
    FunderFactory,
    HalfDayFactory,
    IntakeFactory,
    MailChoiceFactory,
    MarkFactory,
    MeasureFactory,
    MemberFactory,
    NetworkFactory,
    ObjectiveFactory,
    PersonalIssuedFactory,
    ProgrammeFactory,
    PublicSheetFactory,
    ResponseFactory,
    SessionFactory,
    StepFactory,
    StoredFileFactory,
    SubcontractFactory,
    SubcontractorFactory,
    TraineeFactory,
    TrainerFactory,
    TrainerRecordFactory,
    VersionFactory,
)
from trainings.documents.models import DocumentKind
from trainings.people.models import Trainer

Sample = dict[str, Any]

# What stands behind the parameters of an address whose names don't say it: by name of the address, or of its namespace.
# A parameter called like a sample ("session", "document"…) needs no line here.
BEHIND: dict[str, dict[str, str]] = {
    "catalogue": {"pk": "course"},
    "catalogue:programme": {"pk": "adopted"},
    "catalogue:edit_programme": {"pk": "programme"},
    "catalogue:adopt_programme": {"pk": "programme"},
    "catalogue:discard_programme": {"pk": "programme"},
    "catalogue:edit_accreditation": {"pk": "accreditation"},
    "catalogue:remove_accreditation": {"pk": "accreditation"},
    "catalogue:accreditation_file": {"pk": "accreditation"},
    "people": {"pk": "trainer"},
    "people:trainee": {"pk": "trainee"},
    "people:edit_trainee": {"pk": "trainee"},
    "people:edit_company": {"pk": "company"},
    "people:edit_funder": {"pk": "funder"},
    "people:record_covers": {"pk": "trainer_record"},
    "people:withdraw_record": {"pk": "trainer_record"},
    "people:check_record": {"pk": "trainer_record"},
    "people:download_record": {"pk": "trainer_record"},
    "people:preview_record": {"pk": "trainer_record"},
    "people:subcontractor": {"pk": "subcontractor"},
    "people:edit_subcontractor": {"pk": "subcontractor"},
    "people:create_subcontract": {"pk": "subcontractor"},
    "people:review_subcontractor": {"pk": "subcontractor"},
    "people:edit_subcontract": {"pk": "subcontract"},
    "people:subcontract_file": {"pk": "subcontract"},
    "sessions": {"pk": "session"},
    "sessions:half_day": {"pk": "half_day"},
    "sessions:remove_half_day": {"pk": "half_day"},
    "sessions:step": {"pk": "step"},
    "sessions:tick_step": {"pk": "step"},
    "sessions:reopen_step": {"pk": "step"},
    "attendance": {"pk": "half_day"},
    "attendance:session": {"pk": "session"},
    "attendance:of_trainee": {"pk": "trainee"},
    "attendance:send_links": {"pk": "session"},
    "attendance:sheet": {"pk": "session"},
    "attendance:follow_ups": {"pk": "session"},
    "attendance:follow_up": {"pk": "enrolment"},
    "attendance:correct": {"pk": "mark"},
    "attendance:scanned": {"pk": "mark"},
    "attendance:report": {"pk": "connection_report"},
    "closing": {"pk": "session"},
    "readiness:of_course": {"pk": "course"},
    "readiness:of_trainer": {"pk": "trainer"},
    "sessions:end_enrolment": {"pk": "enrolment"},
    "sessions:resume_enrolment": {"pk": "enrolment"},
    "sessions:edit_enrolment": {"pk": "enrolment"},
    "sessions:enrolment": {"pk": "enrolment"},
    "documents": {"pk": "issued", "kind": "document_kind"},
    "documents:session": {"pk": "session"},
    "documents:of_trainee": {"pk": "trainee"},
    "documents:kind": {"pk": "session"},
    "documents:issue": {"pk": "session"},
    "documents:send_kind": {"pk": "session"},
    "documents:archive": {"pk": "session"},
    "documents:archive_session": {"pk": "session"},
    "documents:issue_moment": {"pk": "session", "moment": "moment_of_documents"},
    "documents:batch": {"pk": "batch"},
    "surveys": {"pk": "session"},
    "adaptations:session": {"pk": "session"},
    "adaptations:answer": {"pk": "enrolment"},
    "adaptations:decision": {"pk": "adaptation"},
    "adaptations:measure": {"pk": "adaptation"},
    "adaptations:follow": {"pk": "measure"},
    "learning:before": {"pk": "session"},
    "learning:send": {"pk": "session"},
    "learning:nothing_to_adapt": {"pk": "session"},
    "learning:add_need": {"pk": "session"},
    "learning:person": {"pk": "enrolment"},
    "learning:intake_link": {"pk": "enrolment"},
    "learning:type_answers": {"pk": "enrolment"},
    "learning:conclude": {"pk": "intake"},
    "learning:results": {"pk": "session"},
    "learning:objective": {"pk": "session"},
    "learning:add_evaluation": {"pk": "session"},
    "learning:exams": {"pk": "session"},
    "learning:exam_dates": {"pk": "session"},
    "learning:results_of": {"pk": "enrolment"},
    "learning:evaluation": {"pk": "evaluation"},
    "learning:remove_evaluation": {"pk": "evaluation"},
    "learning:rates": {"pk": "course"},
    "merging:trainee": {"pk": "trainee"},
    "merging:trainees": {"pk": "trainee", "other": "twin"},
    "merging:trainer": {"pk": "trainer"},
    "merging:trainers": {"pk": "trainer", "other": "twin_trainer"},
    **{
        f"removal:{kind}": {"pk": kind}
        for kind in ("session", "enrolment", "trainee", "trainer", "company", "funder", "course", "subcontractor")
    },
    "dossiers": {"pk": "session"},
    "library": {"pk": "document"},
    "library:of_session": {"pk": "session"},
    "library:download": {"pk": "version"},
    "library:preview": {"pk": "version"},
    "library:kept": {"pk": "kept_file"},
    "library:discard": {"pk": "deposit"},
    "optouts": {"pk": "mail_choice"},
    "packs": {"pk": "pack"},
    "readiness": {"key": "expectation", "pk": "session"},
    "readiness:uncover": {"pk": "covered_line"},
}


@dataclass(frozen=True)
class Address:
    """One line of the URL configuration."""

    name: str
    view: Callable[..., Any]
    parameters: tuple[str, ...]

    @property
    def policy(self) -> Policy | None:
        """What the view declares."""
        return policy_of(self.view, self.name)

    @property
    def of_organisation(self) -> bool:
        return "organisation" in self.parameters

    @property
    def objects(self) -> tuple[str, ...]:
        """The parameters that name something inside the organisation."""
        return tuple(name for name in self.parameters if name != "organisation")

    def url(self, sample: Sample) -> str:
        """The address with these objects; KeyError names what has no sample."""
        return reverse(self.name, kwargs={parameter: sample[self._key(parameter, sample)] for parameter in self.parameters})

    def names_a_row(self, sample: Sample) -> bool:
        """Whether a parameter names a row of the organisation (rather than, say, the number of an indicator)."""
        return any(self._key(parameter, sample) not in SHARED for parameter in self.objects)

    def _key(self, parameter: str, sample: Sample) -> str:
        namespace = self.name.split(":")[0]
        key = BEHIND.get(self.name, {}).get(parameter) or BEHIND.get(namespace, {}).get(parameter) or parameter
        if key not in sample:
            raise KeyError(f"{self.name} : « {parameter} » n'a pas d'exemple (tests/policy/world.py, BEHIND et furnish).")
        return key


# Samples that are the same for every organisation.
SHARED = {
    "number",
    "criterion",
    "expectation",
    "kind",
    "document_kind",
    "moment_of_documents",
    "intake_kind",
    "questionnaire",
    "state",
}


def addresses() -> list[Address]:
    """Every address of the product, from the resolver."""
    return list(_walk(get_resolver(), "", ()))


def _walk(resolver: URLResolver, prefix: str, above: tuple[str, ...]) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        parameters = above + tuple(entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            namespace = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from _walk(entry, namespace, parameters)
        elif isinstance(entry, URLPattern):
            yield Address(f"{prefix}{entry.name}", entry.callback, parameters)


def furnish(organisation: Organisation, marker: str, *, trainer: Trainer | None = None) -> Sample:
    """Give the organisation one object of each kind, whose names hold `marker`, and return what addresses need of them."""
    organisation.name = f"{organisation.name} {marker}"
    organisation.network = organisation.network or NetworkFactory(name=f"Réseau {marker}")
    organisation.save()
    trainer = trainer or TrainerFactory(organisation=organisation, last_name=marker)
    course = CourseFactory(organisation=organisation, title=f"Cours {marker}", certification_title=f"Certification {marker}")
    programme = ProgrammeFactory(course=course, contents=f"Contenu {marker}")
    adopted = ProgrammeFactory(course=course, contents=f"Contenu {marker}", in_force_from=date(2026, 1, 5))
    objective = ObjectiveFactory(programme=programme, text=f"Objectif {marker}")
    PublicSheetFactory(course=course, objectives=f"Objectifs {marker}")
    right = StoredFileFactory(organisation=organisation, name=f"habilitation-{marker}.pdf")
    accreditation = AccreditationFactory(course=course, reference=f"Habilitation {marker}", file=right)
    session = SessionFactory(
        organisation=organisation, course=course, reference=f"S-{marker}", programme=programme, trainers=[trainer]
    )
    session.run_for = f"Donneur d'ordre {marker}"
    session.contract_file = StoredFileFactory(organisation=organisation, name=f"contrat-{marker}.pdf")
    session.save()
    half_day = HalfDayFactory(session=session)
    step = StepFactory(session=session, label=f"Étape {marker}", trainer=trainer)
    trainee = TraineeFactory(organisation=organisation, last_name=marker)
    enrolment = EnrolmentFactory(session=session, trainee=trainee)
    measure = MeasureFactory(request__enrolment=enrolment, request__need=f"Besoin {marker}", text=f"Mesure {marker}")
    campaign = CampaignFactory(session=session)
    sheet = StoredFileFactory(organisation=organisation, name=f"feuille-{marker}.pdf")
    mark = MarkFactory(half_day=half_day, enrolment=enrolment, method="sheet", file=sheet, late=True, reason=f"Motif {marker}")
    connection_report = ConnectionReportFactory(half_day=half_day)
    ConnectionFactory(report=connection_report, seen_name=f"Vu {marker}")
    response = ResponseFactory(campaign=campaign, comment=f"Commentaire {marker}")
    evaluation = EvaluationFactory(
        session=session,
        title=f"Évaluation {marker}",
        file=StoredFileFactory(organisation=organisation, name=f"copies-{marker}.pdf"),
    )
    document = DocumentFactory(organisation=organisation, title=f"Pièce {marker}")
    document.indicator_links.create(indicator=30)
    version = VersionFactory(document=document, file__name=f"{marker}.pdf")
    member = MemberFactory(organisation=organisation, user__full_name=f"Membre {marker}")
    audit = CertifierAuditFactory(organisation=organisation, auditor_name=f"Auditrice {marker}", held_on=date(2099, 3, 18))
    run = ImportRun.objects.create(
        organisation=organisation, kind="sessions", file=StoredFileFactory(organisation=organisation, name=f"import-{marker}.csv")
    )
    deposit = Deposit.objects.create(
        organisation=organisation, file=StoredFileFactory(organisation=organisation, name=f"depot-{marker}.pdf")
    )
    expectation = expectations().of_indicator(30, "2026")[0].key
    decision = SetAside.objects.create(
        organisation=organisation,
        indicator=14,
        ground="no_such_activity",
        until=date(2099, 3, 18),
        reason=f"Motif {marker}",
        decided_by=member.user,
    )
    covered_line = CoveredLine.objects.create(
        organisation=organisation,
        version=version,
        expectation="session_need_analysed",
        session=session,
        line="personne",
        label=f"Ligne {marker}",
        said_by=member.user,
    )
    record = TrainerRecordFactory(
        trainer=trainer, title=f"CV {marker}", file=StoredFileFactory(organisation=organisation, name=f"cv-{marker}.pdf")
    )
    subcontractor = SubcontractorFactory(organisation=organisation, name=f"Sous-traitant {marker}")
    subcontract = SubcontractFactory(
        subcontractor=subcontractor,
        reference=f"ST-{marker}",
        file=StoredFileFactory(organisation=organisation, name=f"contrat-{marker}.pdf"),
    )
    pack = Pack.objects.create(organisation=organisation, audit_date=date(2099, 3, 18), observed_on=date(2026, 11, 23))
    issued = PersonalIssuedFactory(
        enrolment=enrolment,
        kind=DocumentKind.CONTRACT,
        file__name=f"contrat-{marker}.pdf",
        signed_on=date(2026, 9, 10),
        signed_file=StoredFileFactory(organisation=organisation, name=f"contrat-signe-{marker}.pdf"),
    )
    return {
        "organisation": organisation.slug,
        "network": organisation.network.slug,
        "number": 30,
        "expectation": expectation,
        "decision": decision.pk,
        "deposit": deposit.pk,
        "kind": "sessions",
        "document_kind": DocumentKind.CONTRACT.value,
        "moment_of_documents": "avant",
        "issued": issued.pk,
        "batch": BatchFactory(session=session, kind=DocumentKind.CONTRACT).pk,
        "criterion": 7,
        "course": course.pk,
        "programme": programme.pk,
        "adopted": adopted.pk,
        "accreditation": accreditation.pk,
        "company": CompanyFactory(organisation=organisation, name=f"Société {marker}").pk,
        "funder": FunderFactory(organisation=organisation, name=f"Financeur {marker}").pk,
        "session": session.pk,
        "state": "cancelled",
        "half_day": half_day.pk,
        "mark": mark.pk,
        "connection_report": connection_report.pk,
        "step": step.pk,
        "trainer": trainer.pk,
        "trainer_record": record.pk,
        "covered_line": covered_line.pk,
        "subcontractor": subcontractor.pk,
        "subcontract": subcontract.pk,
        "trainee": trainee.pk,
        "twin": TraineeFactory(organisation=organisation, last_name=f"{marker} jumelle").pk,
        "twin_trainer": TrainerFactory(organisation=organisation, last_name=f"{marker} jumeau").pk,
        "enrolment": enrolment.pk,
        "intake": IntakeFactory(enrolment=enrolment, answers={"expectations": f"Attente {marker}"}).pk,
        "intake_kind": "needs",
        "adaptation": measure.request.pk,
        "measure": measure.pk,
        "campaign": campaign.pk,
        "response": response.pk,
        "objective": objective.pk,
        "evaluation": evaluation.pk,
        "kept_file": evaluation.file.pk,
        "questionnaire": "end_of_session",
        "document": document.pk,
        "version": version.pk,
        "mail_choice": MailChoiceFactory(organisation=organisation, email=f"{marker}@exemple.fr".lower()).pk,
        "member": member.pk,
        "audit": audit.pk,
        "run": run.pk,
        "pack": pack.pk,
    }


@contextmanager
def watched_writes() -> Iterator[list[str]]:
    """The statements that wrote something while inside."""
    written: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "TRUNCATE")):
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield written


def state() -> str:
    """A digest of every row that a person can change: the journal, the browsers' sessions and what the first reader keeps are left out."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for table, key in watched_tables():
            digest.update(table.encode())
            # Plain SQL: read some thousand times, and the ORM would be most of it.
            cursor.execute(f"SELECT * FROM {table} ORDER BY {key}")  # noqa: S608 - names of our tables
            for row in cursor:
                digest.update(repr(row).encode())
    return digest.hexdigest()


@cache
def watched_tables() -> list[tuple[str, str]]:
    """The tables that tell whether something changed, each with its key, quoted."""
    quote = connection.ops.quote_name
    left_out = {
        "qualiopi.Entry",
        "sessions.Session",
        "contenttypes.ContentType",
        "auth.Permission",
        "trainings.KeptFacts",
        "trainings.FactMark",
        "trainings.FactRevision",
        "evidence.KeptBoard",
        "evidence.KeptSeen",
    }
    models = [model._meta for model in apps.get_models(include_auto_created=True)]
    return [(quote(meta.db_table), quote(meta.pk.column)) for meta in models if meta.label not in left_out]
