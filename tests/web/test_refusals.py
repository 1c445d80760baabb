"""What a link that takes no answer says, state by state: each page of each room, and nothing for a state that it never has."""

import pytest

from qualiopi.links import LinkState as L
from qualiopi.web.parts import Refusal
from trainings.attendance.refusals import refusal_of as of_attendance
from trainings.documents.sentences import altered_file
from trainings.documents.sentences import refusal_of as of_document
from trainings.learning.refusals import refusal_of as of_intake
from trainings.surveys.refusals import refusal_of as of_survey

WRONG = "Une demi-journée manque, ou quelque chose est faux ?"
ATTENDANCE = {
    L.EXPIRED: Refusal("Ce lien n’est plus valable.", "Le temps prévu pour signer est passé.", ask=WRONG),
    L.CLOSED: Refusal("Cette session est close.", "Son émargement est arrêté : il ne change plus.", ask=WRONG),
    L.CANCELLED: Refusal("Cette session a été annulée.", "Il n’y a plus rien à signer.", ask="Une question ?"),
    L.POSTPONED: Refusal(
        "Cette session a été reportée.", "Vous signerez aux nouvelles dates : un message vous les dira.", ask="Une question ?"
    ),
    L.LEFT: Refusal(
        "Votre inscription à cette session s’est arrêtée.",
        "Il n’y a plus rien à signer. Si c’est une erreur, dites-le.",
        ask=WRONG,
    ),
}
OVER, STILL = "Enquête terminée", "Votre avis compte encore. Écrivez à"
SURVEY = {
    L.USED: Refusal(
        "Votre réponse est bien arrivée.",
        "Ce lien a déjà servi, une fois comme prévu. Elle est gardée sans votre nom : personne ne peut la retrouver pour la changer.",
        "Réponse déjà envoyée",
        "Quelque chose à ajouter ? Écrivez à",
    ),
    L.CLOSED: Refusal("Cette enquête est close.", "Fil Ouest ne recueille plus de réponses pour cette session.", OVER, STILL),
    L.EXPIRED: Refusal("Ce lien n’est plus valable.", "Le temps prévu pour répondre est passé.", OVER, STILL),
    L.FULL: Refusal(
        "Cette enquête a reçu plus de réponses que prévu.",
        "Demandez un nouveau lien à la personne qui vous forme.",
        OVER,
        STILL,
    ),
}
INTAKE = {
    L.CANCELLED: Refusal(
        "Cette session n’a plus lieu.",
        "Il n’y a plus rien à préparer. Pour une autre date, demandez à l’organisme de formation.",
    ),
    L.POSTPONED: Refusal(
        "Cette session est reportée.",
        "Vous recevrez un nouveau lien quand ses dates seront fixées. Ce que vous aviez déjà écrit est gardé.",
    ),
    L.LEFT: Refusal(
        "Votre inscription à cette session a pris fin.",
        "Si c’est une erreur, dites-le : votre inscription peut être rouverte.",
    ),
    L.CLOSED: Refusal(
        "Cette session est terminée.",
        "Ces questions se posaient avant de commencer. Merci d’y avoir pensé.",
    ),
    L.EXPIRED: Refusal(
        "Ce lien n’est plus valable.",
        "La formation est passée, ou le temps prévu pour répondre. Vous pouvez en demander un autre.",
    ),
}
DOCUMENT = {
    L.CANCELLED: Refusal(
        "Ce document a été annulé.",
        "Un autre l’a remplacé, ou va le remplacer : il vous sera envoyé par un nouveau message.",
    ),
    L.EXPIRED: Refusal(
        "Ce lien n’est plus valable.",
        "Le document est toujours gardé par l’organisme : demandez-lui un nouveau lien.",
    ),
}


def of_named_survey(state):
    return of_survey(state, organisation="Fil Ouest")


ROOMS = [(of_attendance, ATTENDANCE), (of_named_survey, SURVEY), (of_intake, INTAKE), (of_document, DOCUMENT)]


@pytest.mark.parametrize(("refusal_of", "state", "said"), [(of, state, table[state]) for of, table in ROOMS for state in table])
def test_what_a_link_says_in_each_state(refusal_of, state, said):
    assert refusal_of(state) == said


@pytest.mark.parametrize(("refusal_of", "state"), [(of, state) for of, table in ROOMS for state in L if state not in table])
def test_a_state_that_a_room_never_has_is_no_refusal(refusal_of, state):
    with pytest.raises(KeyError):
        refusal_of(state)


def test_a_spoilt_file_is_told_as_one():
    assert altered_file() == Refusal(
        "Ce document n’est pas disponible.",
        "Son fichier doit être vérifié. Demandez-le à l’organisme, qui peut vous l’envoyer de nouveau.",
    )
