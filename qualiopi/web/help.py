"""What each page is for and what to do there first: two sentences at most, by the name of its address, in `help.yaml` of each floor."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.apps import apps
from django.conf import settings

SENTENCES, CHARACTERS = 2, 240


@dataclass(frozen=True, slots=True)
class Help:
    """What is told of a page, and in which language: pages of the working house speak French whatever their reader chose."""

    text: str
    language: str


@cache
def texts() -> dict[str, dict[str, str]]:
    """Of every floor: name of an address, then language, then text. ValueError when two floors tell of one page."""
    told: dict[str, dict[str, str]] = {}
    for floor in apps.get_app_configs():
        path = Path(floor.path) / "help.yaml"
        if not path.is_relative_to(settings.BASE_DIR) or not path.is_file():
            continue
        for name, text in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            if name in told:
                raise ValueError(f"{path} : {name} est déjà dit ailleurs.")
            told[name] = {"fr": text} if isinstance(text, str) else text
    return told


def help_of(name: str, language: str) -> Help | None:
    """What is told of the page of this address, in this language or else in French; None when nothing is."""
    text = texts().get(name)
    if text is None:
        return None
    spoken = language if language in text else "fr"
    return Help(text[spoken], spoken)
