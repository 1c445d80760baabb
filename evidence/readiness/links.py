"""From a hole to the one place where it is mended, and from a subject to its page."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evidence.engine.recorded import comes_too_late
from evidence.engine.result import ExpectationResult, IndicatorStatus, Mark, Outcome, Subject, SubjectKind
from evidence.engine.sentences import READ_THEM
from evidence.readiness.covers import LACKS
from evidence.readiness.queries import Board, SessionRead
from qualiopi.standard.applicability import Answer
from qualiopi.standard.book import expectations
from qualiopi.standard.expectations import Expectation, Work

SURVEY_TYPES = frozenset({"survey_answers", "survey_summary"})

# Kind of subject -> name of its page; the others have none.
_PAGES = {
    SubjectKind.SESSION: "dossiers:session",
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
_OPEN_FIGURES = ("referent_threshold_unknown", "permanent_threshold_unknown")
_GIVEN_OUT, _UNDATED = "subcontracting_unknown", "effective_date_unknown"
# Where what is said of the others is changed.
_SAID_AT = {
    SubjectKind.COURSE: "catalogue:edit",
    SubjectKind.TRAINER: "people:edit_trainer",
    SubjectKind.SUBCONTRACTOR: "people:edit_subcontractor",
}
_COMPLETE = gettext_lazy("Compléter le dossier")
_OF_SESSION = SubjectKind.SESSION
# Work, and what it is about -> where it is done: words, name of the address, icon. A piece of the library is filed.
PLACES: dict[tuple[Work, SubjectKind], tuple[str | Promise, str, str]] = {
    (Work.NEEDS, _OF_SESSION): (gettext_lazy("Besoins et positionnement"), "learning:before", "clipboard-list"),
    (Work.ADAPTATIONS, _OF_SESSION): (gettext_lazy("Poser la question"), "adaptations:session", "help"),
    (Work.DOCUMENTS, _OF_SESSION): (gettext_lazy("Émettre le document"), "documents:session", "file-text"),
    (Work.REGISTER, _OF_SESSION): (gettext_lazy("Compléter l’émargement"), "attendance:session", "signature"),
    (Work.RESULTS, _OF_SESSION): (gettext_lazy("Saisir les acquis"), "learning:results", "checklist"),
    (Work.EXAMS, _OF_SESSION): (gettext_lazy("Suivre les examens"), "learning:exams", "certificate"),
    (Work.OPINIONS, _OF_SESSION): (gettext_lazy("Recueillir les avis"), "surveys:session", "message-2-question"),
    (Work.OPINIONS, SubjectKind.TRAINER): (_COMPLETE, "people:trainer", "user-check"),
    (Work.PLANNING, _OF_SESSION): (gettext_lazy("Compléter la session"), "sessions:edit", "calendar-event"),
    (Work.CARD, _OF_SESSION): (gettext_lazy("Compléter la session"), "dossiers:session", "calendar-event"),
    (Work.CARD, SubjectKind.COURSE): (gettext_lazy("Compléter la formation"), "catalogue:detail", "book"),
    (Work.CARD, SubjectKind.TRAINER): (_COMPLETE, "people:trainer", "user-check"),
    (Work.CARD, SubjectKind.SUBCONTRACTOR): (_COMPLETE, "people:subcontractor", "user-check"),
}
# A step that one kind of document settles.
_OF_A_KIND = "document:"


@dataclass(frozen=True, slots=True)
class Way:
    """A button: what one does there, and where."""

    label: str
    url: str
    icon: str = "list-check"


def subject_url(organisation: str, kind: SubjectKind, identifier: str) -> str:
    """The page of a subject; empty for what has none."""
    return reverse(_PAGES[kind], args=[organisation, identifier]) if kind in _PAGES else ""


def document_kind(expectation: Expectation) -> str:
    """The one kind of document that, issued now, mends it; "" where none does, or where it comes too late."""
    if comes_too_late(expectation):
        return ""
    return next((step.removeprefix(_OF_A_KIND) for step in expectation.closes if step.startswith(_OF_A_KIND)), "")


def way_to_mend(organisation: str, expectation: Expectation, kind: SubjectKind, identifier: str) -> Way:
    """Where the hole of one subject is mended: where the work is done if it can still mend it, else by a document."""
    place = None if comes_too_late(expectation) else PLACES.get((expectation.work, kind))
    if place is not None:
        label, name, icon = place
        if document := document_kind(expectation):
            # Where one kind alone would do: its page names everybody.
            return Way(str(label), reverse("documents:kind", args=[organisation, identifier, document]), icon)
        return Way(str(label), reverse(name, args=[organisation, identifier]), icon)
    if kind in (SubjectKind.COMPANY, SubjectKind.FUNDER):
        # The sessions of that company or funder: whom to ask, and whether they were asked, is on the page of each.
        url = reverse("surveys:list", args=[organisation], query={kind.value: identifier})
        return Way(_("Solliciter un avis"), url, "send")
    filed = way_to_file(organisation, expectation, kind, identifier)
    if filed is not None:
        return filed
    # A number without names: it is brought down session by session.
    return Way(_("Voir les sessions"), reverse("agenda:index", args=[organisation]), "calendar-event")


def way_to_file(organisation: str, expectation: Expectation, kind: SubjectKind, identifier: str) -> Way | None:
    """The document that would do as well; None when no document is a proof here."""
    if expectation.document is None:
        return None
    return Way(_("Déposer la pièce"), upload_url(organisation, expectation, kind, identifier), "file-plus")


def cover_url(organisation: str, result: ExpectationResult, subject: Subject) -> str:
    """Where somebody says which lines of a recorded hole a piece covers; empty where nothing names them, or no piece is a proof."""
    expectation = result.expectation
    named = result.lacking.get(subject.id) or (subject.id in result.lacking and expectation.key in LACKS)
    if not named or expectation.document is None:
        return ""
    return reverse("readiness:cover", args=[organisation, expectation.indicator, expectation.key, subject.id])


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


def way_to_clarify(board: Board | SessionRead, result: ExpectationResult, subject: Subject) -> Way:
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


def _waits_for_a_text(action: str) -> bool:
    """Whether an action waits for a figure that the law leaves open: it is set among the rules, once it is known."""
    facts = expectations().unknown_facts
    return action in {facts[key].next_action for key in _OPEN_FIGURES}


def next_way(board: Board, status: IndicatorStatus) -> Way | None:
    """The one button of an indicator: where its next action starts; None when nothing is to be done."""
    organisation, leading = board.organisation.slug, status.acting
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
    if status.next_action == READ_THEM:
        pieces = reverse("readiness:pieces", args=[organisation, status.number], query={"etat": "a-relire"})
        return Way(_("Relire les pièces"), pieces, "checklist")
    if _waits_for_a_text(status.next_action):
        return Way(_("Lire les règles"), reverse("readiness:rules", args=[organisation]))
    unclear = leading.having(Mark.TO_CLARIFY)
    if unclear:
        return way_to_clarify(board, leading, unclear[0])
    if leading.outcome is Outcome.CANNOT_BE_JUDGED:
        return Way(_("Importer vos sessions"), reverse("imports:list", args=[organisation]))
    return Way(_("Déposer une pièce"), upload_url(organisation, leading.expectation, SubjectKind.ORGANISATION, ""))
