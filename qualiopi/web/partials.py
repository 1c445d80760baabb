"""One page, one template: a swap asks for a part of the same page and gets exactly that part."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def wants_part(request: HttpRequest, part: str) -> bool:
    """Tell whether htmx asks for the element whose id is `part`; history restoration always gets the whole page."""
    headers = request.headers
    asked = headers.get("HX-Request") == "true" and headers.get("HX-History-Restore-Request") != "true"
    return asked and headers.get("HX-Target") == part


def render_page(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, parts: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:
    """Render `template`, or only its partial when htmx asks for one of `parts`.

    A partial has the name of the id of the element it replaces: `{% partialdef results inline %}` holds
    `<div id="results">`. The address works without JavaScript; caches are told that the answer depends on the headers.
    """
    name = next((f"{template}#{part}" for part in parts if wants_part(request, part)), template)
    response = render(request, name, dict(context), status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response
