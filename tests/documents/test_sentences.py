"""Where a document stands, in a list and on its page."""

from datetime import UTC, date, datetime

import pytest

from trainings.documents.models import Issued, Sending
from trainings.documents.queries import BatchState
from trainings.documents.sentences import (
    Standing,
    issue_words,
    mailed_words,
    send_words,
    series_note,
    series_words,
    standing_of,
    told,
)

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


HELD_UP = {
    BatchState.INTERRUPTED: (
        "La série s’est interrompue ; elle reprend d’elle-même là où elle en était. Ce qui est émis est gardé.",
        "interrompue : elle reprend d’elle-même",
    ),
    BatchState.UNATTENDED: (
        "Rien n’émet les documents en ce moment : la série attend, et se fera dès que le serveur s’y remettra.",
        "en attente du serveur",
    ),
    BatchState.RUNNING: ("", ""),
    BatchState.FINISHED: ("", ""),
}


def test_a_series_that_is_held_up_says_why():
    assert {state: (series_note(state), series_words(state)) for state in BatchState} == HELD_UP


@pytest.mark.parametrize(
    ("number", "issue", "send"),
    [
        (1, "Émettre", "Envoyer celui qui n’est pas parti"),
        (2, "Émettre les 2", "Envoyer les 2 qui ne sont pas partis"),
        (30, "Émettre les 30", "Envoyer les 30 qui ne sont pas partis"),
    ],
)
def test_a_button_says_how_many(number, issue, send):
    assert (issue_words(number), send_words(number)) == (issue, send)


@pytest.mark.parametrize(
    ("asked", "waits", "sent", "issued", "sentence"),
    [
        (False, True, 0, 3, "Aucun n’est parti par e-mail."),
        (False, True, 2, 3, "2 sont partis par e-mail."),
        (
            True,
            True,
            0,
            3,
            "Les messages partiront avec les autres documents demandés pour cette session, dès qu’ils seront émis.",
        ),
        (True, False, 0, 3, "Aucun n’est parti par e-mail."),
        (True, False, 1, 3, "1 est parti par e-mail."),
        (True, False, 3, 3, "Tout est parti par e-mail."),
        (True, False, 4, 3, "Tout est parti par e-mail."),
        (True, False, 0, 0, "Aucun n’est parti par e-mail."),
    ],
)
def test_what_left_of_a_series(asked, waits, sent, issued, sentence):
    assert mailed_words(asked=asked, waits=waits, sent=sent, issued=issued) == sentence
