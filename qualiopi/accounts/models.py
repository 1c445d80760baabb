"""People who sign in. An account gives no right by itself: memberships do."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Accounts are known by their e-mail address, in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create an account; raise ValueError without an address."""
        if not email:
            raise ValueError("Une adresse e-mail est nécessaire.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create an account with every right of the framework; it still sees no organisation without a membership."""
        return self.create_user(email, password, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("adresse e-mail"), unique=True)
    # Empty until its owner says it: somebody may be invited by an address alone.
    full_name = models.CharField(_("prénom et nom"), max_length=150, blank=True)
    language = models.CharField(_("langue"), max_length=2, choices=[("fr", _("français")), ("en", _("anglais"))], default="fr")
    is_active = models.BooleanField(_("actif"), default=True)
    date_joined = models.DateTimeField(_("compte ouvert le"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("compte")
        verbose_name_plural = _("comptes")
        ordering = ["full_name", "email"]

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.split(" ")[0] if self.full_name else self.email

    @property
    def initials(self) -> str:
        """Two letters for the round mark beside a name."""
        words = [word for word in self.full_name.replace("-", " ").split() if word]
        return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper() or "?"


class Tries(models.Model):
    """How often something was tried in vain of late, and until when one waits before the next. Read and written by `verbs` alone."""

    # A fingerprint of what is counted: whom and what it is about cannot be read back.
    key = models.CharField(_("clé"), max_length=64, primary_key=True)
    count = models.PositiveIntegerField(_("essais manqués"), default=0)
    closed_until = models.DateTimeField(_("fermé jusqu’à"), null=True, blank=True)
    last_at = models.DateTimeField(_("dernier essai le"), db_index=True)

    class Meta:
        verbose_name = _("essais manqués")
        verbose_name_plural = _("essais manqués")

    def __str__(self) -> str:
        return f"{self.key[:8]} : {self.count}"
