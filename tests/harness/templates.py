"""A variable that a template of ours prints, loops over or passes on, and that nobody gave it, fails the test."""

from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template import engines
from django.template.base import FilterExpression
from django.template.defaultfilters import default, default_if_none
from django.template.defaulttags import ForNode

TOLERANT_FILTERS = {default, default_if_none}
_strict: ContextVar[bool] = ContextVar("strict", default=False)


class UndefinedTemplateVariableError(Exception):
    """Nobody gave this variable to the template."""


class Undefined(str):
    """Stands in `string_if_invalid`: explodes for a template of ours, stays the empty string for the libraries'."""

    def __bool__(self) -> bool:
        return _strict.get()

    def __contains__(self, item: str) -> bool:  # type: ignore[override]
        return True

    def __mod__(self, variable: Any) -> str:
        raise UndefinedTemplateVariableError(f"La variable « {variable} » n'est pas définie.")


def current(context: Any) -> Any:
    """The template being rendered: an included or extended one knows itself through the render context."""
    return context.render_context.template or context.template


def is_ours(context: Any) -> bool:
    """Whether the template being rendered lies in the project's `templates/`."""
    origin = getattr(current(context), "origin", None)
    return origin is not None and lies_in_ours(origin.name)


@cache
def lies_in_ours(name: str) -> bool:
    """Whether this file is one of the project's `templates/`; asked for every variable of every page."""
    return Path(name).is_relative_to(settings.BASE_DIR / "templates")


@pytest.fixture(autouse=True, scope="session")
def _undefined_variables_fail():
    """Replace the engine's answer to an undefined variable, and look at what `for` loops over."""
    patch = pytest.MonkeyPatch()
    patch.setattr(engines["django"].engine, "string_if_invalid", Undefined())
    original_resolve = FilterExpression.resolve
    original_for = ForNode.render

    def resolve(self, context, ignore_failures=False):
        if not self.is_var:
            return original_resolve(self, context, ignore_failures)
        tolerant = any(function in TOLERANT_FILTERS for function, _ in self.filters)
        token = _strict.set(not tolerant and is_ours(context))
        try:
            return original_resolve(self, context, ignore_failures)
        except UndefinedTemplateVariableError as error:
            error.add_note(f"{{{{ {self.token} }}}} dans {current(context).name}")
            raise
        finally:
            _strict.reset(token)

    def render_for(self, context):
        variable = self.sequence.var
        lookups = variable.lookups if self.sequence.is_var else None
        if lookups and lookups[0] not in context and is_ours(context):
            raise UndefinedTemplateVariableError(f"« {variable} » n'est pas définie dans {current(context).name}.")
        return original_for(self, context)

    patch.setattr(FilterExpression, "resolve", resolve)
    patch.setattr(ForNode, "render", render_for)
    yield
    patch.undo()
