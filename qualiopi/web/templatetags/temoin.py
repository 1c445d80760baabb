"""The components' tags and filters, loaded in every template. Blocks with inner text are in `blocks`."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from qualiopi.web import cells as cell_looks
from qualiopi.web import charts, dates, tally, typography
from qualiopi.web import status as status_look
from qualiopi.web.context import links_of_foot
from qualiopi.web.help import help_of
from qualiopi.web.icons import icon_svg
from qualiopi.web.languages import Language, languages_shown
from qualiopi.web.notes import kind_of_message
from qualiopi.web.parts import Step
from qualiopi.web.reach import reachable
from qualiopi.web.tabs import TAB_SETS, tabs_of

from . import blocks

register = template.Library()
register.tags.update(blocks.register.tags)


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """`{% icon "plus" "s" %}`."""
    return icon_svg(name, size)


@register.simple_tag
def seen(field: BoundField) -> SafeString:
    """`{% seen field %}`: what the page shows of a group of choices drawn one by one; `{{ field }}` says it by itself."""
    return getattr(field, "seen", SafeString(""))


@register.simple_tag(takes_context=True)
def allowed_url(context: Context, name: str, *args: object) -> str:
    """`{% allowed_url "surveys:results" organisation.slug session.pk as address %}`: empty when the reader may not open it."""
    return reachable(context["request"], name, *args)


@register.inclusion_tag("components/foot_links.html")
def foot_links(standard: bool = False) -> dict[str, Any]:
    """`{% foot_links %}`: what the settings give an address; `standard=True` adds the public pages about the standard."""
    return {"links": links_of_foot(standard=standard)}


@register.inclusion_tag("components/licence.html")
def licence() -> dict[str, str]:
    """`{% licence %}`: under which licence this is served, with the address of its source when one is set (AGPL, section 13)."""
    return {"source": settings.SOURCE_URL}


@register.simple_tag
def status_badge(status: str, suffix: str = "", large: bool = False) -> SafeString:
    """`{% status_badge row.status %}`, `{% status_badge status large=True %}`, `{% status_badge status "2 pièces" %}`."""
    return status_look.status_badge(status, suffix, large=large)


@register.simple_tag
def status_shape(status: str) -> SafeString:
    """The shape alone: only beside its word, or near a legend."""
    return status_look.status_shape(status)


@register.filter
def status_css(status: str) -> str:
    """The suffix of the classes of a status: ok, risque, insuf, inconnu, na."""
    return status_look.look(status).css


@register.filter
def status_word(status: str, count: int = 1) -> str:
    """The word of a status, agreeing with a count."""
    return status_look.status_word(status, count)


@register.simple_tag
def tile(number: int, status: str, url: str = "") -> SafeString:
    """A tile of the map of indicators; without an address it is not a link."""
    shown = status_look.look(status)
    return format_html(
        '<{tag} class="tuile tuile--{css}">{number}{shape}<span class="visuellement-cache"> {word}</span></{end}>',
        tag=format_html('a href="{}"', url) if url else "span",
        end="a" if url else "span",
        css=shown.css,
        number=number,
        shape=status_look.status_shape(status),
        word=shown.word,
    )


@register.simple_tag
def cell(status: str, text: str = "", label: str = "") -> SafeString:
    """A status in a table: shape and figure. `label` is read aloud after it ("Émargement, session S26-041")."""
    shown = status_look.look(status)
    return format_html(
        '<span class="case case--{css}">{shape}{text}<span class="visuellement-cache"> {word}{label}</span></span>',
        css=shown.css,
        shape=status_look.status_shape(status),
        text=text,
        word=shown.word,
        label=f", {label}" if label else "",
    )


@register.simple_tag
def status_symbols() -> SafeString:
    """The shapes of statuses, once on a page whose rows are written by `cells`."""
    return status_look.status_symbols()


@register.simple_tag
def cells(row: Iterable[cell_looks.Cell]) -> SafeString:
    """The cells of a row of the matrix, written at once: a page has hundreds of them."""
    return cell_looks.cells(row)


@register.simple_tag
def pips(seen: int, expected: int, missing: Iterable[int] = (), status: str = "at_risk", height: int = 22) -> SafeString:
    """The tally: `{% pips row.seen row.expected row.missing_places status=row.status %}`; places count from 0."""
    return tally.pips(seen, expected, list(missing or ()), status=status, height=height)


@register.simple_tag
def marks_bar(counts: Sequence[int]) -> SafeString:
    """Marks 1 to 5 as one bar of 100 %."""
    return charts.marks_bar(counts)


@register.simple_tag
def recommendation_columns(counts: Sequence[int]) -> SafeString:
    """Recommendation 0 to 10 as eleven columns."""
    return charts.recommendation_columns(counts)


@register.simple_tag
def status_bar(counts: dict[str, int]) -> SafeString:
    """Indicators by status as one bar."""
    return charts.status_bar(counts)


@register.simple_tag
def swatch(mark: int) -> SafeString:
    """The square of the legend of a mark."""
    return charts.swatch(mark)


@register.simple_tag
def scale_dots(value: int, top: int = 5) -> SafeString:
    """A mark as dots, beside its words."""
    return charts.scale_dots(value, top)


@register.simple_tag
def progress_marks(done: int, total: int) -> SafeString:
    """The way through a survey."""
    return charts.progress_marks(done, total)


@register.simple_tag
def thread_point(state: str) -> SafeString:
    """A point of the thread."""
    return charts.thread_point(state)


@register.simple_tag
def initials_badge(name: str, small: bool = False) -> SafeString:
    """The round of a person's initials; always beside the name."""
    tint = typography.initials_tint(name)
    return format_html(
        '<span class="initiales{}{}" aria-hidden="true">{}</span>',
        f" initiales--{tint}" if tint > 1 else "",
        " initiales--s" if small else "",
        typography.initials(name),
    )


@register.simple_tag
def day_badge(value: date | datetime, near: bool = False) -> SafeString:
    """A day as a small calendar sheet: the number, then the month."""
    day = dates.as_date(value)
    return format_html(
        '<span class="jour{}"><b>{}</b><span>{}</span></span>',
        " jour--proche" if near else "",
        day.day,
        dates.short_month(day),
    )


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: Any) -> str:
    """The current query string with some values changed (None or "" removes): `{% query_with page=2 %}`."""
    query: QueryDict = context["request"].GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value not in (None, ""):
            query[key] = str(value)
    return f"?{query.urlencode()}"


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page, noun: str = "", parameter: str = "page") -> dict[str, Any]:
    """Previous and next page and the place in the whole: `{% pagination page "sessions" %}`. Filters are kept."""

    def address(number: int) -> str:
        return query_with(context, **{parameter: number})

    return {
        "page": page,
        "noun": noun,
        "previous_url": address(page.previous_page_number()) if page.has_previous() else "",
        "next_url": address(page.next_page_number()) if page.has_next() else "",
    }


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(*steps: str) -> dict[str, Any]:
    """Label and address by turns, then the label of this page: `{% breadcrumbs "Sessions" url session.reference %}`."""
    pairs = list(zip(steps[0:-1:2], steps[1:-1:2], strict=True))
    return {"links": pairs, "here": steps[-1]}


@register.inclusion_tag("components/languages.html", takes_context=True)
def languages(context: Context, keep: bool = False, form: str = "") -> dict[str, Any]:
    """The language switch of a public page.

    `keep`: the other parameters of the address stay; `form`: buttons of the form of this id, so that what is typed stays too.
    """

    def address(code: str) -> str:
        return query_with(context, lang=code) if keep else f"?lang={code}"

    shown: list[tuple[Language, str]] = [(language, address(language.code)) for language in languages_shown()]
    return {"languages": shown, "form": form}


@register.inclusion_tag("components/thread.html")
def thread(points: Sequence[Any]) -> dict[str, Any]:
    """The thread: a list of `parts.Point`."""
    return {"points": points}


@register.inclusion_tag("components/figures.html")
def figures(items: Sequence[Any]) -> dict[str, Any]:
    """At most four `parts.Figure`."""
    return {"items": items}


@register.inclusion_tag("components/switch.html")
def switch(options: Sequence[Any], label: str) -> dict[str, Any]:
    """Two or three views of the same thing: a list of `parts.Option`."""
    return {"options": options, "label": label}


@register.inclusion_tag("components/tabs.html")
def tabs(options: Sequence[Any], label: str) -> dict[str, Any]:
    """Tabs with an address each: a list of `parts.Option`."""
    return {"options": options, "label": label}


@register.inclusion_tag("components/tabs.html", takes_context=True)
def page_tabs(context: Context, name: str, here: str, *args: object) -> dict[str, Any]:
    """The tabs that pages share: `{% page_tabs "session" here organisation.slug session.pk %}`, as `web.tabs` lists them."""
    return {"options": tabs_of(context["request"], name, here, *args), "label": TAB_SETS[name].label}


@register.inclusion_tag("components/page_help.html", takes_context=True)
def page_help(context: Context) -> dict[str, Any]:
    """What the page that is asked for is for, folded; nothing when nobody told it."""
    match = context["request"].resolver_match
    told = help_of(match.view_name, get_language() or "fr") if match else None
    text = told and (typography.french_spaces(told.text) if told.language == "fr" else told.text)
    return {"help": told, "text": text}


@register.inclusion_tag("components/status_counts.html")
def status_counts(counts: Sequence[Any], label: str) -> dict[str, Any]:
    """The head of a board: a list of `parts.StatusCount`."""
    return {"counts": counts, "label": label}


@register.inclusion_tag("components/steps.html")
def steps(current: int, *labels: str, label: str) -> dict[str, Any]:
    """The steps of an import; `current` counts from 1: `{% steps 2 "Fichier" "Colonnes" label="Étapes de l'import" %}`."""
    shown = [Step(text, done=place < current, current=place == current) for place, text in enumerate(labels, start=1)]
    return {"steps": shown, "label": label}


@register.inclusion_tag("components/evidence.html")
def evidence_card(piece: Any) -> dict[str, Any]:
    """A piece in a list `<ul class="preuves">`: a `parts.Evidence`."""
    return {"piece": piece}


@register.filter
def note_kind(level: str) -> str:
    """`{% note message.level_tag|note_kind %}`: the kind of note of a message."""
    return kind_of_message(level)


@register.filter
def long_date(value: date | datetime | None) -> str:
    """18 mars 2027."""
    return dates.long_date(value) if value else ""


@register.filter
def full_date(value: date | datetime | None) -> str:
    """Jeudi 18 mars 2027, without the capital."""
    return dates.long_date(value, weekday=True) if value else ""


@register.filter
def short_date(value: date | datetime | None) -> str:
    """3 juil. 2027."""
    return dates.short_date(value) if value else ""


@register.filter
def delay(value: date | datetime | None) -> str:
    """Dans 115 jours, demain, il y a 3 jours."""
    return dates.delay(value) if value else ""


@register.filter
def until(start: date | None, end: date | None) -> str:
    """`{{ session.starts_on|until:session.ends_on }}`: 19 et 20 novembre 2026."""
    return dates.period(start, end or start) if start else ""


@register.filter
def file_size(octets: int) -> str:
    """340 ko, 1,2 Mo."""
    return typography.file_size(octets)


@register.filter
def hours(value: Decimal | float | None) -> str:
    """3 h 30."""
    return "" if value is None else typography.hours(value)


@register.filter
def minutes(value: int | None) -> str:
    """Minutes as hours: 210 is 3 h 30."""
    return "" if value is None else typography.hours(Decimal(value) / 60)


@register.filter
def clock(value: time | datetime | None) -> str:
    """14 h, 17 h 30."""
    return "" if value is None else dates.clock(value)


@register.filter
def typo(text: object) -> SafeString | str:
    """French spaces in a text: `{{ sentence|typo }}`. A safe text stays safe."""
    spaced = typography.french_spaces(str(text))
    return SafeString(spaced) if isinstance(text, SafeString) else spaced
