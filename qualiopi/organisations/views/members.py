"""Settings: who may enter, as what, until when."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualiopi.editing import carry_out, done, editing, form_page
from qualiopi.exchange.export import export_response
from qualiopi.organisations import verbs
from qualiopi.organisations.capabilities import CAPABILITIES
from qualiopi.organisations.enums import Capability, Role
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.forms import InvitationForm, MemberForm
from qualiopi.organisations.models import Member
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.organisations.queries import members_of
from qualiopi.organisations.sentences import invitation_words, link_advice
from qualiopi.organisations.verbs import add_member, change_role, end_access, hand_over, invite_again
from qualiopi.post.outbox import Departure


@requires(C.VIEW_SETTINGS)
def members(request: TenantRequest) -> HttpResponseBase:
    """Who may enter, and the table role -> what it can do; the list as CSV or XLSX with `?format=`."""
    everybody = list(members_of(request.organisation))
    if request.GET.get("format") and request.access.allows(C.EXPORT):
        headings = [_("Personne"), _("Adresse e-mail"), _("Rôle"), _("Jusqu’au")]
        rows = ([str(member.user), member.user.email, member.get_role_display(), member.until] for member in everybody)
        return export_response(request.GET["format"], "membres", headings, rows)
    context = {
        "current": [member for member in everybody if member.is_open()],
        "former": [member for member in everybody if not member.is_open()],
        "roles": list(Role),
        "table": [(capability.label, [capability in CAPABILITIES[role] for role in Role]) for capability in Capability],
        "may_edit": request.access.allows(C.EDIT_SETTINGS),
        "can_export": request.access.allows(C.EXPORT),
    }
    return render(request, "organisations/members.html", context)


@requires(C.EDIT_SETTINGS, writes=True)
def invite(request: TenantRequest) -> HttpResponse:
    """Give a person access, and send them the way in."""
    initial = {"role": request.GET.get("role", Role.TRAINING_MANAGER.value)}
    form = InvitationForm(request.POST if request.method == "POST" else None, initial=initial)

    def add() -> Member:
        data = form.cleaned_data
        return add_member(
            organisation=request.organisation,
            email=data["email"],
            full_name=data["full_name"],
            role=data["role"],
            until=data["until"],
            language=data["language"] or "fr",
            actor=request.user,
        )

    if added := carry_out(form, add):
        departure = verbs.invite(member=added, actor=request.user, site=request.build_absolute_uri("/"))
        return _invited(request, added, departure, again=False)
    return form_page(request, "organisations/invite.html", form)


def _invited(request: TenantRequest, member: Member, departure: Departure, *, again: bool) -> HttpResponse:
    """Say what became of an invitation; when it did not leave, give the link once, to be handed over by other means."""
    words = invitation_words(departure, member.user.email, again=again)
    if departure is Departure.LEFT:
        messages.success(request, words)
        return redirect("organisations:members", organisation=request.organisation.slug)
    link = hand_over(member=member, actor=request.user, site=request.build_absolute_uri("/"))
    context = {
        "member": member,
        "words": words,
        "link": link,
        "advice": link_advice(chooses_password=not member.user.has_usable_password(), given=bool(link)),
    }
    response = render(request, "organisations/invitation_link.html", context)
    # The link opens an account: no browser keeps the page.
    response["Cache-Control"] = "private, no-store"
    return response


@requires(C.EDIT_SETTINGS, writes=True)
def member(request: TenantRequest, member: UUID) -> HttpResponse:
    """One member's role and end of access."""
    found = _member(request, member)
    with editing(request, found) as edit:
        shown = {"role": found.role, "until": found.until}
        form = MemberForm(request.POST if request.method == "POST" else None, initial=shown)
        saved = edit.carry_out(form, lambda: change_role(member=found, actor=request.user, **form.cleaned_data))
    if saved:
        return done(request, _("L’accès de %(person)s est enregistré.") % {"person": found.user}, "organisations:members")
    return form_page(request, "organisations/member.html", form, member=found)


@requires(C.EDIT_SETTINGS, writes=True)
@require_POST
def end_member(request: TenantRequest, member: UUID) -> HttpResponse:
    """End an access now."""
    found = _member(request, member)
    try:
        end_access(member=found, actor=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(
            request, _("%(person)s n’entre plus. Ce que cette personne a fait reste au journal.") % {"person": found.user}
        )
    return redirect("organisations:members", organisation=request.organisation.slug)


@requires(C.EDIT_SETTINGS, writes=True)
@require_POST
def resend_invitation(request: TenantRequest, member: UUID) -> HttpResponse:
    """Send the invitation again, with a fresh link."""
    found = _member(request, member)
    try:
        departure = invite_again(member=found, actor=request.user, site=request.build_absolute_uri("/"))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("organisations:members", organisation=request.organisation.slug)
    return _invited(request, found, departure, again=True)


def _member(request: TenantRequest, pk: UUID) -> Member:
    return get_object_or_404(members_of(request.organisation).select_related("organisation"), pk=pk)
