"""What a page of results says first, computed: a form for none, for too few, for one and for many."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trainings.surveys.queries import Results, SatisfactionFigures

# Under this mean a question is told as something to look at again: own practice, no text says so.
GOOD_MARK = Decimal(4)


def mark(value: Decimal) -> str:
    """A mean as people read it: 4,4."""
    return number_format(value, 1)


def signed(score: int) -> str:
    """A recommendation score with its sign: +58, 0, −12."""
    return f"{score:+d}".replace("-", "−") if score else "0"


def results_title(results: Results) -> str:
    """The title of the page: the mean and the weakest question, or how many answers came."""
    if not results.answers:
        return _("Aucune réponse n’est encore arrivée.")
    if results.hidden:
        return ngettext(
            "Une réponse est arrivée, masquée jusqu’à %(minimum)s.",
            "%(n)s réponses sont arrivées, masquées jusqu’à %(minimum)s.",
            results.answers,
        ) % {"n": results.answers, "minimum": results.minimum}
    if results.overall is None:
        return _("%(n)s réponses, sans note générale.") % {"n": results.answers}
    weakest = results.weakest
    if weakest is None:
        return _("Satisfaction %(mean)s sur 5.") % {"mean": mark(results.overall)}
    if weakest.mean is not None and weakest.mean < GOOD_MARK:
        return _("Satisfaction %(mean)s sur 5 ; %(theme)s est à revoir.") % {
            "mean": mark(results.overall),
            "theme": weakest.theme,
        }
    return _("Satisfaction %(mean)s sur 5, aucune question sous 4.") % {"mean": mark(results.overall)}


def results_answer(results: Results) -> str:
    """The line under the title: who recommends, and which questions stand under 4."""
    if results.hidden and results.minimum == 1:
        return ""
    if results.hidden:
        return _("À moins de %(minimum)s réponses, une personne pourrait se reconnaître : rien n’est montré.") % {
            "minimum": results.minimum
        }
    told = []
    if sum(results.columns):
        share = round(100 * sum(results.columns[9:]) / sum(results.columns))
        told.append(_("%(share)s %% recommandent vivement la formation.") % {"share": share})
    low = [scale for scale in results.scales if scale.mean is not None and scale.mean < GOOD_MARK]
    weakest = results.weakest
    if len(low) == 1:
        told.append(_("« %(question)s » est la seule question sous 4.") % {"question": low[0].label})
    elif low and weakest is not None and weakest.mean is not None:
        told.append(
            _("%(n)s questions sont sous 4, la plus basse est « %(question)s » (%(mean)s).")
            % {"n": len(low), "question": weakest.label, "mean": mark(weakest.mean)}
        )
    elif weakest is not None and weakest.mean is not None:
        told.append(_("La plus basse est « %(question)s » (%(mean)s).") % {"question": weakest.label, "mean": mark(weakest.mean)})
    return " ".join(told)


def list_title(figures: SatisfactionFigures) -> str:
    """The title of the list: for how many finished sessions there are answers."""
    if not figures.sessions:
        return _("Aucune session terminée à montrer.")
    if figures.sessions_with_answers == figures.sessions:
        return ngettext(
            "Les avis des stagiaires existent pour la session terminée.",
            "Les avis des stagiaires existent pour les %(n)s sessions terminées.",
            figures.sessions,
        ) % {"n": figures.sessions}
    if not figures.sessions_with_answers:
        return ngettext(
            "La session terminée n’a encore aucun avis.",
            "Aucune des %(n)s sessions terminées n’a encore d’avis.",
            figures.sessions,
        ) % {"n": figures.sessions}
    return ngettext(
        "Les avis des stagiaires existent pour une session terminée sur %(all)s.",
        "Les avis des stagiaires existent pour %(n)s sessions terminées sur %(all)s.",
        figures.sessions_with_answers,
    ) % {"n": figures.sessions_with_answers, "all": figures.sessions}


def recommendation_told(results: Results) -> dict[str, Any]:
    """What the part « Recommandation » shows: the score with its sign, how many answered, shares of promoters and detractors."""

    def share(part: slice) -> int:
        return round(100 * sum(results.columns[part]) / sum(results.columns)) if sum(results.columns) else 0

    return {
        "score": signed(results.recommendation) if results.recommendation is not None else "",
        "recommended": sum(results.columns),
        "promoters": share(slice(9, 11)),
        "detractors": share(slice(0, 7)),
    }
