"""Where a piece stands, in one sentence, and which of what it speaks of has a page to open."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from evidence.library.models import Document, ReviewState
from evidence.library.pieces import standing_words, subject_url
from evidence.library.queries import SUBJECT_FIELDS, Linked
from qualiopi.accounts.models import User
from trainings.sessions.models import Session

WHEN = datetime(2026, 11, 23, 9, tzinfo=UTC)
ANNOUNCED = "Cette pièce est annoncée : son fichier reste à déposer."
NOT_READ = "Pas encore relue : elle met au mieux à risque, tant que personne ne l’a retenue."
KEPT = "Retenue le 23 novembre 2026 par Maëlle Kerdraon."
REFUSED = "Refusée le 23 novembre 2026 par Maëlle Kerdraon : illisible"
WITHDRAWN = "Retirée le 23 novembre 2026 par Maëlle Kerdraon : un doublon"


@pytest.mark.parametrize(
    ("review", "filed", "withdrawn", "expected"),
    [
        (ReviewState.NOT_REVIEWED, False, False, ANNOUNCED),
        (ReviewState.NOT_REVIEWED, True, False, NOT_READ),
        (ReviewState.ACCEPTED, True, False, KEPT),
        (ReviewState.REFUSED, True, False, REFUSED),
        (ReviewState.ACCEPTED, False, False, ANNOUNCED),
        (ReviewState.NOT_REVIEWED, False, True, WITHDRAWN),
        (ReviewState.REFUSED, True, True, WITHDRAWN),
    ],
)
def test_a_piece_says_where_it_stands(review, filed, withdrawn, expected):
    person = User(full_name="Maëlle Kerdraon")
    document = Document(review_state=review)
    if review != ReviewState.NOT_REVIEWED:
        document.reviewed_at, document.reviewed_by, document.review_comment = WHEN, person, "illisible"
    if withdrawn:
        document.withdrawn_at, document.withdrawn_by, document.withdrawal_reason = WHEN, person, "un doublon"
    assert standing_words(document, filed=filed) == expected


def test_a_session_alone_has_a_page_to_open_from_a_piece():
    row = Session()
    found = {kind: subject_url(Linked(kind, row, "", ""), organisation_slug="fil-ouest") for kind in SUBJECT_FIELDS}
    assert found == dict.fromkeys(SUBJECT_FIELDS, "") | {"session": f"/o/fil-ouest/sessions/{row.pk}/"}
