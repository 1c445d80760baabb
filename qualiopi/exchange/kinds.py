"""Which resource reads which kind of table. The resources live on other floors: settings name them as strings."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.utils.module_loading import import_string

from qualiopi.exchange.models import ImportKind


def resource_class(kind: str) -> Any:
    """The resource for this kind; raises ``ValueError`` for an unknown one."""
    return cast(Any, import_string(settings.IMPORT_RESOURCES[ImportKind(kind)]))
