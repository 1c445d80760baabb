"""Messages about an account, away from the request: the time of an answer tells nobody whether an address has an account."""

from __future__ import annotations

from datetime import datetime

from django_tasks import task

from qualiopi.accounts.emails import warn_of_tries
from qualiopi.accounts.models import User
from qualiopi.accounts.verbs import TOLD_FROM


@task()
def warn_owner(email: str, at: str) -> None:
    """Tell the owner of this account, if there is one, that it is being tried. `at`: the moment of the last try, in ISO form."""
    user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if user is not None:
        warn_of_tries(user, at=datetime.fromisoformat(at), count=TOLD_FROM)
