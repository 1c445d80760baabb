"""Where a document stands, in a list and on its page."""

from datetime import UTC, date, datetime

import pytest

from trainings.documents.models import Issued, Sending
from trainings.documents.sentences import Standing, standing_of, told

NOON = datetime(2026, 11, 18, 11, tzinfo=UTC)
SENT, OPENED = Sending(sent_at=NOON), Sending(sent_at=NOON, opened_at=NOON)
SIGNED = {"signed_on": date(2026, 11, 20)}
CANCELLED = {"cancelled_at": NOON, "cancellation_reason": "mauvaise date"}


def document(sendings, **changes):
    issued = Issued(issued_on=date(2026, 11, 16), **changes)
    issued._prefetched_objects_cache = {"sendings": sendings}
    return issued


ALL = [
    ([], {}, Standing("émis", "16 nov. 2026"), "Émis, pas encore envoyé."),
    ([Sending()], {}, Standing("émis", "16 nov. 2026"), "Émis, pas encore envoyé."),
    ([Sending(), SENT], {}, Standing("envoyé"), "Envoyé, pas encore ouvert."),
    ([SENT, OPENED], {}, Standing("envoyé, ouvert"), "Envoyé, et ouvert par qui l’a reçu."),
    ([SENT], SIGNED, Standing("signé", "20 nov. 2026"), "Signé par l’autre partie le 20 novembre 2026."),
    ([OPENED], SIGNED | CANCELLED, Standing("annulé"), "Annulé le 18 novembre 2026 : mauvaise date."),
    ([], CANCELLED, Standing("annulé"), "Annulé le 18 novembre 2026 : mauvaise date."),
]


@pytest.mark.parametrize(("sendings", "changes", "standing", "sentence"), ALL)
def test_the_last_thing_that_happened_is_told(sendings, changes, standing, sentence):
    issued = document(sendings, **changes)
    assert standing_of(issued) == standing
    assert " ".join(told(issued).split()) == sentence


def test_what_is_not_issued_is_quiet():
    assert standing_of(None) == Standing("à émettre", quiet=True)
