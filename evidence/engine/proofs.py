"""What proves an expectation for one subject: linked documents, and facts that exist because the work was done."""

from collections.abc import Callable, Iterable, Mapping

from evidence.engine.facts import DocumentFacts
from evidence.engine.populations import View
from evidence.engine.recorded import RECORDED
from evidence.engine.recorded.proof import GOOD_PROOF, NO_PROOF, PROOFS, Proof
from evidence.engine.situation import SessionView, Situation
from evidence.engine.timing import Clock, Days, Verdict
from qualiopi.standard.expectations import Expectation, RunForAnother

Documents = Mapping[str, list[DocumentFacts]]
NOTHING: Documents = {}
# What a client organisation hands over for a session that one runs as its subcontractor.
CLIENT_PIECES = ("client_brief",)


class DocumentIndex:
    """Documents by kind and by what they are linked to, each list built once."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.by_type: dict[str, list[DocumentFacts]] = {}
        for document in situation.facts.documents:
            self.by_type.setdefault(document.type, []).append(document)
        self._by_link: dict[tuple[str, tuple[str, ...]], Documents] = {}

    def of_types(self, types: Iterable[str]) -> list[DocumentFacts]:
        return [document for kind in types for document in self.by_type.get(kind, ())]

    def for_indicator(self, types: Iterable[str], indicator: int) -> list[DocumentFacts]:
        """Documents linked to the indicator itself: they prove only what is asked of the organisation."""
        return [document for document in self.of_types(types) if indicator in document.indicators]

    def given_to_all(self, types: Iterable[str], indicator: int) -> list[DocumentFacts]:
        """Documents that a person accepted, linked to the indicator alone: given to everybody, they speak of every session."""
        return [document for document in self.for_indicator(types, indicator) if document.accepted and not document.session_ids]

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
    """Looks for the proof of one expectation, subject by subject. Collects the documents that counted (``used``), and the
    subjects that the work itself proves (``kept``)."""

    def __init__(self, expectation: Expectation, situation: Situation, index: DocumentIndex, clock: Clock) -> None:
        self.situation = situation
        self.clock = clock
        self.used: set[str] = set()
        self.kept: set[str] = set()
        self.recorded = RECORDED.get(expectation.key)
        way = expectation.document
        self.link = way.linked_to if way else ""
        self.linked_to_subject = self.link == expectation.subject
        self.documents = index.linked(self.link, way.types) if way else NOTHING
        self.given_to_all = index.given_to_all(way.given_to_all, expectation.indicator) if way and way.given_to_all else []
        takes_client_pieces = expectation.run_for_another is RunForAnother.CLIENT_PIECE and situation.works_for_others
        self.of_clients = index.linked("session", CLIENT_PIECES) if takes_client_pieces else NOTHING
        also_trainers = way is not None and self.link.endswith("_or_its_trainer")
        self.of_trainers = index.linked("trainer", way.types) if way and also_trainers else NOTHING
        self.of_subcontractors = index.linked("subcontract", way.types) if way and also_trainers else NOTHING

    def find(self, view: View, days: Days) -> Proof:
        best = NO_PROOF
        if self.recorded is not None:
            best = self.recorded(view, self.situation, self.clock)
            if best.mark is not None:
                self.kept.add(view.subject.id)
            if best is GOOD_PROOF or best.contrary:
                return best
        # The usual case, thousands of times: nothing but documents linked to the subject itself.
        found = self.documents.get(view.subject.id) if self.linked_to_subject else self.candidates(view)
        if self.given_to_all and isinstance(view, SessionView):
            found = [*(found or ()), *self.given_to_all]
        if self.of_clients:
            found = [*(found or ()), *self._from_client(view)]
        for document in found or ():
            verdict = self.clock.document(document, days)
            if verdict >= Verdict.TO_READ:
                self.used.add(document.id)
            if verdict > best.verdict:
                best = PROOFS[verdict]
        return best

    def _from_client(self, view: View) -> Iterable[DocumentFacts]:
        """Pieces received from the client organisation, for a session run for it or for the course of such sessions."""
        sessions = [view] if isinstance(view, SessionView) else self.situation.sessions_by_course.get(view.subject.id, ())
        return [
            document
            for session in sessions
            if session.facts.run_for_another
            for document in self.of_clients.get(session.facts.id, ())
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
