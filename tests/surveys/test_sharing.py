"""The page that shows the link of a survey, state by state; and what the cards and the results say of who is asked and where it stands."""

from datetime import date

import pytest

from qualiopi.links import LinkState
from trainings.surveys.cards import audience_words, collected, range_words
from trainings.surveys.models import Campaign
from trainings.surveys.queries import InvitationsCount
from trainings.surveys.questionnaire import Kind, shipped
from trainings.surveys.sharing import LOST, UNOPENED, share_page

NEW_LINK = "Il faut un nouveau lien"
RENEW = ("renew", "refresh", "Faire un nouveau lien")
PAGES = {
    LinkState.OPEN: (
        True,
        "Votre avis, en deux minutes",
        "Visez le code avec l’appareil photo du téléphone, ou recopiez l’adresse. Sans compte et sans nom.",
        None,
    ),
    UNOPENED: (
        False,
        "L’enquête n’est pas encore ouverte",
        "Ouvrez-la à la fin de la session, puis projetez ou montrez le QR code : chaque stagiaire répond sur son téléphone.",
        ("open", "qrcode", "Ouvrir l’enquête et montrer le QR code"),
    ),
    LinkState.CLOSED: (
        False,
        "Cette enquête est close",
        "Elle ne prend plus de réponses. En l’ouvrant de nouveau, vous lui donnez un nouveau lien.",
        ("open", "qrcode", "Ouvrir de nouveau l’enquête"),
    ),
    LinkState.EXPIRED: (False, NEW_LINK, "Le temps prévu pour répondre est passé : le lien ne fonctionne plus.", None),
    LinkState.FULL: (
        False,
        NEW_LINK,
        "Ce lien a reçu bien plus de réponses qu’il n’y a d’inscrits : il a sans doute circulé."
        " Lisez les réponses avant d’en tenir compte.",
        RENEW,
    ),
    LOST: (False, NEW_LINK, "L’ancien lien a été fait avec une clé qui n’est plus là.", RENEW),
}


@pytest.mark.parametrize(("state", "told"), PAGES.items())
def test_what_the_page_of_the_link_says(state, told):
    page = share_page(state)
    act = (page.act.name, page.act.icon, str(page.act.words)) if page.act else None
    assert (page.open, str(page.heading), str(page.words), act) == told


@pytest.mark.parametrize("state", [*sorted(set(LinkState) - set(PAGES)), "", "opened"])
def test_a_state_that_the_link_of_a_session_never_has(state):
    with pytest.raises(KeyError):
        share_page(state)


def test_who_each_questionnaire_asks():
    assert {key: audience_words(questionnaire) for key, questionnaire in shipped().items()} == {
        "end_of_session": "Stagiaires, en fin de session",
        "cold": "Stagiaires, quelques mois après",
        "company": "Entreprises",
        "funder": "Financeurs",
        "trainer": "Équipe pédagogique",
    }


DAY = date(2026, 11, 16)
OPEN, CLOSED = Campaign(opened_on=DAY), Campaign(opened_on=DAY, closed_on=date(2026, 11, 20))
NOT_OPEN = "L’enquête n’est pas ouverte. Elle s’ouvre dès que vous montrez le QR code, envoyez les liens ou saisissez un papier."
OPENED = "Ouverte le 16 novembre 2026."


@pytest.mark.parametrize(
    ("campaign", "invitations", "told"),
    [
        (None, None, NOT_OPEN),
        (CLOSED, InvitationsCount(3, 1, 0), "Close le 20 novembre 2026."),
        (OPEN, None, OPENED),
        (OPEN, InvitationsCount(0, 0, 0), OPENED),
        (OPEN, InvitationsCount(1, 0, 0), f"{OPENED} 1 lien personnel envoyé, il n’a pas encore servi."),
        (OPEN, InvitationsCount(3, 0, 2), f"{OPENED} 3 liens personnels envoyés, aucun n’a encore servi."),
        (OPEN, InvitationsCount(1, 1, 0), f"{OPENED} 1 lien personnel envoyé, il a servi."),
        (OPEN, InvitationsCount(3, 2, 1), f"{OPENED} 3 liens personnels envoyés, dont 2 déjà utilisés."),
    ],
)
def test_where_a_survey_stands_beside_its_results(campaign, invitations, told):
    assert " ".join(collected(campaign, invitations).split()) == told


def test_a_figure_is_typed_between_two_others():
    assert {kind: range_words(kind) for kind in Kind} == {
        Kind.SCALE: "1 à 5",
        Kind.RECOMMENDATION: "0 à 10",
        Kind.CHOICE: "",
        Kind.YES_PARTLY_NO: "",
        Kind.TEXT: "",
    }
