"""The lists of presence that meeting tools export, as data: of each, its columns in every language met, and where it is described.

A heading is written as `comparison_key` gives it, without the time zone or the unit it may bear between brackets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Tells(Enum):
    """What one row of a list tells."""

    STAY = "from an arrival to the departure that follows; somebody who came back has several rows"
    SPAN = "from the first arrival to the last departure of somebody, with how long they stayed in all"
    EVENT = "one arrival or one departure"
    TOTAL = "how long somebody stayed, without saying when"


Words = tuple[str, ...]
NAME: Words = ("name", "nom", "full name", "nom complet", "vollstandiger name", "display name", "participant")
FIRST_NAME: Words = ("first name", "prenom", "vorname")
LAST_NAME: Words = ("last name", "surname", "nom de famille", "nachname", "nom")
EMAIL: Words = (
    *("email", "e mail", "mail", "user email", "email address", "adresse e mail", "adresse email", "e mail de l utilisateur"),
    *("adresse e mail de l utilisateur", "e mail adresse", "benutzer e mail", "attendee email", "courriel"),
)
ACCOUNT: Words = (
    "participant id upn",
    "id de participant upn",
    "id du participant upn",
    "d du participant upn",
    "teilnehmer id upn",
)
JOINED: Words = (
    *("join time", "joined", "joined at", "heure d arrivee", "heure de connexion", "heure d entree", "heure de participation"),
    *("beitrittszeit", "beitrittszeitpunkt", "beitritt", "uhrzeit des beitritts", "teilnahmezeit"),
)
LEFT: Words = (
    *("leave time", "left", "left at", "heure de depart", "heure de deconnexion", "heure de sortie"),
    *("verlassenszeit", "zeitpunkt des verlassens", "austrittszeit", "austritt", "uhrzeit des verlassens", "endzeit"),
)
DURATION: Words = ("duration", "duree", "dauer")
GUEST: Words = ("guest", "is guest", "invite", "est un invite", "gast", "ist gast")
ROLE: Words = ("role", "rolle")
WAITING: Words = ("in waiting room", "dans la salle d attente", "en salle d attente", "im warteraum")
ATTENDED: Words = ("attended", "a participe", "participation", "present", "teilgenommen")
ACTION: Words = ("user action", "action de l utilisateur", "benutzeraktion", "action")
ORIGINAL: Words = ("name original name", "nom nom original", "nom nom d origine", "name originalname", "name ursprunglicher name")

# What the cells of some columns say.
YES: Words = ("yes", "oui", "ja", "true", "vrai", "wahr", "1")
ARRIVED: Words = (
    *("joined", "joined before", "rejoint", "a rejoint", "rejoint avant", "a rejoint avant", "connecte", "arrive"),
    *("beigetreten", "zuvor beigetreten", "ist beigetreten"),
)
DEPARTED: Words = ("left", "quitte", "a quitte", "parti", "deconnecte", "verlassen", "hat verlassen", "ausgetreten")


@dataclass(frozen=True)
class Layout:
    """One list of one tool.

    `columns`: by role, its headings. `needs`: the roles without which it is not this list. `marks`: roles or headings that this list
    alone has. `zone`: the time zone of its hours when the tool always writes them so. `again`: why a list without hours is refused.
    """

    tool: str
    tells: Tells
    source: str
    columns: Mapping[str, Words]
    needs: frozenset[str]
    marks: frozenset[str] = frozenset()
    zone: str = ""
    again: str | Promise = ""


_STAY = frozenset({"name", "joined", "left"})

_TEAMS_HELP = "https://support.microsoft.com/office/ae7cf170-530c-47d3-84c1-3aedac74d310"
_TEAMS_FIELDS = "https://learn.microsoft.com/graph/api/resources/attendancerecord"
_TEAMS_LIVE_HELP = "https://support.microsoft.com/office/b3101733-2eda-48a6-aeb3-de2f2bfecb3a"
_ZOOM_HELP = "https://support.zoom.com/hc/article?id=zm_kb&sysparm_article=KB0082659"
_MEET_HELP = "https://support.google.com/a/users/answer/10268857"
_BBB_SOURCE = "https://github.com/bigbluebutton/bigbluebutton, bbb-learning-dashboard/src/services/UserService.js and locales"
_WEBEX_HELP = "https://developer.webex.com/docs/api/v1/meetings-summary-report/list-meeting-attendee-reports"
_LIVESTORM_HELP = "https://developers.livestorm.co/docs/use-cases"

# The order decides between two lists that a row of headings fits equally: from what is told by most columns to what any table may have.
LAYOUTS: tuple[Layout, ...] = (
    # Teams, since 2022: section 2 has a row per person, section 3 ("In-Meeting Activities") a row per stay, and tells the truth.
    Layout(
        tool="Teams",
        tells=Tells.SPAN,
        source=_TEAMS_FIELDS,
        columns={
            "name": NAME,
            "joined": (
                *(
                    "first join",
                    "first join time",
                    "premiere connexion",
                    "premiere participation",
                    "premier acces",
                    "premiere arrivee",
                ),
                *("erster beitritt", "erste teilnahme", "zeitpunkt des ersten beitritts"),
            ),
            "left": (
                *("last leave", "last leave time", "derniere deconnexion", "dernier depart", "derniere sortie"),
                *("letzter austritt", "letztes verlassen", "zeitpunkt des letzten verlassens"),
            ),
            "duration": (
                *("in meeting duration", "duree dans la reunion", "duree de la reunion", "duree de participation a la reunion"),
                *("besprechungsdauer", "dauer in der besprechung", "dauer der teilnahme", "duration", "duree", "dauer"),
            ),
            "email": EMAIL,
            "account": ACCOUNT,
            "role": ROLE,
        },
        needs=frozenset({"name", "joined", "left"}),
        marks=frozenset({"joined", "left", "role", "account"}),
    ),
    # Teams: section 3 since 2022, and the whole list of 2021, which begins with « Full Name ».
    Layout(
        tool="Teams",
        tells=Tells.STAY,
        source=_TEAMS_FIELDS,
        columns={
            "name": NAME,
            "joined": JOINED,
            "left": LEFT,
            "duration": DURATION,
            "email": EMAIL,
            "account": ACCOUNT,
            "role": ROLE,
        },
        needs=frozenset({"name", "joined", "left", "role"}),
        marks=frozenset({"role", "account"}),
    ),
    # Teams, 2020: downloaded by the organiser while people are still there.
    Layout(
        tool="Teams",
        tells=Tells.EVENT,
        source=_TEAMS_HELP,
        columns={
            "name": NAME,
            "action": ACTION,
            "at": ("timestamp", "horodateur", "horodatage", "heure", "zeitstempel"),
        },
        needs=frozenset({"name", "action", "at"}),
        marks=frozenset({"action"}),
    ),
    # Teams live events: the engagement report, in universal time.
    Layout(
        tool="Teams",
        tells=Tells.EVENT,
        source=_TEAMS_LIVE_HELP,
        columns={
            "name": ("fullname", "full name"),
            "action": ("action",),
            "at": ("utceventtimestamp", "utc event timestamp"),
            "role": ROLE,
        },
        needs=frozenset({"name", "action", "at"}),
        marks=frozenset({"at"}),
        zone="UTC",
    ),
    # Zoom, meetings: a row per stay, those in the waiting room too when it is on.
    Layout(
        tool="Zoom",
        tells=Tells.STAY,
        source=_ZOOM_HELP,
        columns={
            "name": (*ORIGINAL, *NAME),
            "joined": JOINED,
            "left": LEFT,
            "duration": DURATION,
            "email": EMAIL,
            "guest": GUEST,
            "waiting": WAITING,
            "disclaimer": ("recording disclaimer response", "reponse a l avis d enregistrement"),
        },
        needs=_STAY,
        marks=frozenset({"guest", "waiting", "disclaimer", *ORIGINAL, "user email", "duration minutes", "duree minutes"}),
    ),
    # Zoom, webinars: hosts, panelists, then everybody who registered, come or not.
    Layout(
        tool="Zoom",
        tells=Tells.STAY,
        source=_ZOOM_HELP,
        columns={
            "attended": ATTENDED,
            "name": ("user name original name", "nom d utilisateur nom original", "benutzername originalname", *ORIGINAL),
            "first_name": FIRST_NAME,
            "last_name": LAST_NAME,
            "email": EMAIL,
            "joined": JOINED,
            "left": LEFT,
            "duration": ("time in session", "temps de presence dans la session", "duree de la session", "zeit in sitzung"),
            "guest": GUEST,
        },
        needs=frozenset({"name", "joined", "left", "duration"}),
        marks=frozenset({"attended", "duration", "guest"}),
    ),
    # Zoom with « Show unique users » ticked: no hours.
    Layout(
        tool="Zoom",
        tells=Tells.TOTAL,
        source=_ZOOM_HELP,
        columns={
            "name": (*ORIGINAL, *NAME),
            "email": EMAIL,
            "duration": ("total duration", "duree totale", "gesamtdauer"),
            "guest": GUEST,
        },
        needs=frozenset({"name", "duration"}),
        marks=frozenset({"duration", "guest"}),
        again=_(
            "Ce fichier est la liste des utilisateurs uniques de Zoom : elle ne dit pas quand chacun était là. Dans le rapport des "
            "participants, décochez « Afficher les utilisateurs uniques » (Show unique users), puis exportez de nouveau."
        ),
    ),
    # Google Meet: a row per person.
    Layout(
        tool="Google Meet",
        tells=Tells.SPAN,
        source=_MEET_HELP,
        columns={
            "first_name": FIRST_NAME,
            "last_name": LAST_NAME,
            "email": EMAIL,
            "duration": DURATION,
            "joined": ("time joined", "heure d arrivee", "heure de connexion", "beitrittszeit", "teilnahme um"),
            "left": (
                "time exited",
                "heure de depart",
                "heure de sortie",
                "heure de deconnexion",
                "austrittszeit",
                "verlassen um",
            ),
        },
        needs=frozenset({"first_name", "last_name", "joined", "left", "duration"}),
        marks=frozenset({"first_name", "time joined", "time exited"}),
    ),
    # BigBlueButton: « Download session data » of the learning dashboard. « Activity Score » and « Duration » have no French translation.
    Layout(
        tool="BigBlueButton",
        tells=Tells.SPAN,
        source=_BBB_SOURCE,
        columns={
            "name": NAME,
            "moderator": ("moderator", "moderateur"),
            "score": ("activity score", "resultats pour l activite", "aktivitatspunktzahl", "aktivitatswert"),
            "joined": ("join", "rejoindre", "rejoint", "beitreten", "beigetreten", "teilnehmen"),
            "left": ("left", "quitte", "verlassen", "links"),
            "duration": DURATION,
        },
        needs=frozenset({"name", "moderator", "joined", "left", "duration"}),
        marks=frozenset({"moderator", "score"}),
    ),
    # Webex: the attendee report of a meeting, a row per connection.
    Layout(
        tool="Webex",
        tells=Tells.STAY,
        source=_WEBEX_HELP,
        columns={
            "name": (
                "display name",
                "attendee name",
                "nom affiche",
                "nom du participant",
                "anzeigename",
                "name des teilnehmers",
                *NAME,
            ),
            "email": EMAIL,
            "joined": JOINED,
            "left": LEFT,
            "duration": ("attendance duration", "duree de presence", "duree de participation", "teilnahmedauer", *DURATION),
            "meeting": (
                "meeting name",
                "meeting number",
                "nom de la reunion",
                "numero de reunion",
                "meeting name meeting number",
            ),
            "connection": ("connection type", "type de connexion", "verbindungstyp", "session name"),
        },
        needs=_STAY,
        marks=frozenset({"display name", "attendee name", "attendee email", "attendance duration", "meeting", "connection"}),
    ),
    # Livestorm: everybody who registered, come or not; when they left is not always there.
    Layout(
        tool="Livestorm",
        tells=Tells.SPAN,
        source=_LIVESTORM_HELP,
        columns={
            "first_name": FIRST_NAME,
            "last_name": LAST_NAME,
            "email": EMAIL,
            "attended": ATTENDED,
            "joined": ("attended at", "joined at", "a rejoint a", "arrive a", "heure d arrivee"),
            "left": ("left at", "parti a", "heure de depart"),
            "duration": ("attendance duration", "time spent", "duree de presence", "temps de presence", "temps passe"),
            "rate": ("attendance rate", "taux de presence"),
        },
        needs=frozenset({"email", "joined", "duration"}),
        marks=frozenset(
            {"attended at", "joined at", "attended", "rate", "attendance duration", "time spent", "temps de presence"}
        ),
    ),
    Layout(
        tool="Livestorm",
        tells=Tells.TOTAL,
        source=_LIVESTORM_HELP,
        columns={
            "first_name": FIRST_NAME,
            "last_name": LAST_NAME,
            "email": EMAIL,
            "attended": ATTENDED,
            "duration": ("attendance duration", "time spent", "duree de presence", "temps de presence", "temps passe"),
            "rate": ("attendance rate", "taux de presence"),
        },
        needs=frozenset({"email", "duration"}),
        marks=frozenset({"attended", "rate", "duration"}),
        again=_(
            "Cette liste de Livestorm dit combien de temps chacun est resté, pas à quelle heure. Exportez les participants d’une seule "
            "session, avec l’heure d’arrivée (« Attended at »), puis déposez ce fichier."
        ),
    ),
    # Any table with a name, an arrival and a departure: what somebody wrote by hand, or a tool that is not known.
    Layout(
        tool="",
        tells=Tells.STAY,
        source="",
        columns={
            "name": (*NAME, "nom et prenom", "nom prenom", "prenom nom", "stagiaire"),
            "first_name": FIRST_NAME,
            "last_name": LAST_NAME,
            "email": EMAIL,
            "joined": (*JOINED, "arrivee", "connexion", "debut"),
            "left": (*LEFT, "depart", "deconnexion", "fin"),
            "duration": DURATION,
        },
        needs=frozenset({"joined", "left"}),
    ),
)
HEADINGS = frozenset(word for layout in LAYOUTS for words in layout.columns.values() for word in words)
TOOLS: Words = tuple(dict.fromkeys(layout.tool for layout in LAYOUTS if layout.tool))
