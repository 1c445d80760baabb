"""Pages leave compressed: a board of 80 kB is 10 on its way to a phone. Files don't: they announce their length, and are resumed."""

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressedPages(GZipMiddleware):
    """Django's own, which adds a length drawn by lot to hide what compression would tell (BREACH), for whole HTML answers alone."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress a page; give anything else back as it is."""
        if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
            return response
        compressed: HttpResponseBase = super().process_response(request, response)
        return compressed
