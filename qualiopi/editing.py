"""Pages that send a form: its verb is run, what it refuses is told on the form; two people who edit one thing see each other.

    person = find_trainee(request, pk)
    with editing(request, person) as edit:
        form = TraineeForm(request.POST or None, instance=person)
        saved = edit.carry_out(form, lambda: change_trainee(trainee=person, fields=form.cleaned_data, actor=request.user))
    if saved:
        return done(request, _("La fiche est enregistrée."), "people:trainee", pk=saved.pk)
    return form_page(request, "people/edit_trainee.html", form, trainee=person)

A form that makes something, or does something once, is carried out without `editing`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from qualiopi.accounts.models import User
from qualiopi.files.errors import RefusedFile
from qualiopi.files.kinds import EVERY_KIND, Kind
from qualiopi.files.verbs import all_or_nothing, received_ahead
from qualiopi.journal.queries import last_change_of
from qualiopi.web.forms import take_errors
from qualiopi.web.seen import Saving

T = TypeVar("T")
# A page left open longer than this meets changes whose authors are looked for no more.
PAGE_STAYS_OPEN = timedelta(days=7)


class Editing:
    """One sending of a form that changes rows: they are locked, and read anew."""

    def __init__(self, request: Any, rows: Sequence[Model]) -> None:
        self.request, self.rows = request, rows

    @property
    def actor(self) -> User:
        """Who sends it."""
        user: User = self.request.user
        return user

    def carry_out(self, form: Any, act: Callable[[], T], *others: Any) -> T | None:
        """As the function of this name, within the transaction; the form knows who saved what it shows."""
        for part in (form, *others):
            part.saved_by = self.saved_by
        return carry_out(form, lambda: _undone_if_refused(act), *others)

    def saved_by(self, name: str) -> Saving | None:
        """Who last changed a field of these rows; None when the journal does not say."""
        change = last_change_of(self.request.organisation.pk, self.rows, name, since=timezone.now() - PAGE_STAYS_OPEN)
        if change is None or not change.actor_name:
            return None
        return Saving(change.actor_name, change.at, own=change.actor_id == self.request.user.pk)


@contextmanager
def editing(request: Any, *rows: Model, kinds: frozenset[Kind] = EVERY_KIND) -> Iterator[Editing]:
    """Around the building of a form and its sending: on POST, a transaction in which these rows are locked, then read anew.

    Files sent with it, of these kinds, are written and looked into before: nobody waits for that. Give the rows in the order in
    which the verb locks them. Two sendings at the same moment thus come one after the other, and the second is built on what the
    first stored. Raises Http404 when a row is gone.
    """
    if request.method != "POST":
        yield Editing(request, rows)
        return
    uploads = [upload for _, each in request.FILES.lists() for upload in each]
    ahead = received_ahead(uploads, organisation=request.organisation, actor=request.user, allowed=kinds)
    with all_or_nothing(), ahead, transaction.atomic():
        for row in rows:
            _read_locked(row)
        yield Editing(request, rows)


def carry_out(form: Any, act: Callable[[], T], *others: Any) -> T | None:
    """Run the verb of a form that was sent and is valid, and give what it answers; None when there is nothing to do or it refuses.

    What is refused is told on the form: a file beside its field, the rest beside the fields that the verb names, or above. `others`:
    forms or lists sent with it, which have to be valid too.
    """
    if not form.is_bound:
        return None
    # Each part is asked, so that each tells what is wrong.
    valid = [part.is_valid() for part in (form, *others)]
    if not all(valid):
        return None
    try:
        return act()
    except RefusedFile as refusal:
        file = next((name for name, field in form.fields.items() if isinstance(field, forms.FileField)), None)
        form.add_error(file, str(refusal))
    except ValidationError as error:
        take_errors(form, error)
    return None


def done(request: Any, sentence: str, to: str, **parameters: Any) -> HttpResponse:
    """Say that it is done, and go to an address of the same organisation, given by its name."""
    messages.success(request, sentence)
    return redirect(to, organisation=request.organisation.slug, **parameters)


def form_page(request: HttpRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    """The page of a form: 422 when it comes back with something to mend."""
    return render(request, template, {"form": form, **context}, status=422 if form.errors else 200)


def _undone_if_refused(act: Callable[[], T]) -> T:
    with transaction.atomic():
        return act()


def _read_locked(row: Model) -> None:
    try:
        row.refresh_from_db(from_queryset=type(row)._base_manager.select_for_update())
    except ObjectDoesNotExist:
        raise Http404 from None
