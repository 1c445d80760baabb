"""What each meeting tool exports, in the languages, orders of dates and clocks that accounts have: read right, or refused with what to do.

The files are short, invented, and made from the public descriptions that `layouts` names.
"""

from __future__ import annotations

import io
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook

from qualiopi.exchange.reading import UnreadableFile
from trainings.attendance.reports import Report, read_report
from trainings.attendance.reports.layouts import LAYOUTS, TOOLS
from trainings.sessions.models import HalfDay

PARIS = ZoneInfo("Europe/Paris")
MORNING = HalfDay(day=date(2026, 2, 2), starts_at=time(9), ends_at=time(12, 30))
TEAMS_2020 = {
    "en": "Full Name\tUser Action\tTimestamp\n"
    "Luc Petit\tJoined before\t2/2/2026, 8:55:12 AM\nLuc Petit\tLeft\t2/2/2026, 10:00:00 AM\n"
    "Luc Petit\tJoined\t2/2/2026, 10:30:00 AM\nLuc Petit\tLeft\t2/2/2026, 12:31:00 PM\n",
    "fr": "Nom complet\tAction de l’utilisateur\tHorodateur\n"
    "Luc Petit\tRejoint avant\t02/02/2026 à 08:55:12\nLuc Petit\tA quitté\t02/02/2026 à 10:00:00\n"
    "Luc Petit\tRejoint\t02/02/2026 à 10:30:00\nLuc Petit\tA quitté\t02/02/2026 à 12:31:00\n",
    "de": "Vollständiger Name\tBenutzeraktion\tZeitstempel\n"
    "Luc Petit\tZuvor beigetreten\t2.2.2026, 08:55:12\nLuc Petit\tVerlassen\t2.2.2026, 10:00:00\n"
    "Luc Petit\tBeigetreten\t2.2.2026, 10:30:00\nLuc Petit\tVerlassen\t2.2.2026, 12:31:00\n",
}
TEAMS_2021 = {
    "en": "Meeting Summary\nTotal Number of Participants\t1\nMeeting Start Time\t2/2/2026, 8:47:12 AM\n\n"
    "Full Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole\tParticipant ID (UPN)\n"
    "Luc Petit\t2/2/2026, 8:55:12 AM\t2/2/2026, 10:00:00 AM\t1h 4m\tluc@exemple.fr\tPresenter\tluc@exemple.fr\n"
    "Luc Petit\t2/2/2026, 10:30:00 AM\t2/2/2026, 12:31:00 PM\t2h 1m\tluc@exemple.fr\tPresenter\tluc@exemple.fr\n",
    "fr": "Résumé de la réunion\nNombre total de participants\t1\n\n"
    "Nom complet\tHeure d’arrivée\tHeure de départ\tDurée\tE-mail\tRôle\tID de participant (UPN)\n"
    "Luc Petit\t02/02/2026 08:55:12\t02/02/2026 10:00:00\t1 h 4 min\tluc@exemple.fr\tPrésentateur\tluc@exemple.fr\n"
    "Luc Petit\t02/02/2026 10:30:00\t02/02/2026 12:31:00\t2 h 1 min\tluc@exemple.fr\tPrésentateur\tluc@exemple.fr\n",
    "de": "Vollständiger Name\tBeitrittszeit\tVerlassenszeit\tDauer\tE-Mail\tRolle\n"
    "Luc Petit\t2.2.2026, 08:55:12\t2.2.2026, 10:00:00\t1 Std. 4 Min.\tluc@exemple.fr\tReferent\n"
    "Luc Petit\t2.2.2026, 10:30:00\t2.2.2026, 12:31:00\t2 Std. 1 Min.\tluc@exemple.fr\tReferent\n",
}
TEAMS_2022 = {
    "en": "1. Summary\nMeeting title\tS2\n\n2. Participants\n"
    "Name\tFirst join\tLast leave\tIn-meeting duration\tEmail\tParticipant ID (UPN)\tRole\n"
    "Luc Petit\t2/2/26, 8:55:12\u202fAM\t2/2/26, 12:31:00\u202fPM\t3h 5m 48s\tluc@exemple.fr\tluc@exemple.fr\tAttendee\n\n"
    "3. In-meeting activities\nName\tJoin time\tLeave time\tDuration\tEmail\tRole\n"
    "Luc Petit\t2/2/26, 8:55:12\u202fAM\t2/2/26, 10:00:00\u202fAM\t1h 4m 48s\tluc@exemple.fr\tAttendee\n"
    "Luc Petit\t2/2/26, 10:30:00\u202fAM\t2/2/26, 12:31:00\u202fPM\t2h 1m 0s\tluc@exemple.fr\tAttendee\n",
    "de": "2. Teilnehmer\n"
    "Name\tErster Beitritt\tLetzter Austritt\tBesprechungsdauer\tE-Mail\tTeilnehmer-ID (UPN)\tRolle\n"
    "Luc Petit\t02.02.26, 08:55:12\t02.02.26, 12:31:00\t3 Std. 5 Min. 48 Sek.\tluc@exemple.fr\tluc@exemple.fr\tTeilnehmer\n\n"
    "3. Aktivitäten in der Besprechung\nName\tBeitrittszeit\tZeitpunkt des Verlassens\tDauer\tE-Mail\tRolle\n"
    "Luc Petit\t02.02.26, 08:55:12\t02.02.26, 10:00:00\t1 Std. 4 Min. 48 Sek.\tluc@exemple.fr\tTeilnehmer\n"
    "Luc Petit\t02.02.26, 10:30:00\t02.02.26, 12:31:00\t2 Std. 1 Min. 0 Sek.\tluc@exemple.fr\tTeilnehmer\n",
}
TEAMS_LIVE = (
    "SessionId,ParticipantId,FullName,UserAgent,UtcEventTimestamp,Action,Role\n"
    "1,2,Luc Petit,x,2/2/2026 7:55:12 AM,Joined,Attendee\n1,2,Luc Petit,x,2/2/2026 9:00:00 AM,Left,Attendee\n"
    "1,2,Luc Petit,x,2/2/2026 9:30:00 AM,Joined,Attendee\n1,2,Luc Petit,x,2/2/2026 11:31:00 AM,Left,Attendee\n"
)
ZOOM = {
    "2020": "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)\n"
    "Luc (Luc Petit),luc@exemple.fr,02/02/2026 08:55:12 AM,02/02/2026 10:00:00 AM,65\n"
    "Luc (Luc Petit),luc@exemple.fr,02/02/2026 10:30:00 AM,02/02/2026 12:31:00 PM,121\n",
    "fr": "Nom (nom original),Adresse e-mail,Heure d’arrivée,Heure de départ,Durée (minutes),Invité,Dans la salle d’attente\n"
    "Luc Petit,,02/02/2026 08:50:00,02/02/2026 08:55:12,6,Oui,Oui\n"
    "Luc Petit,,02/02/2026 08:55:12,02/02/2026 10:00:00,65,Oui,Non\n"
    "Luc Petit,,02/02/2026 10:30:00,02/02/2026 12:31:00,121,Oui,Non\n",
    "de": "Name (Originalname),Benutzer-E-Mail,Beitrittszeit,Verlassenszeit,Dauer (Minuten),Gast,Im Warteraum\n"
    "Luc Petit,,02.02.2026 08:55:12,02.02.2026 10:00:00,65,Ja,Nein\n"
    "Luc Petit,,02.02.2026 10:30:00,02.02.2026 12:31:00,121,Ja,Nein\n",
    # The meeting's own columns on every row, before the participant's: two addresses, two lengths.
    "with the meeting": "Topic,Meeting ID,User Name,User Email,Start Time,End Time,Duration (Minutes),Participants,"
    "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent,In Waiting Room\n"
    "S2,1,Hôte,hote@exemple.fr,02/02/2026 08:50,02/02/2026 12:40,230,2,"
    "Luc Petit,luc@exemple.fr,02/02/2026 08:55:12,02/02/2026 10:00:00,65,No,,No\n"
    "S2,1,Hôte,hote@exemple.fr,02/02/2026 08:50,02/02/2026 12:40,230,2,"
    "Luc Petit,luc@exemple.fr,02/02/2026 10:30:00,02/02/2026 12:31:00,121,No,,No\n",
}
MEET = {
    "en": "First name,Last name,Email,Duration,Time joined,Time exited\n"
    "Luc,Petit,luc@exemple.fr,3 hr 6 min,2026-02-02 08:55 GMT+1,2026-02-02 12:31 GMT+1\n",
    "fr": "Prénom,Nom,Adresse e-mail,Durée,Heure d’arrivée,Heure de départ\n"
    "Luc,Petit,luc@exemple.fr,3 h 6 min,2026-02-02 08:55 UTC+01:00,2026-02-02 12:31 UTC+01:00\n",
}
BBB = {
    "en": "Name,Moderator,Activity Score,Talk Time,Webcam Time,Messages,Reactions,Poll Votes,Raise Hands,Join,Left,Duration\n"
    '"Luc Petit","FALSE","1.5","-","-","0","0","0","0","2/2/2026, 08:55:12 AM","2/2/2026, 12:31:00 PM","03:05:48"\n',
    # « Activity Score » and « Duration » stay in English, and the answers to anonymous polls make a last row.
    "fr": "Nom,Modérateur,Activity Score,Temps de conversation,Temps de partage de caméra,Messages,Réactions,Votes du sondage,"
    "Mains levées,Rejoindre,Quitté,Duration,Tout est clair ?\n"
    '"Luc Petit","FALSE","1,5","-","-","0","0","0","0","02/02/2026 08:55:12","02/02/2026 12:31:00","03:05:48","Oui"\n'
    '"Anonyme","","","","","","","","","","","","Oui"\n',
}
WEBEX = {
    "host": '"Meeting Name","Meeting Start Time","Display Name","Role","Attendee Email","Join Time","Leave Time",'
    '"Attendance Duration","Connection Type"\n'
    '"S2","=""2026-02-02 08:50:00""","Luc Petit","Attendee","luc@exemple.fr","=""2026-02-02 08:55:12""","=""2026-02-02 10:00:00""",'
    '"65 mins","Desktop app"\n'
    '"S2","=""2026-02-02 08:50:00""","Luc Petit","Attendee","luc@exemple.fr","=""2026-02-02 10:30:00""","=""2026-02-02 12:31:00""",'
    '"121 mins","Desktop app"\n',
    "with offsets": "Meeting Number,Display Name,Email,Joined,Left,Duration\n"
    "1,Luc Petit,luc@exemple.fr,2026-02-02T15:55:12+08:00,2026-02-02T17:00:00+08:00,65\n"
    "1,Luc Petit,luc@exemple.fr,2026-02-02T17:30:00+08:00,2026-02-02T19:31:00+08:00,121\n",
}
LIVESTORM = (
    "Email,First name,Last name,Attended,Attendance rate,Attended at,Left at,Attendance duration (seconds)\n"
    "luc@exemple.fr,Luc,Petit,Yes,88%,2026-02-02T07:55:12Z,2026-02-02T11:31:00Z,11148\n"
)


def read(content: str | bytes, half_day: HalfDay = MORNING, encoding: str = "utf-8") -> Report:
    return read_report(io.BytesIO(content if isinstance(content, bytes) else content.encode(encoding)), half_day)


def minutes(report: Report) -> dict[str, int]:
    start, end = datetime(2026, 2, 2, 9, tzinfo=PARIS), datetime(2026, 2, 2, 12, 30, tzinfo=PARIS)
    return {person.name: person.minutes(start, end) for person in report.people}


def test_every_layout_but_the_last_names_a_tool_and_its_source():
    *known, anybodys = LAYOUTS
    assert [layout.source != "" and layout.tool in TOOLS for layout in known] == [True] * len(known)
    assert (anybodys.tool, anybodys.source) == ("", "")
    assert TOOLS == ("Teams", "Zoom", "Google Meet", "BigBlueButton", "Webex", "Livestorm")


@pytest.mark.parametrize("language", TEAMS_2020)
def test_teams_2020_one_row_per_arrival_and_departure(language):
    report = read(TEAMS_2020[language], encoding="utf-16")
    assert (report.tool, minutes(report), report.notes) == ("Teams", {"Luc Petit": 180}, [])


@pytest.mark.parametrize("language", TEAMS_2021)
def test_teams_2021_one_row_per_stay(language):
    report = read(TEAMS_2021[language], encoding="utf-16")
    assert (report.tool, minutes(report), report.people[0].email, report.notes) == (
        "Teams",
        {"Luc Petit": 180},
        "luc@exemple.fr",
        [],
    )


@pytest.mark.parametrize("language", TEAMS_2022)
def test_teams_since_2022_three_sections(language):
    report = read(TEAMS_2022[language], encoding="utf-16")
    assert (report.tool, minutes(report), len(report.people[0].stretches), report.notes) == ("Teams", {"Luc Petit": 180}, 2, [])


def test_teams_live_event_in_universal_time():
    report = read(TEAMS_LIVE)
    assert (report.tool, minutes(report), report.notes) == ("Teams", {"Luc Petit": 180}, [])


@pytest.mark.parametrize("kind", ZOOM)
def test_zoom_meetings(kind):
    report = read(ZOOM[kind])
    (person,) = report.people
    assert (report.tool, person.told_minutes, person.email != "hote@exemple.fr") == ("Zoom", 186, True)
    assert list(minutes(report).values()) == [180]


@pytest.mark.parametrize("language", MEET)
def test_google_meet(language):
    report = read(MEET[language])
    # Three hours and six minutes in all, between 8:55 and 12:31: whichever minutes are missing, no more than told.
    assert (report.tool, minutes(report), report.notes) == ("Google Meet", {"Luc Petit": 186}, [])


@pytest.mark.parametrize("language", BBB)
def test_bigbluebutton(language):
    report = read(BBB[language])
    assert (report.tool, minutes(report), report.notes) == ("BigBlueButton", {"Luc Petit": 185}, [])


@pytest.mark.parametrize("kind", WEBEX)
def test_webex(kind):
    report = read(WEBEX[kind])
    assert (report.tool, minutes(report), report.people[0].email, report.notes) == (
        "Webex",
        {"Luc Petit": 180},
        "luc@exemple.fr",
        [],
    )


def test_livestorm():
    report = read(LIVESTORM)
    assert (report.tool, minutes(report), report.notes) == ("Livestorm", {"Luc Petit": 185}, [])


def test_livestorm_without_departures_counts_from_the_arrival_and_says_so():
    report = read(
        "Email,First name,Last name,Attended,Attended at,Attendance duration (seconds)\n"
        "luc@exemple.fr,Luc,Petit,Yes,2026-02-02T08:00:00Z,3600\nana@exemple.fr,Ana,Roux,No,,\n"
    )
    assert (minutes(report), [note.sentence.split(" : ")[0] for note in report.notes]) == (
        {"Luc Petit": 60},
        ["Une personne inscrite n’est pas venue, dit l’outil", "Le relevé ne dit pas quand Luc Petit a quitté la réunion"],
    )


def test_a_list_by_hand_is_read_and_no_tool_is_named():
    report = read("Nom;Prénom;Heure d’arrivée;Heure de départ\nPetit;Luc;9h05;12h30\nRoux;;;\n")
    assert (report.tool, minutes(report)) == ("sans outil connu", {"Luc Petit": 205})
    assert [note.sentence for note in report.notes] == [
        "La ligne 3 est laissée de côté : le nom, l’arrivée ou le départ y manque, ou ne se lit pas.",
        "Ce relevé ne dit pas le jour : ses heures sont prises pour celles de la demi-journée.",
    ]


ONE = "Name (original name),Email,Join time{zone},Leave time{zone},Duration (minutes)\nLuc Petit,,{joined},{left},\n"


@pytest.mark.parametrize(
    ("joined", "left"),
    [
        ("02/02/2026 09:00:00 AM", "02/02/2026 12:30:00 PM"),
        ("2/2/26 9:00 a.m.", "2/2/26 12:30 p.m."),
        ("2026/02/02 09:00", "2026/02/02 12:30"),
        ("2.2.2026 09:00:00", "2.2.2026 12:30:00"),
        ("2 févr. 2026 à 9 h 00", "2 févr. 2026 à 12 h 30"),
        ("lundi 2 février 2026 09:00", "lundi 2 février 2026 12:30"),
        ("Mon Feb 2 2026 09:00", "Mon Feb 2 2026 12:30"),
        ('"February 2, 2026 9:00 AM"', '"February 2, 2026 12:30 PM"'),
        ("2. Februar 2026 um 09:00 Uhr", "2. Februar 2026 um 12:30 Uhr"),
        ("2026-02-02T08:00:00Z", "2026-02-02T11:30:00Z"),
        ("2026-02-02 03:00 EST", "2026-02-02 06:30 EST"),
        ("2026-02-02 09:00 CET", "2026-02-02 12:30 CET"),
        ("2026-02-02 12:00 Indian/Reunion", "2026-02-02 15:30 Indian/Reunion"),
    ],
)
def test_moments_in_the_writings_of_many_countries(joined, left):
    report = read(ONE.format(zone="", joined=joined, left=left))
    assert (minutes(report), report.notes) == ({"Luc Petit": 210}, [])


@pytest.mark.parametrize(
    ("zone", "joined", "left"),
    [
        (" (UTC)", "2026-02-02 08:00", "2026-02-02 11:30"),
        (" (GMT+04:00)", "2026-02-02 12:00", "2026-02-02 15:30"),
        (" (Europe/London)", "2026-02-02 08:00", "2026-02-02 11:30"),
        (" UTC", "2026-02-02 08:00", "2026-02-02 11:30"),
        (" (local time)", "2026-02-02 09:00", "2026-02-02 12:30"),
        # Already the third in Auckland, month first: the order that comes near the half-day.
        (" (GMT+13:00)", "2/2/2026 9:00 PM", "2/3/2026 12:30 AM"),
        (" (PST)", "2/2/2026 12:00 AM", "2/2/2026 3:30 AM"),
    ],
)
def test_the_time_zone_of_a_heading_is_that_of_its_column(zone, joined, left):
    report = read(ONE.format(zone=zone, joined=joined, left=left))
    assert (report.tool, minutes(report), report.notes) == ("Zoom", {"Luc Petit": 210}, [])


def test_hours_of_the_day_before_elsewhere_are_those_of_the_half_day_here():
    half_day = HalfDay(day=date(2026, 3, 11), starts_at=time(1), ends_at=time(3))
    (person,) = read(ONE.format(zone=" (PST)", joined="3/10/2026 4:00 PM", left="3/10/2026 6:00 PM"), half_day).people
    assert person.stretches == [(datetime(2026, 3, 11, 1, tzinfo=PARIS), datetime(2026, 3, 11, 3, tzinfo=PARIS))]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            ONE.format(zone=" (Mars Time)", joined="2026-02-02 08:00", left="2026-02-02 11:30"),
            "La colonne « Join time (Mars Time) » donne ses heures dans un fuseau que nous ne connaissons pas. Réglez l’outil sur "
            "votre heure locale, puis exportez de nouveau.",
        ),
        (
            "Email,First name,Last name,Attended,Attendance duration\nluc@exemple.fr,Luc,Petit,Yes,3600\n",
            "Cette liste de Livestorm dit combien de temps chacun est resté, pas à quelle heure. Exportez les participants d’une seule "
            "session, avec l’heure d’arrivée (« Attended at »), puis déposez ce fichier.",
        ),
        (
            "Name,Email,Join time,Leave time,Duration (minutes)\n"
            "Luc,,13/02/2026 09:00:00,13/02/2026 10:00:00,60\nAna,,02/14/2026 09:00:00,02/14/2026 10:00:00,60\n",
            "Ce relevé écrit ses dates de deux façons : le jour avant le mois ici, après ailleurs. Un tableur les a sans doute "
            "changées : déposez le fichier tel que l’outil l’a exporté.",
        ),
        (
            "Name,Email,Join time,Leave time,Duration (minutes)\nPetit, Luc,,02/02/2026 09:00:00,02/02/2026 10:00:00,60\n",
            "La ligne 2 a plus de cellules que de titres : une virgule dans un nom décale sans doute ses colonnes. Déposez le fichier "
            "tel que l’outil l’a exporté, ou mettez ce nom entre guillemets.",
        ),
        (
            "Nom,Prix\nA,12\nB,13\n",
            "Ce fichier n’est pas un relevé de connexion : il y manque le nom, l’heure d’arrivée ou celle de départ. Exportez le rapport "
            "des participants de Teams, Zoom, Google Meet, BigBlueButton, Webex ou Livestorm, puis déposez-le tel quel.",
        ),
    ],
)
def test_what_cannot_be_read_for_sure_is_refused_with_what_to_do(content, sentence):
    with pytest.raises(UnreadableFile) as refused:
        read(content)
    assert refused.value.sentence == sentence


@pytest.mark.parametrize(
    ("content", "day", "note"),
    [
        (
            ONE.format(zone="", joined="03/11/2026 09:00:00 AM", left="03/11/2026 12:30:00 PM"),
            date(2026, 3, 11),
            "Les dates de ce relevé se lisent de deux façons : le 11 mars 2026, jour de la demi-journée, est retenu plutôt que le "
            "3 novembre 2026.",
        ),
        (
            ONE.format(zone="", joined="2026-02-02 08:00", left="2026-02-02 11:30"),
            date(2026, 2, 2),
            "La réunion va de 8 h à 11 h 30, la demi-journée de 9 h à 12 h 30 : si l’outil est réglé sur un autre fuseau horaire, "
            "réglez-le sur votre heure locale et exportez de nouveau.",
        ),
        (
            "Full Name\tUser Action\tTimestamp\nLuc Petit\tJoined\t2/2/2026, 9:00:00 AM\nAna Roux\tLeft\t2/2/2026, 11:00:00 AM\n"
            "Zoé Martin\tJoined\t2/2/2026, 12:00:00 PM\n",
            date(2026, 2, 2),
            "Le relevé ne dit pas quand Luc Petit, Zoé Martin a quitté la réunion : seul ce qu’il prouve est compté. Corrigez les "
            "minutes si vous savez mieux.",
        ),
        (
            "Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole\nLuc Petit\t2/2/2026, 9:00:00 AM\t2/2/2026, 12:30:00 PM\t3h 30m\t\tA\n\n"
            "4. Questions\nName\tQuestion\tEmail\nLuc Petit\tPourquoi ?\tluc@exemple.fr\n",
            date(2026, 2, 2),
            "2 lignes, à partir de la ligne 5, ne sont pas de la liste des participants : elles ne sont pas lues.",
        ),
    ],
)
def test_what_is_doubted_or_left_out_is_told(content, day, note, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_given: date(2026, 11, 30))
    report = read(content, HalfDay(day=day, starts_at=time(9), ends_at=time(12, 30)))
    assert note in [each.sentence.replace("\u00a0", " ") for each in report.notes]


def test_a_workbook_in_which_a_spreadsheet_took_the_day_for_the_month():
    book = Workbook()
    book.active.append(["Name (original name)", "Email", "Join time", "Leave time", "Duration (minutes)"])
    book.active.append(["Luc Petit", "", *(datetime.combine(date(2026, 11, 3), hour) for hour in (time(9), time(12, 30))), 210])
    book.create_sheet("Notes").append(["à relire"])
    content = io.BytesIO()
    book.save(content)
    report = read(content.getvalue(), HalfDay(day=date(2026, 3, 11), starts_at=time(9), ends_at=time(12, 30)))
    assert [person.stretches[0][0].date() for person in report.people] == [date(2026, 3, 11)]
    assert [note.sentence for note in report.notes] == [
        "Un tableur avait pris le jour pour le mois : les dates sont lues à l’endroit, celles de la demi-journée.",
        "La feuille « Notes » n’est pas un relevé de connexion : elle n’est pas lue.",
    ]


@pytest.mark.parametrize(
    ("rows", "people"),
    [
        # A name and its short form on one address are one person.
        (["Anaïs Roux,a@exemple.fr,09:00,10:00", "Anaïs R,a@exemple.fr,10:00,11:00"], {"Anaïs Roux": 120}),
        (["Anaïs Roux,a@exemple.fr,09:00,10:00", "Ana Roux,a@exemple.fr,10:00,11:00"], {"Anaïs Roux": 60, "Ana Roux": 60}),
        # Two names on one address are two people.
        (["Anaïs Roux,a@exemple.fr,09:00,10:00", "Luc Petit,a@exemple.fr,09:00,11:00"], {"Anaïs Roux": 60, "Luc Petit": 120}),
        # A name with and without its address is one person; with two addresses, nobody knows which.
        (["Luc Petit,l@exemple.fr,09:00,10:00", "Luc Petit,,10:00,11:00"], {"Luc Petit": 120}),
        # Two pronouns between brackets are not one name.
        (["Zoé Martin (elle),,09:00,10:00", "Léa Roux (elle),,10:00,12:00"], {"Zoé Martin (elle)": 60, "Léa Roux (elle)": 120}),
        (["MARTIN Zoé,,09:00,10:00", "Zoé Martin (Guest),,10:00,11:00"], {"MARTIN Zoé": 120}),
    ],
)
def test_who_is_who_by_address_and_name(rows, people):
    report = read("\n".join(["Name (original name),Email,Join time,Leave time", *rows]) + "\n")
    assert minutes(report) == people


def test_one_person_under_two_names_on_one_address_is_told():
    rows = ["Anaïs Roux,a@exemple.fr,2026-02-02 09:00,2026-02-02 10:00", "Anaïs R,a@exemple.fr,2026-02-02 10:00,2026-02-02 11:00"]
    report = read("\n".join(["Name (original name),Email,Join time,Leave time", *rows]) + "\n")
    assert [note.sentence for note in report.notes] == [
        "« Anaïs R » et « Anaïs Roux » sont sur l’adresse a@exemple.fr : une seule personne, sous deux noms."
    ]
