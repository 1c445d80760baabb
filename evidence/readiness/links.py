"""From a hole to the one place where it is mended, and from a subject to its page."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evidence.engine.recorded import is_recorded
from evidence.engine.result import ExpectationResult, IndicatorStatus, Mark, Outcome, Subject, SubjectKind
from evidence.readiness.queries import Board
from qualiopi.standard.applicability import Answer
from qualiopi.standard.book import expectations
from qualiopi.standard.expectations import Expectation
from trainings.documents.models import DocumentKind

SURVEY_TYPES = frozenset({"survey_answers", "survey_summary"})

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
# Unknown facts of a session that are said elsewhere than on its own page.
_SAID_OF_THE_COURSE = frozenset({"category_unknown", "certifying_unknown"})
_GIVEN_OUT, _UNDATED = "subcontracting_unknown", "effective_date_unknown"
# Where what is said of the others is changed.
_SAID_AT = {
    SubjectKind.COURSE: "catalogue:edit",
    SubjectKind.TRAINER: "people:edit_trainer",
    SubjectKind.SUBCONTRACTOR: "people:edit_subcontractor",
}
_BEFORE = gettext_lazy("Besoins et positionnement"), "learning:before", "clipboard-list"
_RESULTS = gettext_lazy("Saisir les acquis"), "learning:results", "checklist"
_DOCUMENTS = gettext_lazy("Émettre le document"), "documents:session", "file-text"
_REGISTER = gettext_lazy("Compléter l’émargement"), "attendance:session", "signature"
# Expectation about a session -> the page where the work is done: words, name of the address, icon.
_WORK_OF_SESSION: dict[str, tuple[str | Promise, str, str]] = {
    "session_need_analysed": _BEFORE,
    "session_positioning_done": _BEFORE,
    "adaptation_question_asked": (gettext_lazy("Poser la question"), "adaptations:session", "help"),
    "agreement_states_objectives": _DOCUMENTS,
    "session_joining_instructions": _DOCUMENTS,
    "end_certificates_issued": _DOCUMENTS,
    "attendance_and_follow_up_traced": _REGISTER,
    "remote_following_verified_2026": _REGISTER,
    "absences_and_dropouts_followed": (gettext_lazy("Noter le suivi"), "attendance:session", "phone"),
    "session_learning_evaluated": _RESULTS,
    "trainee_results_by_objective": _RESULTS,
    "candidates_presented_properly": (gettext_lazy("Suivre les examens"), "learning:exams", "certificate"),
    "trainees_asked": (gettext_lazy("Recueillir les avis"), "surveys:share", "message-2-question"),
    "session_has_answers": (gettext_lazy("Recueillir les avis"), "surveys:share", "message-2-question"),
    "non_respondents_reminded": (gettext_lazy("Relancer"), "surveys:session", "send"),
    "session_subcontract_on_file": (gettext_lazy("Compléter la session"), "sessions:edit", "calendar-event"),
    "session_schedule_recorded": (gettext_lazy("Compléter la session"), "sessions:edit", "calendar-event"),
    "session_trainer_assigned": (gettext_lazy("Compléter la session"), "sessions:edit", "calendar-event"),
    "session_place_recorded": (gettext_lazy("Compléter la session"), "sessions:edit", "calendar-event"),
}
# Of which document, where one kind alone would do: its page names everybody.
_KIND_OF = {
    "session_joining_instructions": DocumentKind.CONVOCATION,
    "end_certificates_issued": DocumentKind.COMPLETION,
}
# Kind of subject -> where the work about it is done.
_WORK: dict[SubjectKind, tuple[str | Promise, str, str]] = {
    SubjectKind.COURSE: (gettext_lazy("Compléter la formation"), "catalogue:detail", "book"),
    SubjectKind.TRAINER: (gettext_lazy("Compléter le dossier"), "people:trainer", "user-check"),
    SubjectKind.SUBCONTRACTOR: (gettext_lazy("Compléter le dossier"), "people:subcontractor", "user-check"),
    SubjectKind.SESSION: (gettext_lazy("Compléter la session"), "sessions:detail", "calendar-event"),
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
    """Where the hole of one subject is mended: where the work is done, else by a document."""
    if is_recorded(expectation):
        found = _WORK_OF_SESSION.get(expectation.key) if kind is SubjectKind.SESSION else None
        found = found or _WORK.get(kind)
        if found is not None:
            label, name, icon = found
            if expectation.key in _KIND_OF and kind is SubjectKind.SESSION:
                url = reverse("documents:kind", args=[organisation, identifier, _KIND_OF[expectation.key].value])
                return Way(str(label), url, icon)
            return Way(str(label), reverse(name, args=[organisation, identifier]), icon)
        if kind in (SubjectKind.COMPANY, SubjectKind.FUNDER):
            # The sessions of that company or funder: whom to ask, and whether they were asked, is on the page of each.
            url = reverse("surveys:list", args=[organisation], query={kind.value: identifier})
            return Way(_("Solliciter un avis"), url, "send")
        if expectation.document is None:
            # A number without names: it is brought down session by session.
            return Way(_("Voir les sessions"), reverse("sessions:list", args=[organisation]), "calendar-event")
    document = way_to_file(organisation, expectation, kind, identifier)
    if document is not None:
        return document
    url = subject_url(organisation, kind, identifier)
    return (
        Way(_("Compléter la fiche"), url)
        if url
        else Way(_("Compléter le profil"), reverse("organisations:profile", args=[organisation]))
    )


def way_to_file(organisation: str, expectation: Expectation, kind: SubjectKind, identifier: str) -> Way | None:
    """The document that would do as well; None when no document is a proof here."""
    if expectation.document is None:
        return None
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


def way_to_clarify(board: Board, result: ExpectationResult, subject: Subject) -> Way:
    """Where what one cannot tell of a subject is said: of its course, of its contract, of its documents, else of itself."""
    organisation = board.organisation.slug
    fact = _fact_behind(result.clarifications.get(subject.id, ""))
    label = _("Préciser")
    if subject.kind in (SubjectKind.COMPANY, SubjectKind.FUNDER):
        # A piece without a date, or that names nobody: asking them settles it.
        return way_to_mend(organisation, result.expectation, subject.kind, subject.id)
    if fact == _UNDATED:
        query = {"subject": subject.id} if subject.kind in _FILED_FOR else {}
        return Way(label, reverse("library:list", args=[organisation], query=query))
    if subject.kind is SubjectKind.SESSION:
        if fact in _SAID_OF_THE_COURSE and subject.id in board.courses:
            return Way(label, reverse("catalogue:edit", args=[organisation, board.courses[subject.id]]))
        page = "sessions:contract" if fact == _GIVEN_OUT else "sessions:edit"
        return Way(label, reverse(page, args=[organisation, subject.id]))
    if subject.kind in _SAID_AT:
        return Way(label, reverse(_SAID_AT[subject.kind], args=[organisation, subject.id]))
    return Way(label, reverse("organisations:profile", args=[organisation]))


def _fact_behind(sentence: str) -> str:
    """The unknown fact that a sentence tells; empty when it tells none."""
    facts = expectations().unknown_facts
    return next((key for key, fact in facts.items() if fact.sentence == sentence), "")


def next_way(board: Board, status: IndicatorStatus) -> Way | None:
    """The one button of an indicator: where its next action starts; None when nothing is to be done."""
    organisation, leading = board.organisation.slug, status.leading
    if not status.next_action:
        return None
    if status.applicable is Answer.UNKNOWN:
        return Way(_("Compléter le profil"), reverse("organisations:profile", args=[organisation]))
    if leading is None:
        return Way(_("Importer vos sessions"), reverse("imports:list", args=[organisation]))
    holes = leading.missing
    if len(holes) == 1 or (holes and holes[0].kind is SubjectKind.ORGANISATION):
        return way_to_mend(organisation, leading.expectation, holes[0].kind, holes[0].id)
    if holes:
        return Way(_("Voir les manques"), "#manques")
    unclear = leading.having(Mark.TO_CLARIFY)
    if unclear:
        return way_to_clarify(board, leading, unclear[0])
    if leading.outcome is Outcome.CANNOT_BE_JUDGED:
        return Way(_("Importer vos sessions"), reverse("imports:list", args=[organisation]))
    return Way(_("Déposer une pièce"), upload_url(organisation, leading.expectation, SubjectKind.ORGANISATION, ""))
