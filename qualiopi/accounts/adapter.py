"""How people sign in: nobody opens an account alone, an organisation invites."""

from typing import Any, cast
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qualiopi.accounts.browsers import mark_of, remember
from qualiopi.accounts.emails import TriesNotice
from qualiopi.accounts.models import User
from qualiopi.accounts.verbs import give_back, miss, sign_in_doors, take_try
from qualiopi.callers import client_address, household
from qualiopi.post.outbox import Letter, Outbox
from qualiopi.post.tasks import send_later
from qualiopi.post.writing import lay_out


class ClosedSignUpAdapter(DefaultAccountAdapter):
    """Sign-in without public sign-up; refusals say what to do."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez les majuscules, ou demandez un nouveau mot de passe."
        ),
        "enter_current_password": _("Ce n’est pas votre mot de passe actuel. Vérifiez les majuscules et recommencez."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Who these credentials open the door to. Raises Patience while one has to wait; a wrong try is counted, and its owner
        told when they are many. A closed account answers as one that does not exist."""
        email = credentials.get("email", "")
        doors = sign_in_doors(email, address=household(client_address(request)), browser=mark_of(request, email))
        taken = take_try(*doors)
        user = cast(User | None, super().authenticate(request, **credentials))
        if user is not None and user.is_active:
            give_back(taken)
            return user
        if miss(email):
            send_later(TriesNotice, address=email, at=timezone.now().isoformat())
        return None

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing: the try was taken by `authenticate`."""

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("my_account")

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        remember(request, response, user.email)
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """What the library would send by itself leaves by the same way as everything, and breaks no page when it does not."""
        message = self.render_mail(template_prefix, email, {**context, "product_name": settings.PRODUCT_NAME})
        written = lay_out(message.subject, str(message.body), language=get_language() or settings.LANGUAGE_CODE)
        with Outbox() as outbox:
            outbox.send(Letter(written=written, to=email, key=uuid4().hex))
