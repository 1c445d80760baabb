"""An HTML answer as one reads its source: how a template is laid out is nothing to a test."""

import re

from django.http import HttpResponse


def on_one_line(answer: HttpResponse | str) -> str:
    """The HTML of an answer with one blank for any white space, and none at the end of a tag."""
    html = answer if isinstance(answer, str) else answer.content.decode()
    return re.sub(r"<[^>]*>", lambda tag: tag.group().replace(" >", ">"), re.sub(r"\s+", " ", html)).strip()
