"""From the database to the engine's facts, in a constant number of queries."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from evidence.engine.dates import months_before
from evidence.engine.facts import (
    Audience,
    AuditKind,
    DocumentFacts,
    Facts,
    HandSet,
    OrganisationFacts,
    PastAudit,
    TightenedThreshold,
)
from evidence.library.models import CoveredLine, IndicatorLink, ReviewState, SubjectLink, Version
from evidence.readiness.covers import lacking_lines, read_covers
from evidence.readiness.models import RuleSetting, SetAside
from evidence.readiness.models import TightenedThreshold as TightenedRow
from evidence.readiness.remembering import Filed, Recalled
from qualiopi.identifiers import Names, as_day, raw
from qualiopi.organisations.enums import AuditKind as VisitKind
from qualiopi.organisations.enums import Role
from qualiopi.organisations.models import CertifierAudit, Member, Organisation
from qualiopi.organisations.queries import audit_date_for
from qualiopi.standard.book import expectations
from qualiopi.web.dates import as_date
from qualiopi.zones import on_days_of, today_of
from trainings.facts.keeping import Reading, wrongly_kept
from trainings.facts.moments import end_of
from trainings.facts.reading import facts_showing, training_facts
from trainings.sessions.models import Session

# Types of documents of which the title is compared with what courses require.
COMPARED = frozenset({"qualification"})
_AUDIENCES: Mapping[str, Audience | None] = {audience.value: audience for audience in Audience}


def gather(*, organisation: Organisation, audit_date: date, observed_on: date, recalled: Recalled | None = None) -> Facts:
    """Everything the engine may look at for this organisation, in some twenty queries. Reads only.

    `audit_date` chooses which dated settings hold and closes the list of the certifier's earlier visits, of which only those held by
    `observed_on` are kept. The earlier of the two closes the reading: what is dated later is left out.
    """
    settings = _settings(audit_date)
    # For an audit to come, what is recorded for a later day is not there yet.
    until = min(audit_date, observed_on)
    trainings = training_facts(organisation, **_reading(settings, until, audit_date)._asdict())
    own = {row.id for row in trainings.trainers if row.subcontractor_id == row.id}

    def filed() -> Filed:
        return _documents(organisation, own, until=until)

    documents, covered = recalled.documents(until, filed) if recalled else filed()
    covers = read_covers(covered) if covered else ()
    return Facts(
        organisation=_organisation(organisation, audit_date, observed_on),
        courses=tuple(trainings.courses),
        sessions=tuple(trainings.sessions),
        trainers=tuple(trainings.trainers),
        subcontractors=tuple(trainings.subcontractors),
        companies=tuple(trainings.companies),
        funders=tuple(trainings.funders),
        documents=documents,
        hand_set=_hand_set(organisation),
        covers=covers,
        lacking=lacking_lines(covers, until=until),
        tightened=_tightened(organisation),
        settings=settings,
    )


def gather_denied(*, organisation: Organisation, audit_date: date, observed_on: date, conditions: Collection[str]) -> Facts:
    """What may show one of these conditions that the profile denies, in seven queries; no query when there is none.

    To be asked only whom an indicator concerns (`evidence.engine.evaluate.concerned`): documents and the work of sessions are not there.
    """
    if not conditions:
        return Facts(organisation=OrganisationFacts(id=str(organisation.pk), name=organisation.name))
    showing = facts_showing(organisation, conditions, today=min(audit_date, observed_on))
    return Facts(
        organisation=_organisation(organisation, audit_date, observed_on),
        courses=tuple(showing.courses),
        sessions=tuple(showing.sessions),
        trainers=tuple(showing.trainers),
        settings=_settings(audit_date),
    )


def _reading(settings: Mapping[str, int], until: date, audit_date: date) -> Reading:
    """How sessions are read up to a day, for an audit."""
    return Reading(
        until=until,
        today=until,
        absent_half_days=_figure(settings, "unexplained_absence_half_days", audit_date),
        row_open_days=_figure(settings, "absence_row_open_days", audit_date),
    )


def reading_of_today(organisation: Organisation) -> Reading:
    """How its sessions are read for its board of today. Two queries."""
    today = today_of(organisation)
    audit_date = audit_date_for(organisation, today=today)
    return _reading(_settings(audit_date), min(audit_date, today), audit_date)


def sessions_kept_wrongly(organisation: Organisation) -> list[str]:
    """The references of the sessions of which something else is kept than what they tell today."""
    with on_days_of(organisation):
        found = wrongly_kept(organisation, reading_of_today(organisation))
    return list(Session.objects.for_organisation(organisation).filter(pk__in=found).values_list("reference", flat=True))


def _organisation(organisation: Organisation, audit_date: date, observed_on: date) -> OrganisationFacts:
    visits = list(CertifierAudit.objects.for_organisation(organisation).order_by("held_on"))
    held = [visit for visit in visits if visit.held_on < audit_date and visit.held_on <= observed_on]
    staff = Member.objects.for_organisation(organisation).filter(role__in=[Role.QUALITY_MANAGER, Role.TRAINING_MANAGER]).count()
    return OrganisationFacts(
        id=str(organisation.pk),
        name=organisation.name,
        activity_started_on=organisation.activity_started_on,
        certified_on=organisation.certified_on,
        past_audits=tuple(
            PastAudit(kind=AuditKind(visit.kind), held_on=visit.held_on, categories=frozenset(visit.categories)) for visit in held
        ),
        never_audited=False if held else _never_audited(organisation, visits, audit_date),
        # One account may be the only trainer's own; two can't.
        has_other_staff=True if staff > 1 else None,
    )


def _never_audited(organisation: Organisation, planned: list[CertifierAudit], audit_date: date) -> bool | None:
    """No visit is recorded yet: True when it is known that none took place, None when the record may just be missing."""
    if organisation.certified_on is not None:
        return None
    profile = organisation.profile
    began = organisation.activity_started_on
    in_first_year = began is not None and began > months_before(audit_date, 12)
    starting = in_first_year and bool(profile.categories) and profile.new_entrant_categories == profile.categories
    return True if starting or (planned and planned[0].kind == VisitKind.INITIAL) else None


def _documents(organisation: Organisation, own_subcontractors: set[str], *, until: date) -> Filed:
    """The last version, by that day, of each document that was neither withdrawn by then nor refused; and those of these versions that
    somebody said cover something. Announced documents, without a file, prove nothing."""
    names = Names()
    there = Q(document__withdrawn_at__isnull=True) | Q(document__withdrawn_at__gte=end_of(until))
    mine = Q(document__organisation=organisation) & there
    indicators = _grouped(IndicatorLink.objects.filter(mine).values_list(raw("document_id"), "indicator"))
    courses: defaultdict[Any, list[str]] = defaultdict(list)
    sessions: defaultdict[Any, list[str]] = defaultdict(list)
    trainers: defaultdict[Any, list[str]] = defaultdict(list)
    subcontractors: defaultdict[Any, list[str]] = defaultdict(list)
    links = SubjectLink.objects.filter(mine).order_by("id")
    for document, course, session, trainer, subcontractor in links.values_list(
        raw("document_id"), raw("course_id"), raw("session_id"), raw("trainer_id"), raw("subcontractor_id")
    ):
        if session is not None:
            sessions[document].append(names[session])
        elif course is not None:
            courses[document].append(names[course])
        elif trainer is not None:
            trainers[document].append(names[trainer])
            if names[trainer] in own_subcontractors:
                subcontractors[document].append(names[trainer])
        else:
            subcontractors[document].append(names[subcontractor])
    by_then = Q(effective_on__isnull=True) | Q(effective_on__lte=until)
    newer = Version.objects.filter(by_then, document=OuterRef("document"), number__gt=OuterRef("number"))
    # What is dated later comes last: it stands for a document that had no version yet, and proves nothing.
    rows = (
        Version.objects.for_organisation(organisation)
        .filter(~Exists(newer), there)
        .exclude(document__review_state=ReviewState.REFUSED)
        .order_by("document_id", "-number")
        .annotate(covers=Exists(CoveredLine.objects.filter(version=OuterRef("pk"))))
        .values_list(
            raw("document_id"), "document__title", "document__title_key", "document__type", "document__audience", "document__reviewed_at",
            "document__review_state", "document__reviewed_by__full_name", raw("effective_on"), raw("valid_until"), raw("contents"),
            raw("id"), "created_by__full_name", "covers",
        )
    )  # fmt: skip
    last = {row[0]: row for row in rows}
    found, covered = [], []
    for (
        key,
        title,
        title_key,
        kind,
        audience,
        reviewed_at,
        review_state,
        reviewed_by,
        effective_on,
        valid_until,
        contents,
        version,
        ticked_by,
        covers,
    ) in last.values():
        if covers:
            covered.append(UUID(names[version]))
        found.append(
            DocumentFacts(
                id=names[key],
                title=title,
                type=kind,
                title_key=title_key,
                words=frozenset(title_key.split()) if kind in COMPARED else frozenset(),
                effective_on=as_day(effective_on),
                valid_until=as_day(valid_until),
                reviewed_on=as_date(reviewed_at) if reviewed_at else None,
                accepted=review_state == ReviewState.ACCEPTED,
                read_by=_reader(reviewed_by if review_state == ReviewState.ACCEPTED else "", ticked_by, _ticked(contents)),
                contents=_ticked(contents),
                indicators=frozenset(indicators.get(key, ())),
                course_ids=tuple(courses.get(key, ())),
                session_ids=tuple(sessions.get(key, ())),
                trainer_ids=tuple(trainers.get(key, ())),
                subcontractor_ids=tuple(subcontractors.get(key, ())),
                audience=_AUDIENCES.get(audience),
                # The trainers a piece names were asked for their opinion only if it is about them.
                party_ids=tuple(trainers.get(key, ())) if audience == Audience.TRAINER else (),
            )
        )
    return tuple(found), covered


def _reader(reviewed_by: str | None, ticked_by: str | None, contents: frozenset[str]) -> str:
    """Who accepted a piece; failing that, who ticked what it holds, which is to have read it as well."""
    return reviewed_by or (ticked_by if contents else "") or ""


@lru_cache(maxsize=1024)
def _ticked(contents: str) -> frozenset[str]:
    """The lines of the checklist, from the JSON of the column: most documents share a few lists."""
    return frozenset(json.loads(contents))


def _grouped(pairs: Iterable[tuple[Any, int]]) -> dict[Any, list[int]]:
    found: defaultdict[Any, list[int]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


def _hand_set(organisation: Organisation) -> tuple[HandSet, ...]:
    changed_at = organisation.profile.updated_at
    rows = SetAside.objects.for_organisation(organisation).filter(lifted_at__isnull=True).select_related("decided_by")
    return tuple(
        HandSet(
            indicator=row.indicator,
            ground=row.ground,
            reason=row.reason,
            person=str(row.decided_by),
            decided_on=as_date(row.created_at),
            until=row.until,
            profile_changed_since=changed_at > row.created_at,
        )
        for row in rows.order_by("created_at", "id")
    )


def _tightened(organisation: Organisation) -> Mapping[str, TightenedThreshold]:
    rows = TightenedRow.objects.for_organisation(organisation).filter(lifted_at__isnull=True).order_by("created_at")
    return {
        row.expectation: TightenedThreshold(demonstrable=float(row.demonstrable), at_risk=float(row.at_risk), reason=row.reason)
        for row in rows
    }


def _figure(settings: Mapping[str, int], key: str, audit_date: date) -> int:
    """The figure in force on the audit date."""
    return settings.get(key) or expectations().settings[key].value_on(audit_date) or 1


def _settings(audit_date: date) -> Mapping[str, int]:
    """The figures in force on the audit date, where somebody set them; the last one wins."""
    rows = RuleSetting.objects.filter(effective_from__lte=audit_date).order_by("effective_from")
    latest = dict(rows.values_list("key", "value"))
    return {key: int(value) for key, value in latest.items() if value is not None}
