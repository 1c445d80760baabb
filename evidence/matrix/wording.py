"""Sentences of the matrix, each with a form for zero, one and many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evidence.matrix.queries import Group, Matrix, Standing, lacking_of
from evidence.readiness.outline import SessionHead
from qualiopi.web.dates import short_date, short_month
from qualiopi.web.typography import capitalised, in_words, listed

_MOST = 3  # kinds of holes named for one group


def heading(holes: int, total: int) -> str:
    """How many sessions have a hole."""
    if not total:
        return _("Aucune session n’est à lire pour cette date")
    if not holes:
        return ngettext("La seule session n’a pas de trou", "Aucune des %(total)s sessions n’a de trou", total) % {"total": total}
    return ngettext("%(count)s session sur %(total)s a un trou", "%(count)s sessions sur %(total)s ont un trou", holes) % {
        "count": capitalised(in_words(holes, feminine=True)),
        "total": total,
    }


def answer(holes: int, *, by_trainers: int, trainers: int) -> str:
    """How many holes, and whose they are to fill. `trainers`: how many people lead the sessions that have one."""
    if not holes:
        return _("L’auditeur choisit ses sessions le jour même.")
    if trainers:
        all_of_them = ngettext(
            "%(holes)s en tout, chez %(trainers)s formateur.", "%(holes)s en tout, chez %(trainers)s formateurs.", trainers
        ) % {"holes": capitalised(so_many_holes(holes)), "trainers": in_words(trainers)}
    else:
        all_of_them = _("%(holes)s en tout.") % {"holes": capitalised(so_many_holes(holes))}
    return f"{all_of_them} {_whose(by_trainers, holes - by_trainers)}"


def _whose(by_trainers: int, by_the_team: int) -> str:
    if not by_trainers:
        return _("C’est à l’équipe de les combler.")
    if not by_the_team:
        return _("C’est à qui anime de les combler.")
    return (
        ngettext("%(count)s est à combler par qui anime,", "%(count)s sont à combler par qui anime,", by_trainers)
        % {"count": capitalised(in_words(by_trainers))}
        + " "
        + _("%(count)s par l’équipe.") % {"count": in_words(by_the_team)}
    )


def so_many_holes(count: int) -> str:
    """« quatre trous »."""
    return ngettext("%(count)s trou", "%(count)s trous", count) % {"count": in_words(count)}


def under_a_head(count: int) -> str:
    """Under the name of a column."""
    return ngettext("%(count)s trou", "%(count)s trous", count) % {"count": count} if count else _("aucun")


def led_by(group: Group, names: Mapping[str, str]) -> str:
    """Who leads these sessions."""
    return listed(sorted(names[trainer] for trainer in group.trainers)) or _("Sans formateur")


def of_group(group: Group, matrix: Matrix) -> str:
    """« deux sessions, quatre trous : acquis 1, certificat 8 »."""
    sessions = ngettext("%(count)s session", "%(count)s sessions", len(group.sessions)) % {
        "count": in_words(len(group.sessions), feminine=True)
    }
    if not group.holes:
        return _("%(sessions)s, aucun trou") % {"sessions": sessions}
    return _("%(sessions)s, %(holes)s : %(kinds)s") % {
        "sessions": sessions,
        "holes": so_many_holes(group.holes),
        "kinds": _kinds(group, matrix),
    }


def _kinds(group: Group, matrix: Matrix) -> str:
    """What lacks most often first; where things are counted, how many of them lack."""
    lacking: dict[str, int] = {}
    for session in group.sessions:
        for result in matrix.holes.get(session.id, ()):
            label = result.expectation.short_name
            lacking[label] = lacking.get(label, 0) + lacking_of(result, session)
    kinds = sorted(lacking.items(), key=lambda each: -each[1])
    said = [f"{label}\u00a0{count}" for label, count in kinds[:_MOST]]
    return ", ".join([*said, "…"] if kinds[_MOST:] else said)


STANDINGS = {
    Standing.HOLE: gettext_lazy("avec un trou"),
    Standing.TO_SETTLE: gettext_lazy("à relire ou préciser"),
    Standing.COMPLETE: gettext_lazy("sans trou"),
    Standing.TO_COME: gettext_lazy("rien d’attendu encore"),
}


def standing(found: Standing) -> str:
    """Where the dossier of a session stands, in words."""
    return str(STANDINGS[found])


def folded_complete(count: int) -> str:
    """Above the sessions that lack nothing."""
    return ngettext("%(count)s session sans trou", "%(count)s sessions sans trou", count) % {
        "count": capitalised(in_words(count, feminine=True))
    }


def folded_to_come(count: int) -> str:
    """Above the sessions of which nothing is expected yet."""
    return ngettext(
        "%(count)s session à venir, rien d’attendu à ce jour", "%(count)s sessions à venir, rien d’attendu à ce jour", count
    ) % {"count": capitalised(in_words(count, feminine=True))}


def see_all(count: int) -> str:
    """The link below the first ones."""
    return _("Voir les %(count)s sessions") % {"count": count}


def from_to(first: date, last: date) -> str:
    """« janv. à sept. 2026 »."""
    until = f"{short_month(last)} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return until
    since = short_month(first) if first.year == last.year else f"{short_month(first)} {first.year}"
    return _("%(first)s à %(last)s") % {"first": since, "last": until}


def next_one(sessions: Sequence[SessionHead]) -> str:
    """« la prochaine le 14 déc. 2026 ». `sessions`: the last ones first."""
    return _("la prochaine le %(day)s") % {"day": short_date(sessions[-1].first_day)}


def remind_them(names: Iterable[str]) -> str:
    """What is written on the button."""
    found = list(names)
    if len(found) == 1:
        return _("Relancer %(name)s") % {"name": found[0]}
    return _("Relancer les %(count)s formateurs") % {"count": in_words(len(found))}


def all_told(matrix: Matrix) -> str:
    """At the foot of the table: « 6 sessions avec un trou, 20 sans trou, 5 à venir : 31 sessions »."""
    count = Counter(matrix.standings.values())
    parts = [
        ngettext("%(count)s session avec un trou", "%(count)s sessions avec un trou", count[Standing.HOLE]),
        _("%(count)s à relire ou préciser") if count[Standing.TO_SETTLE] else "",
        _("%(count)s sans trou"),
        _("%(count)s à venir") if count[Standing.TO_COME] else "",
    ]
    told = ", ".join(part % {"count": count[standing]} for part, standing in zip(parts, Standing, strict=True) if part)
    total = ngettext("%(count)s session", "%(count)s sessions", count.total()) % {"count": count.total()}
    return _("%(parts)s : %(total)s") % {"parts": told, "total": total}
