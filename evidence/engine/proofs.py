"""What proves an expectation for one subject: linked documents, and facts that exist because the work was done."""

from collections.abc import Callable, Iterable, Mapping

from evidence.engine.dates import months_before
from evidence.engine.facts import DocumentFacts
from evidence.engine.populations import View
from evidence.engine.recorded import RECORDED
from evidence.engine.recorded.proof import GOOD_PROOF, NO_PROOF, PROOFS, Proof
from evidence.engine.situation import SessionView, Situation
from evidence.engine.tally import MARKS
from evidence.engine.timing import Clock, Days, Verdict
from qualiopi.standard.expectations import Expectation, RunForAnother


def _by_a_document(verdict: Verdict, document: DocumentFacts) -> Proof:
    """What a document proves; with the name of whoever accepted it."""
    if document.read_by and verdict > Verdict.TO_READ:
        return Proof(verdict, MARKS.get(verdict), read_by=(document.read_by,))
    return PROOFS[verdict]


Documents = Mapping[str, list[DocumentFacts]]
NOTHING: Documents = {}
YEAR = 12  # months of which a yearly synthesis speaks
# What a client organisation hands over for a session that one runs as its subcontractor.
CLIENT_PIECES = ("client_brief",)


class DocumentIndex:
    """Documents by kind and by what they are linked to, each list built once."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.by_id = {document.id: document for document in situation.facts.documents}
        self.by_type: dict[str, list[DocumentFacts]] = {}
        for document in situation.facts.documents:
            self.by_type.setdefault(document.type, []).append(document)
        self.by_indicator: dict[int, list[DocumentFacts]] = {}
        for document in situation.facts.documents:
            for indicator in document.indicators:
                self.by_indicator.setdefault(indicator, []).append(document)
        self._by_link: dict[tuple[str, tuple[str, ...]], Documents] = {}

    def of_types(self, types: Iterable[str]) -> list[DocumentFacts]:
        return [document for kind in types for document in self.by_type.get(kind, ())]

    def for_indicator(self, types: Iterable[str], indicator: int) -> list[DocumentFacts]:
        """Documents linked to the indicator itself: they prove only what is asked of the organisation."""
        return [document for document in self.of_types(types) if indicator in document.indicators]

    def given_to_all(self, types: Iterable[str], indicator: int) -> list[DocumentFacts]:
        """Documents that a person accepted, linked to the indicator alone: given to everybody, they speak of every session."""
        return [document for document in self.for_indicator(types, indicator) if document.accepted and not document.session_ids]

    def of_the_year(self, types: Iterable[str]) -> Documents:
        """Course -> dated documents that a person accepted, linked to the course alone: they speak of its sessions of the year before."""
        found: dict[str, list[DocumentFacts]] = {}
        for document in self.of_types(types):
            if document.accepted and document.effective_on is not None and not document.session_ids:
                for course in document.course_ids:
                    found.setdefault(course, []).append(document)
        return found

    def linked(self, link: str, types: tuple[str, ...]) -> Documents:
        """Subject id -> documents linked to it."""
        key = (link, types)
        if key not in self._by_link:
            found: dict[str, list[DocumentFacts]] = {}
            identifiers = self._identifiers(link)
            for document in self.of_types(types):
                for identifier in identifiers(document):
                    found.setdefault(identifier, []).append(document)
            self._by_link[key] = found
        return self._by_link[key]

    def _identifiers(self, link: str) -> Callable[[DocumentFacts], Iterable[str]]:
        if link == "course":
            return self._courses
        if link in ("session", "session_or_its_trainer"):
            return lambda document: document.session_ids
        if link == "trainer":
            return lambda document: document.trainer_ids
        return lambda document: document.subcontractor_ids

    def _courses(self, document: DocumentFacts) -> Iterable[str]:
        """A course, or the course of a session it is linked to."""
        if not document.session_ids:
            return document.course_ids
        courses = dict.fromkeys(document.course_ids)
        by_session = self._course_by_session
        courses.update(dict.fromkeys(by_session[session] for session in document.session_ids if session in by_session))
        return courses

    @property
    def _course_by_session(self) -> Mapping[str, str]:
        if not hasattr(self, "_courses_of_sessions"):
            self._courses_of_sessions = {session.id: session.course_id for session in self.situation.facts.sessions}
        return self._courses_of_sessions


class ProofFinder:
    """Looks for the proof of one expectation, subject by subject. Notes the documents that counted (``used``), and whether
    the work itself proves the subject (``kept``), until it begins again with another."""

    def __init__(self, expectation: Expectation, situation: Situation, index: DocumentIndex, clock: Clock) -> None:
        self.situation = situation
        self.index = index
        self.clock = clock
        self.used: set[str] = set()
        self.kept = False
        self.key = expectation.key
        self.recorded = RECORDED.get(expectation.key)
        way = expectation.document
        self.link = way.linked_to if way else ""
        self.linked_to_subject = self.link == expectation.subject
        self.documents = index.linked(self.link, way.types) if way else NOTHING
        self.given_to_all = index.given_to_all(way.given_to_all, expectation.indicator) if way and way.given_to_all else []
        self.of_the_year = index.of_the_year(way.of_the_year) if way and way.of_the_year else NOTHING
        takes_client_pieces = expectation.run_for_another is RunForAnother.CLIENT_PIECE and situation.works_for_others
        self.of_clients = index.linked("session", CLIENT_PIECES) if takes_client_pieces else NOTHING
        also_trainers = way is not None and self.link.endswith("_or_its_trainer")
        self.of_trainers = index.linked("trainer", way.types) if way and also_trainers else NOTHING
        self.of_subcontractors = index.linked("subcontract", way.types) if way and also_trainers else NOTHING

    def begin(self) -> None:
        """Another subject: nothing counted yet."""
        self.kept = False
        if self.used:
            self.used = set()

    def find(self, view: View, days: Days) -> Proof:
        best = NO_PROOF
        if self.recorded is not None:
            best = self.recorded(view, self.situation, self.clock)
            if best.mark is not None and not best.filed:
                self.kept = True
            if best is GOOD_PROOF:
                return best
            if best.contrary:
                return self._completed(view, best, days)
        # The usual case, thousands of times: nothing but documents linked to the subject itself.
        found = self.documents.get(view.subject.id) if self.linked_to_subject else self.candidates(view)
        if self.given_to_all and isinstance(view, SessionView):
            found = [*(found or ()), *self.given_to_all]
        if self.of_the_year and isinstance(view, SessionView):
            found = [*(found or ()), *self._of_its_year(view)]
        if self.of_clients:
            found = [*(found or ()), *self._from_client(view)]
        for document in found or ():
            verdict = self.clock.document(document, days)
            if verdict >= Verdict.TO_READ:
                self.used.add(document.id)
            first = (document.read_by,) < best.read_by if verdict is best.verdict and document.read_by else False
            if verdict > best.verdict or first:
                best = _by_a_document(verdict, document)
        return best

    def covered(self, view: View, days: Days) -> dict[str, tuple[Verdict, str]]:
        """Line -> what the best document is worth that covers it, somebody having said so, and who did."""
        found: dict[str, tuple[Verdict, str]] = {}
        for cover in self.situation.covers.get((self.key, view.subject.id), ()):
            document = self.index.by_id.get(cover.document_id)
            verdict = self.clock.document(document, days, read=True) if document is not None else Verdict.NONE
            if verdict > Verdict.TO_READ:
                found[cover.line] = max(found.get(cover.line, (Verdict.NONE, "")), (verdict, cover.person))
                self.used.add(cover.document_id)
        return found

    def lacking(self, view: View, recorded: Proof = NO_PROOF) -> frozenset[str]:
        """The lines that lack, by the names that covers use; nothing where the facts don't name them."""
        return frozenset(recorded.lacking) or self.situation.facts.lacking.get((self.key, view.subject.id), frozenset())

    def _completed(self, view: View, recorded: Proof, days: Days) -> Proof:
        """A recorded hole, once documents cover each of its lines, and what is there already came in time."""
        if recorded.rest < Verdict.OLD or (self.key, view.subject.id) not in self.situation.covers:
            return recorded
        covered, lacking = self.covered(view, days), self.lacking(view, recorded)
        if not lacking or not lacking <= covered.keys():
            return recorded
        verdict = min(recorded.rest, *(covered[line][0] for line in lacking))
        return Proof(verdict, MARKS.get(verdict), read_by=tuple(sorted({covered[line][1] for line in lacking})))

    def _from_client(self, view: View) -> Iterable[DocumentFacts]:
        """Pieces received from the client organisation, for a session run for it or for the course of such sessions."""
        sessions = [view] if isinstance(view, SessionView) else self.situation.sessions_by_course.get(view.subject.id, ())
        return [
            document
            for session in sessions
            if session.facts.run_for_another
            for document in self.of_clients.get(session.facts.id, ())
        ]

    def _of_its_year(self, view: SessionView) -> Iterable[DocumentFacts]:
        """Documents about the year in which this session of their course ended."""
        last = view.facts.last_day
        return [
            document
            for document in self.of_the_year.get(view.facts.course_id, ())
            if last is not None
            and document.effective_on is not None
            and months_before(document.effective_on, YEAR) < last <= document.effective_on
        ]

    def candidates(self, view: View) -> Iterable[DocumentFacts]:
        """Documents linked to something else than the subject: the course of a session, whoever teaches."""
        if isinstance(view, SessionView):
            if self.link == "course":
                return self.documents.get(view.facts.course_id, ())
            more = [document for trainer in view.facts.trainer_ids for document in self.of_trainers.get(trainer, ())]
            more += [document for other in view.subcontractor_ids for document in self.of_subcontractors.get(other, ())]
            return [*self.documents.get(view.facts.id, ()), *more]
        trainers = [
            trainer.id
            for trainer in self.situation.trainers.values()
            if view.subject.id in (trainer.subcontractor_id, trainer.id)
        ]
        found = [document for trainer in trainers for document in self.of_trainers.get(trainer, ())]
        return [*self.documents.get(view.subject.id, ()), *found]
