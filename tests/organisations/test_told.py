"""What the profile, the journal and the public question say of an answer or of the nature of an entry."""

from __future__ import annotations

from qualiopi.grids.views import ANSWERS
from qualiopi.journal.models import Entry, EntryKind
from qualiopi.journal.words import kind_told
from qualiopi.organisations.views.settings import CHANGED
from qualiopi.standard.applicability import Answer


def test_every_answer_has_its_words():
    assert {answer: (str(ANSWERS[answer]), str(CHANGED[answer])) for answer in Answer} == {
        Answer.YES: ("oui", "vous concerne désormais."),
        Answer.NO: ("non", "ne vous concerne plus."),
        Answer.UNKNOWN: ("à préciser", "attend une réponse."),
    }


def test_only_a_reading_is_named_beside_what_happened():
    assert {kind: kind_told(Entry(kind=kind)) for kind in EntryKind} == {EntryKind.CHANGE: "", EntryKind.READING: "lecture"}
