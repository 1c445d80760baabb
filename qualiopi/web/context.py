"""What every page knows: the product's name."""

from django.conf import settings
from django.http import HttpRequest


def product(request: HttpRequest) -> dict[str, str]:
    """Give the templates `product_name`, kept in one setting."""
    return {"product_name": settings.PRODUCT_NAME}
