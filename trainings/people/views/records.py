"""Lines of a trainer's file: added, taken out, opened; what trainers sent, looked at."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.editing import carry_out, done, editing, form_page
from qualiopi.files import responses
from qualiopi.files.errors import AlteredFile
from qualiopi.files.models import StoredFile
from qualiopi.journal.verbs import record_reading
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.lists import page_of
from trainings.people.finding import find_record, find_trainer
from trainings.people.forms import CoversForm, ReasonForm, RecordForm
from trainings.people.models import RecordKind, Subcontract, TrainerRecord
from trainings.people.queries import record_of, required_of, requirements_of, subcontract_of, waiting_records
from trainings.people.rules import QUALIFYING, counts
from trainings.people.verbs import accept_record, add_record, refuse_record, say_covers, withdraw_record
from trainings.people.wording import check_words


@requires(C.EDIT_SESSIONS, writes=True)
def add(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Add a line to a trainer's file; `?kind=` and `?title=` say what is expected."""
    trainer = find_trainer(request, pk)
    kind = request.GET.get("kind", "")
    initial = {"kind": kind if kind in RecordKind.values else RecordKind.CV, "title": request.GET.get("title", "")[:200]}
    form = RecordForm(request.POST or None, request.FILES or None, trainer=trainer, initial=initial)
    if made := carry_out(form, lambda: add_record(trainer=trainer, actor=request.user, **form.cleaned_data)):
        return done(request, _("« %(title)s » est au dossier.") % {"title": made.title}, "people:trainer", pk=trainer.pk)
    required = required_of(trainer, today=timezone.localdate())
    return form_page(request, "people/add_record.html", form, trainer=trainer, required=required)


@requires(C.EDIT_SESSIONS, writes=True)
def withdraw(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Take a line out of a file, with a reason."""
    line = find_record(request, pk)
    form = ReasonForm(request.POST or None)
    if carry_out(form, lambda: withdraw_record(record=line, reason=form.cleaned_data["reason"], actor=request.user)):
        sentence = _("« %(title)s » est retirée ; elle reste lisible avec son motif.") % {"title": line.title}
        return done(request, sentence, "people:trainer", pk=line.trainer_id)
    return form_page(request, "people/withdraw_record.html", form, record=line)


@requires(C.EDIT_SESSIONS, writes=True)
def say(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Say which required qualifications a title covers, in the words of the courses; 404 for a line that could cover none."""
    line = find_record(request, pk)
    if line.kind not in QUALIFYING or not counts(line):
        raise Http404
    requirements = requirements_of(request.organisation)
    with editing(request, line) as edit:
        form = CoversForm(request.POST or None, requirements=requirements, initial={"covers": line.covers})
        sent = request.method == "POST"
        said = edit.carry_out(form, lambda: say_covers(record=line, requirements=form.cleaned_data["covers"], actor=request.user))
    if sent and said:
        return done(
            request, _("C’est dit, à votre nom, pour toutes les pièces de ce titre."), "people:trainer", pk=line.trainer_id
        )
    return form_page(request, "people/record_covers.html", form, record=line, requirements=requirements)


@requires(C.EDIT_SESSIONS)
def to_check(request: TenantRequest) -> HttpResponse:
    """What trainers sent and nobody looked at yet, the oldest first."""
    return render(request, "people/to_check.html", {"page": page_of(request, waiting_records(request.organisation))})


@requires(C.EDIT_SESSIONS, writes=True)
def check(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Look at what a trainer sent, say what it is and keep it, or refuse it with a reason."""
    line = find_record(request, pk)
    sent = request.POST if request.method == "POST" else None
    refusing = request.POST.get("action") == "refuse"
    reason_form = ReasonForm(sent if refusing else None)
    with editing(request, line) as edit:
        form = RecordForm(None if refusing else sent, instance=line, trainer=line.trainer, with_file=False)
        kept = edit.carry_out(form, lambda: accept_record(record=line, actor=request.user, **form.cleaned_data))
    if kept:
        return done(request, _("« %(title)s » compte désormais.") % {"title": kept.title}, "people:to_check")
    if carry_out(reason_form, lambda: refuse_record(record=line, reason=reason_form.cleaned_data["reason"], actor=request.user)):
        return done(request, _("La pièce est refusée ; la personne lit le motif sur sa page."), "people:to_check")
    waiting = line.dropped and line.checked_at is None and line.withdrawn_at is None
    context = {
        "record": line,
        "form": form,
        "reason_form": reason_form,
        "waiting": waiting,
        "standing": check_words(waiting=waiting, set_aside=line.withdrawn_at is not None, reason=line.withdrawal_reason),
        "framed": line.file is not None and responses.can_be_shown(line.file) and responses.is_framed(line.file),
        "is_pdf": line.file is not None and line.file.media_type == "application/pdf",
        "shown": line.file is not None and responses.can_be_shown(line.file),
        "required": required_of(line.trainer, today=timezone.localdate()),
    }
    wrong = form.errors or reason_form.errors
    return render(request, "people/check_record.html", context, status=422 if wrong else 200)


@requires(C.VIEW_SESSIONS, C.AUDIT_ROOM)
def download(request: TenantRequest, pk: UUID) -> HttpResponseBase:
    """The file of a line, to keep. An auditor opens what counts alone."""
    line = _readable(request, pk)
    return _open(request, line, line.file, "trainer_record.downloaded", responses.download)


@requires(C.VIEW_SESSIONS, C.AUDIT_ROOM)
def preview(request: TenantRequest, pk: UUID) -> HttpResponseBase:
    """A PDF or a picture, to show in a page of ours; 404 for what is only downloaded."""
    line = _readable(request, pk)
    if line.file is None or not responses.can_be_shown(line.file):
        raise Http404
    return _open(request, line, line.file, "trainer_record.previewed", responses.preview)


@requires(C.VIEW_SESSIONS, C.AUDIT_ROOM)
def contract_file(request: TenantRequest, pk: UUID) -> HttpResponseBase:
    """The signed contract with a subcontractor, to keep."""
    try:
        contract = subcontract_of(request.organisation, pk)
    except Subcontract.DoesNotExist:
        raise Http404 from None
    return _open(request, contract, contract.file, "subcontract.downloaded", responses.download)


def _readable(request: TenantRequest, pk: UUID) -> TrainerRecord:
    try:
        line = record_of(request.organisation, pk)
    except TrainerRecord.DoesNotExist:
        raise Http404 from None
    if not request.access.allows(C.VIEW_SESSIONS) and not counts(line):
        raise Http404
    return line


def _open(
    request: TenantRequest,
    target: TrainerRecord | Subcontract,
    file: StoredFile | None,
    verb: str,
    send: Callable[[StoredFile], HttpResponseBase],
) -> HttpResponseBase:
    if file is None:
        raise Http404
    said: dict[str, object] = {"file": file.name, "sha256": file.sha256}
    try:
        response = send(file)
    except AlteredFile as altered:
        verb = verb.partition(".")[0] + ".found_altered"
        record_reading(
            verb=verb,
            actor=request.user,
            organisation_id=request.organisation.pk,
            target=target,
            details=said | {"missing": altered.missing},
        )
        person = target.trainer if isinstance(target, TrainerRecord) else target.subcontractor
        page = "people:trainer" if isinstance(target, TrainerRecord) else "people:subcontractor"
        back = reverse(page, args=[request.organisation.slug, person.pk])
        context = {"sentence": altered.sentence, "target": target, "person": person, "back": back}
        return render(request, "people/altered.html", context, status=409)
    record_reading(verb=verb, actor=request.user, organisation_id=request.organisation.pk, target=target, details=said)
    return response
