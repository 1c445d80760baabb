"""What every page knows: the product's name, and where its foot leads."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from qualiopi.web.parts import Option


def product(request: HttpRequest) -> dict[str, str]:
    """Give the templates `product_name`, kept in one setting."""
    return {"product_name": settings.PRODUCT_NAME}


def links_of_foot(*, standard: bool) -> list[Option]:
    """Those that the settings give an address, in their order; `standard`: after them, the public pages about the standard."""
    given = [
        (_("Accessibilité"), settings.ACCESSIBILITY_URL),
        (_("Aide"), settings.HELP_URL),
        (_("Contact"), settings.CONTACT_URL),
        (_("Mentions légales"), settings.LEGAL_URL),
        (_("Journal des modifications"), settings.CHANGES_URL),
        (_("Le référentiel"), reverse("grids:compare") if standard else ""),
    ]
    return [Option(label, url) for label, url in given if url]
