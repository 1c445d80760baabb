"""From a hole to the one place where it is mended, and from a subject to its page."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from evidence.readiness.engine.result import IndicatorStatus, Mark, Missing, Outcome, Subject, SubjectKind
from qualiopi.standard.applicability import Answer
from qualiopi.standard.expectations import Expectation, Kind

SURVEY_TYPES = frozenset({"survey_answers", "survey_summary"})
PHASE = 1  # facts of later phases have no page of ours yet: a document proves them

# Kind of subject -> name of its page; the others have none.
_PAGES = {
    SubjectKind.SESSION: "sessions:detail",
    SubjectKind.COURSE: "catalogue:detail",
    SubjectKind.TRAINER: "people:trainer",
}
# Kind of subject -> name under which the filing form knows it.
_FILED_FOR = {
    SubjectKind.SESSION: "session",
    SubjectKind.COURSE: "course",
    SubjectKind.TRAINER: "trainer",
    SubjectKind.SUBCONTRACTOR: "subcontractor",
}


@dataclass(frozen=True, slots=True)
class Way:
    """A button: what one does there, and where."""

    label: str
    url: str
    icon: str = "list-check"


def subject_url(organisation: str, kind: SubjectKind, identifier: str) -> str:
    """The page of a subject; empty for what has none."""
    return reverse(_PAGES[kind], args=[organisation, identifier]) if kind in _PAGES else ""


def way_to_mend(organisation: str, expectation: Expectation, kind: SubjectKind, identifier: str) -> Way:
    """Where the hole of one subject is mended."""
    recorded_here = expectation.kind is not Kind.DOCUMENT and expectation.recorded_from <= PHASE
    document = expectation.document
    if kind is SubjectKind.SESSION and recorded_here:
        if document and SURVEY_TYPES & set(document.types):
            return Way(_("Recueillir les avis"), reverse("surveys:share", args=[organisation, identifier]), "message-2-question")
        return Way(_("Compléter la session"), reverse("sessions:edit", args=[organisation, identifier]), "calendar-event")
    if document is None:
        url = subject_url(organisation, kind, identifier)
        return (
            Way(_("Compléter la fiche"), url)
            if url
            else Way(_("Compléter le profil"), reverse("organisations:profile", args=[organisation]))
        )
    return Way(_("Déposer la pièce"), upload_url(organisation, expectation, kind, identifier), "file-plus")


def upload_url(organisation: str, expectation: Expectation, kind: SubjectKind, identifier: str) -> str:
    """The filing form, with the type, the indicator and the subject already chosen."""
    document = expectation.document
    query: dict[str, str | int] = {"indicator": expectation.indicator}
    if document:
        query["type"] = document.types[0]
        if document.audience:
            query["audience"] = document.audience
    filed_for = _FILED_FOR.get(kind)
    if filed_for and document and document.linked_to != "organisation":
        query[filed_for] = identifier
    return f"{reverse('library:upload', args=[organisation])}?{urlencode(query)}"


def way_of_missing(organisation: str, missing: Missing, expectations: dict[str, Expectation]) -> Way:
    """Where a hole of an indicator is mended; `expectations` by key."""
    return way_to_mend(organisation, expectations[missing.expectation_key], missing.kind, missing.subject_id)


def way_to_clarify(organisation: str, subject: Subject) -> Way:
    """Where what one cannot tell is said."""
    if subject.kind is SubjectKind.SESSION:
        return Way(_("Préciser"), reverse("sessions:edit", args=[organisation, subject.id]))
    url = subject_url(organisation, subject.kind, subject.id)
    return Way(_("Préciser"), url or reverse("organisations:profile", args=[organisation]))


def next_way(organisation: str, status: IndicatorStatus) -> Way | None:
    """The one button of an indicator: where its next action starts; None when nothing is to be done."""
    leading = status.leading
    if not status.next_action:
        return None
    if status.applicable is Answer.UNKNOWN:
        return Way(_("Compléter le profil"), reverse("organisations:profile", args=[organisation]))
    if leading is None:
        return Way(_("Importer vos sessions"), reverse("exchange:list", args=[organisation]))
    holes = leading.missing
    if len(holes) == 1 or (holes and holes[0].kind is SubjectKind.ORGANISATION):
        return way_to_mend(organisation, leading.expectation, holes[0].kind, holes[0].id)
    if holes:
        return Way(_("Voir les manques"), "#manques")
    unclear = leading.having(Mark.TO_CLARIFY)
    if unclear:
        return way_to_clarify(organisation, unclear[0])
    if leading.outcome is Outcome.CANNOT_BE_JUDGED:
        return Way(_("Importer vos sessions"), reverse("exchange:list", args=[organisation]))
    return Way(_("Déposer une pièce"), upload_url(organisation, leading.expectation, SubjectKind.ORGANISATION, ""))
