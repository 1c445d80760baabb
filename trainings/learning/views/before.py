"""Before the start, for managers and whoever teaches: who answered what, what is drawn from it, links to send."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualiopi.editing import carry_out, done, editing, form_page
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from trainings.adaptations.queries import measures_to_apply
from trainings.adaptations.verbs import note_reading
from trainings.learning.asking import questionnaire_for
from trainings.learning.forms import ConclusionForm, SessionNeedForm, TypedForm
from trainings.learning.models import Intake, IntakeDecision, IntakeKind
from trainings.learning.queries import (
    NOTHING_TO_ASK,
    Before,
    answers_in_words,
    before_of,
    before_of_one,
    counts_of,
    intake_of,
    session_needs,
)
from trainings.learning.sentences import asked_words, before_words
from trainings.learning.verbs import (
    conclude_intake,
    conclude_many,
    record_session_need,
    send_links,
    sentence_of,
    type_intake,
)
from trainings.sessions.access import find_session, only_own
from trainings.sessions.models import Enrolment, EnrolmentState, LinkPurpose, Session, SessionState
from trainings.sessions.queries import current_token
from trainings.sessions.verbs import personal_link


@requires(C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS)
def before(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Who answered, what is drawn from it, what the group asked; the measures to apply, for whoever teaches."""
    session = find_session(request, pk)
    lines = before_of(session)
    teaches = request.access.allows(C.TEACH) or request.access.allows(C.SENSITIVE)
    measures = measures_to_apply(session) if teaches else []
    if measures:
        note_reading(session=session, actor=request.user, measures_only=True)
    changes = session.state != SessionState.CLOSED
    context = {
        "session": session,
        "here": "before",
        "people": [(line, _told(line)) for line in lines],
        "counts": counts_of(lines),
        "needs": session_needs(session),
        "measures": measures,
        "can_edit": changes and request.access.allows(C.EDIT_SESSIONS),
        "can_conclude": changes and request.access.allows(C.TEACH),
        "can_send": changes and session.state not in NOTHING_TO_ASK,
    }
    return render(request, "learning/before.html", context)


def _told(line: Before) -> str:
    """Under a name: how they were asked while answers are missing, else their company."""
    trainee = line.enrolment.trainee
    if line.missing:
        return asked_words(written_on=line.written_on, email=trainee.email, declined=line.declined)
    return str(line.enrolment.company or "")


@requires(C.EDIT_SESSIONS, writes=True)
@require_POST
def send(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Send the links to those who have not answered, or remind them."""
    session = find_session(request, pk)
    try:
        report = send_links(session=session, site=_site(request), actor=request.user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        tell = messages.warning if report.failed or report.without_address else messages.success
        tell(request, sentence_of(report))
    return _back(request, session)


@requires(C.EDIT_SESSIONS, C.TEACH, writes=True)
@require_POST
def nothing_to_adapt(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Conclude « rien à adapter » on the answers that were ticked."""
    session = find_session(request, pk)
    try:
        chosen = [UUID(value) for value in request.POST.getlist("intake")[:2000]]
        count = conclude_many(session=session, intakes=chosen, actor=request.user, today=timezone.localdate())
    except (ValueError, ValidationError) as error:
        messages.error(request, " ".join(error.messages) if isinstance(error, ValidationError) else _("Choix illisible."))
    else:
        messages.success(request, _("%(count)s conclusion(s) notée(s) : rien à adapter.") % {"count": count})
    return _back(request, session)


@requires(C.EDIT_SESSIONS, writes=True)
def add_need(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Note the need of a company or of the group, with what it changes."""
    session = find_session(request, pk)
    form = SessionNeedForm(request.POST or None, session=session)
    if carry_out(form, lambda: record_session_need(session=session, actor=request.user, **form.cleaned_data)):
        return done(request, _("Le besoin est noté, avec ce qu’il change."), "learning:before", pk=session.pk)
    return form_page(request, "learning/before_need.html", form, session=session, here="before")


@requires(C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS)
def person(request: TenantRequest, pk: UUID) -> HttpResponse:
    """What one person answered, what was drawn from it, their link."""
    return _show_person(request, _find(request, pk))


@requires(C.EDIT_SESSIONS, C.TEACH, writes=True)
def conclude(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Draw something from one answer."""
    try:
        intake = intake_of(request.organisation, pk, led_by=only_own(request))
    except Intake.DoesNotExist:
        raise Http404 from None
    with editing(request, intake) as edit:
        form = ConclusionForm(request.POST or None, kind=intake.kind, initial=_known(intake))
        concluded = edit.carry_out(form, lambda: conclude_intake(intake=intake, actor=request.user, **form.cleaned_data))
    if concluded:
        sentence = _("C’est noté : la conclusion reste avec sa date.")
        return done(request, sentence, "learning:person", pk=intake.enrolment_id)
    session = intake.enrolment.session
    context = {"session": session, "here": "before", "intake": intake, "answers": answers_in_words(intake, session)}
    return form_page(request, "learning/before_conclude.html", form, **context)


@requires(C.EDIT_SESSIONS, C.TEACH, writes=True)
def type_answers(request: TenantRequest, pk: UUID, intake_kind: str) -> HttpResponse:
    """Type what somebody said in an interview, or wrote on paper."""
    enrolment = _find(request, pk).enrolment
    if intake_kind not in IntakeKind.values:
        raise Http404
    with editing(request, enrolment) as edit:
        known = Intake.objects.filter(enrolment=enrolment, kind=intake_kind).first()
        initial = {**known.answers, "source": known.source, "answered_on": known.answered_on} if known else {}
        asked = questionnaire_for(intake_kind, enrolment.session)
        form = TypedForm(request.POST or None, questionnaire=asked, initial=initial)

        def keep() -> Intake:
            said = {name: form.cleaned_data[name] for name in ("source", "answered_on")}
            return type_intake(enrolment=enrolment, kind=intake_kind, values=form.answers(), actor=request.user, **said)

        kept = edit.carry_out(form, keep)
    if kept:
        sentence = _("Les réponses de %(person)s sont gardées.") % {"person": enrolment.trainee}
        return done(request, sentence, "learning:person", pk=enrolment.pk)
    context = {
        "session": enrolment.session,
        "here": "before",
        "enrolment": enrolment,
        "adaptations_apart": intake_kind == IntakeKind.NEEDS,
        "label": IntakeKind(intake_kind).label,
    }
    return form_page(request, "learning/before_type.html", form, **context)


@requires(C.EDIT_SESSIONS, writes=True)
@require_POST
def link(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Make one person's link, to be given by hand, or renew it: the former one opens nothing any more."""
    found = _find(request, pk)
    renew = request.POST.get("go") == "renew"
    personal_link(enrolment=found.enrolment, purpose=LinkPurpose.INTAKE, actor=request.user, renew=renew)
    messages.success(
        request,
        _("Le lien a changé : l’ancien n’ouvre plus rien.") if renew else _("Le lien est prêt : copiez-le, ou montrez-le."),
    )
    return redirect("learning:person", organisation=request.organisation.slug, pk=found.enrolment.pk)


def _show_person(request: TenantRequest, found: Before) -> HttpResponse:
    session = found.enrolment.session
    token = current_token(found.link) if found.link and found.missing else None
    changes = session.state != SessionState.CLOSED
    context = {
        "session": session,
        "here": "before",
        "line": found,
        "answer": before_words(missing=bool(found.missing), to_conclude=bool(found.to_conclude)),
        "parts": [_part(found.needs, IntakeKind.NEEDS, session), _part(found.positioning, IntakeKind.POSITIONING, session)],
        "link_address": f"{_site(request)}{reverse('intake:start', args=[token])}" if token else "",
        "can_edit": changes and request.access.allows(C.EDIT_SESSIONS),
        "can_conclude": changes and request.access.allows(C.TEACH),
        "redirected": found.enrolment.state == EnrolmentState.ENROLLED
        and any(intake.decision == IntakeDecision.REDIRECT for intake in found.intakes),
    }
    return render(request, "learning/before_person.html", context)


def _part(intake: Intake | None, kind: IntakeKind, session: Session) -> dict[str, Any]:
    answers = answers_in_words(intake, session) if intake else []
    return {"kind": kind.value, "label": kind.label, "intake": intake, "answers": answers}


def _known(intake: Intake) -> dict[str, Any]:
    """What the form starts from."""
    if intake.concluded_on is None:
        return {}
    met = "" if intake.prerequisites_met is None else str(intake.prerequisites_met).lower()
    return {
        "decision": intake.decision,
        "conclusion": intake.conclusion,
        "concluded_on": intake.concluded_on,
        "prerequisites_met": met,
    }


def _find(request: TenantRequest, pk: UUID) -> Before:
    try:
        return before_of_one(request.organisation, pk, led_by=only_own(request))
    except Enrolment.DoesNotExist:
        raise Http404 from None


def _site(request: TenantRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _back(request: TenantRequest, session: Session) -> HttpResponse:
    return redirect("learning:before", organisation=request.organisation.slug, pk=session.pk)
