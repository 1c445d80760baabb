"""What pages say of an invitation that left, or did not."""

import pytest

from qualiopi.organisations.sentences import invitation_words, link_advice
from qualiopi.post.outbox import Departure

TO = "nouvelle@exemple.fr"


@pytest.mark.parametrize(
    ("departure", "first", "again"),
    [
        (Departure.LEFT, f"L’invitation part à {TO}.", f"L’invitation repart à {TO}."),
        (
            Departure.UNREACHABLE,
            f"L’accès est donné. Le serveur de messagerie ne répond pas : l’invitation partira à {TO} dès son retour.",
            f"Le serveur de messagerie ne répond pas : l’invitation n’est pas partie à {TO}. Recommencez dans un moment.",
        ),
        (
            Departure.REFUSED,
            f"L’accès est donné, mais le serveur de messagerie a refusé le message pour {TO} : vérifiez l’adresse.",
            f"Le serveur de messagerie a refusé le message pour {TO} : vérifiez l’adresse.",
        ),
        (
            Departure.PRINTED,
            f"L’accès est donné, mais aucun serveur de messagerie n’est réglé : rien ne part à {TO}.",
            f"Aucun serveur de messagerie n’est réglé : rien ne part à {TO}.",
        ),
    ],
)
def test_what_became_of_an_invitation(departure, first, again):
    assert invitation_words(departure, TO, again=False) == first
    assert invitation_words(departure, TO, again=True) == again


@pytest.mark.parametrize(
    ("chooses_password", "given", "begins"),
    [
        (True, True, "Donnez ce lien à cette personne et à elle seule : qui l’ouvre choisit son mot de passe."),
        (False, True, "Cette personne a déjà un mot de passe"),
        (True, False, "Cette personne entre aussi ailleurs"),
    ],
)
def test_what_to_do_with_its_link(chooses_password, given, begins):
    assert link_advice(chooses_password=chooses_password, given=given).startswith(begins)
