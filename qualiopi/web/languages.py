"""The language of the pages that have two (trainees' and auditors'): the one asked for, else the browser's. The others are French."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

# Each by its own name, for who reads it and not the other.
LANGUAGE_NAMES: Final[dict[str, str]] = {"fr": "Français", "en": "English"}


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the switch; `current`: the page is in it."""

    code: str
    name: str
    current: bool


def languages_shown() -> list[Language]:
    """The languages of the pages that have several, in the order of the settings; KeyError for one without a name."""
    here = (translation.get_language() or settings.LANGUAGE_CODE).split("-")[0]
    return [Language(code, LANGUAGE_NAMES[code], current=code == here) for code, _name in settings.LANGUAGES]


def chosen_language(request: HttpRequest) -> str:
    """Return the code asked for by `?lang=`, else the first language of the browser that we have, else French."""
    asked = request.GET.get("lang", "")
    return asked if asked in dict(settings.LANGUAGES) else translation.get_language_from_request(request)


def readers_language(request: HttpRequest) -> str:
    """The code asked for by `?lang=`, else the language of the account that reads."""
    asked = request.GET.get("lang", "")
    return asked if asked in dict(settings.LANGUAGES) else str(getattr(request.user, "language", "fr"))


def in_chosen_language(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Run a view, its template included, in the chosen language."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with translation.override(chosen_language(request)):
            return view(request, *args, **kwargs)

    return wrapper
