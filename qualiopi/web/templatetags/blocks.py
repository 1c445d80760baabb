"""Components that wrap inner text: `{% note %}...{% endnote %}`."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from qualiopi.web.notes import note_look

register = template.Library()


@register.simple_block_tag
def note(content: str, kind: str = "") -> SafeString:
    """A note: quiet, "provisoire" (a rule awaiting a text), "erreur" (role alert) or "fait" (role status)."""
    return render_to_string("components/note.html", {"content": SafeString(content), "look": note_look(kind)})


@register.simple_block_tag
def card(content: str, title: str, anchor: str, hint: str = "", level: int = 2, hidden_title: bool = False) -> SafeString:
    """A sheet of paper with its heading. `anchor` is its id, unique in the page; the inner text brings its own padding."""
    return render_to_string(
        "components/card.html",
        {"content": content, "title": title, "anchor": anchor, "hint": hint, "level": level, "hidden_title": hidden_title},
    )


@register.simple_block_tag
def empty_state(content: str, title: str, drawing: bool = False, level: int = 2) -> SafeString:
    """What to do when there is nothing: a sentence and, inside, its buttons. `drawing` on first use only."""
    return render_to_string(
        "components/empty_state.html", {"content": content, "title": title, "drawing": drawing, "level": level}
    )


@register.simple_block_tag
def next_action(content: str, title: str, detail: str = "", icon: str = "send") -> SafeString:
    """The band "what to do now", at most once per page; inside, its one button (class btn)."""
    return render_to_string("components/next_action.html", {"content": content, "title": title, "detail": detail, "icon": icon})


@register.simple_block_tag
def missing_item(content: str, title: str, url: str, detail: str = "", person: str = "") -> SafeString:
    """A hole in a list `<ul class="manquants">`: who or what, why in one line; inside, one button."""
    return render_to_string(
        "components/missing.html", {"content": content, "title": title, "url": url, "detail": detail, "person": person}
    )


@register.simple_block_tag
def filters(
    content: str, label: str, chips: Sequence[Any] = (), clear_url: str = "", target: str = "", submit: str = ""
) -> SafeString:
    """A filter bar: a GET form. `chips`: the active `parts.Chip`; `target`: id of the part to swap when htmx is there."""
    return render_to_string(
        "components/filters.html",
        {
            "content": content,
            "label": label,
            "chips": chips,
            "clear_url": clear_url,
            "target": target,
            "submit": submit,
        },
    )


@register.simple_block_tag(takes_context=True)
def drop_zone(
    context: Context,
    content: str,
    action: str,
    title: str,
    hint: str,
    name: str = "files",
    accept: str = "",
    button: str = "",
    multiple: bool = True,
    small: bool = False,
    quiet: bool = False,
) -> SafeString:
    """A form to drop files on; `hint` says types and size. Inside: hidden fields. Without JavaScript it has a button.

    `small`: on one line, where there is something else to see; `quiet`: its button is not the one of the page.
    """
    request = context["request"]
    return render_to_string(
        "components/drop_zone.html",
        {
            "content": content,
            "action": action,
            "title": title,
            "hint": hint,
            "name": name,
            "accept": accept,
            "button": button,
            "multiple": multiple,
            "small": small,
            "look": "btn-doux" if quiet else "btn-primary",
            "field_id": f"depot-{name}",
        },
        request=request,
    )


@register.simple_block_tag
def voice(content: str, source: str, mark: int | None = None) -> SafeString:
    """What someone said: no name. A mark is said in words; at 2 and under the edge turns red."""
    return render_to_string(
        "components/voice.html", {"content": content, "source": source, "mark": mark, "low": mark is not None and mark <= 2}
    )
