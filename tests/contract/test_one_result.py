"""One result: every page, file and command names what the engine names, no more, no less, in the same words."""

from __future__ import annotations

import json
from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from evidence.closing.queries import closing_of
from evidence.debts.queries import owed_in
from evidence.engine.recorded import is_recorded
from evidence.engine.result import Status, SubjectKind
from evidence.matrix import wording as of_the_matrix
from evidence.packs.missing import absences
from evidence.packs.queries import pieces_of
from evidence.packs.report import report_html, seen_of
from evidence.readiness import wording
from evidence.readiness.expected import mini_of, session_results
from evidence.readiness.queries import WORST_FIRST, board
from evidence.readiness.wording import BY_A_FILE, BY_THE_WORK, without_subject
from qualiopi.standard.applicability import Answer
from qualiopi.standard.book import expectations
from qualiopi.standard.expectations import Closing
from qualiopi.web.typography import capitalised
from tests.contract.world import build
from tests.engine.builders import plain
from tests.harness.printing import StandIn
from tests.harness.worlds import shared

pytestmark = pytest.mark.django_db
world = shared(build)


def judged(world):
    """What the engine says today."""
    return board(organisation=world.organisation)


read = shared(judged, on=world)


def holes(read, *kinds):
    """(subject, expectation) -> the sentence, of everything that is missing from these kinds of subject."""
    return {
        (subject.id, result.expectation.key): without_subject(result.sentence(subject), subject.label)
        for status in read.statuses
        for result in status.expectations
        if not result.neutral
        for subject in result.missing
        if subject.kind in (kinds or tuple(SubjectKind))
    }


def of_sessions(read):
    return holes(read, SubjectKind.SESSION)


def get(world, name, *args, **query):
    url = reverse(name, args=["fil-ouest", *args])
    return world.people.client(world.people.quality_manager).get(url, query)


def by_expectation(read):
    """The French sentence of an expectation -> its key: what a page shows of it."""
    return {result.expectation.expected: result.expectation.key for status in read.statuses for result in status.expectations}


def test_the_world_has_holes_of_every_kind(world, read):
    references = {str(session.pk): name for name, session in world.sessions.items()}
    found = Counter(references[subject] for subject, _key in of_sessions(read))
    assert (found["bare"] >= found["half"] > found["done"], found["old"], found["called_off"], found["deserted"]) == (
        True,
        0,
        0,
        0,
    )
    assert {kind for kind in SubjectKind if holes(read, kind)} >= {
        SubjectKind.ORGANISATION,
        SubjectKind.COURSE,
        SubjectKind.SESSION,
        SubjectKind.TRAINER,
    }
    kept = {result.expectation.key: result for status in read.statuses for result in status.expectations}
    assert kept["attendance_and_follow_up_traced"].by_a_file(str(world.sessions["filed"].pk))


def test_the_matrix(world, read):
    # Nothing is folded where something is asked for.
    folded, shown = get(world, "matrix:index").context, get(world, "matrix:index", q="C-").context
    keys = [column.key for column, _total in shown["columns"]]
    rows = [row for sheet in shown["sheets"] for row in sheet.rows]
    found = {
        (row.url.rstrip("/").rpartition("/")[2], key)
        for row in rows
        for key, cell in zip(keys, row.cells, strict=True)
        if cell.status == "insufficient"
    }
    assert found == set(of_sessions(read))
    [filed] = [row for row in rows if row.reference == "C-PIECE"]
    assert filed.cells[keys.index("attendance_and_follow_up_traced")].word == BY_A_FILE
    with_holes = {subject for subject, _key in found}
    assert shown["heading"] == folded["heading"] == of_the_matrix.heading(len(with_holes), len(rows))
    assert shown["answer"].startswith(capitalised(of_the_matrix.so_many_holes(len(found))))
    totals = Counter(key for _subject, key in found)
    assert {column.key: total["count"] for column, total in shown["columns"] if total["count"]} == totals
    unfolded = [row for sheet in folded["sheets"] for row in sheet.rows]
    assert len(unfolded) + sum(len(fold.sessions) for fold in folded["folds"]) == len(rows)
    assert with_holes <= {row.url.rstrip("/").rpartition("/")[2] for row in unfolded}


def test_the_list_of_sessions(world, read):
    # Asked for, nothing is folded.
    context = get(world, "agenda:index", q="C-").context
    told = {row.url.rstrip("/").rpartition("/")[2]: row.dossier for row in context["rows"]}
    expected = Counter(subject for subject, _key in of_sessions(read))
    lacking = {session: int(words.split()[2]) for session, words in told.items() if words.startswith("il manque")}
    assert lacking == dict(expected)
    drawn = {session: sum(group.count("due") for group in mini_of(session, session_results(read))[1]) for session in lacking}
    assert drawn == lacking
    heading = get(world, "matrix:index", q="C-").context["heading"]
    assert context["answer"].split(" dossiers sur ")[0] == heading.split(" sessions sur ")[0]


@pytest.mark.parametrize(
    "name", ["bare", "half", "done", "filed", "running", "coming", "old", "of_another", "recent", "deserted"]
)
def test_the_pages_of_a_session(world, read, name):
    """Its page, its dossier and the auditor's room say the same number, the same things, in the same words."""
    session = world.sessions[name]
    keys = by_expectation(read)
    expected = {key: sentence for (subject, key), sentence in of_sessions(read).items() if subject == str(session.pk)}
    panel = get(world, "readiness:session", session.pk).context
    assert {keys[line.expected]: line.sentence for line in panel["lines"] if line.status == "insufficient"} == expected
    dossier = get(world, "dossiers:detail", session.pk).context["dossier"]
    room = (
        world.people.client(world.people.auditor)
        .get(reverse("audits:session", args=["fil-ouest", session.pk]))
        .context["dossier"]
    )
    for told in (dossier, room):
        lacking = {keys[piece.line.expected]: piece.line.sentence for piece in told.expected if piece.there is False}
        assert (lacking, told.answer) == (expected, panel["answer"])
    if panel["lines"]:
        assert panel["answer"] == wording.missing_in_session(len(expected))
    owed = get(world, "dossiers:session", session.pk).context["standing"].owed
    register = "attendance_and_follow_up_traced"  # told by half-day
    told_there = {each.key: each.what for each in owed if each.key in set(keys.values()) and each.key != register}
    assert told_there == {key: sentence for key, sentence in expected.items() if key != register}


def test_a_file_that_proves_is_told_in_the_same_words(world, read):
    session = world.sessions["filed"]
    lines = get(world, "readiness:session", session.pk).context["lines"]
    [line] = [line for line in lines if "émargements" in line.expected]
    pieces = get(world, "dossiers:detail", session.pk).context["dossier"].expected
    [piece] = [piece for piece in pieces if piece.line.expected == line.expected]
    assert (line.word, piece.state) == (BY_A_FILE, f"là, {BY_A_FILE}")


@pytest.mark.parametrize(
    ("kind", "name", "page"),
    [
        (SubjectKind.COURSE, "readiness:of_course", "catalogue:detail"),
        (SubjectKind.TRAINER, "readiness:of_trainer", "people:trainer"),
    ],
)
def test_the_pages_of_courses_and_trainers(world, read, kind, name, page):
    """Each leads to what the audit expects of it: the same holes, and the file that proves what its page alone would say missing."""
    keys, lacking = by_expectation(read), holes(read, kind)
    subjects = {
        subject.id
        for status in read.statuses
        for result in status.expectations
        for subject in result.subjects
        if subject.kind is kind
    }
    assert subjects
    for subject in subjects:
        shown = get(world, name, subject).context
        told = {keys[line.expected]: line.sentence for line in shown["lines"] if line.status == "insufficient"}
        expected = {key: sentence for (identifier, key), sentence in lacking.items() if identifier == subject}
        assert (told, shown["answer"]) == (expected, wording.missing_here(len(expected)))
        assert reverse(name, args=["fil-ouest", subject]) in get(world, page, subject).content.decode()
    if kind is SubjectKind.COURSE:
        bare = get(world, name, world.sessions["half"].course_id).context["lines"]
        [sheet] = [line for line in bare if keys[line.expected] == "public_sheet_complete"]
        assert (sheet.status, sheet.word) == ("demonstrable", BY_A_FILE)


def test_what_is_owed(world, read):
    """The holes of sessions and trainers, each once; half-days say the register in detail, steps only what no hole says."""
    owed = owed_in(world.organisation, today=world.today)
    expected = holes(read, SubjectKind.SESSION, SubjectKind.TRAINER)
    found = Counter(
        each.key for each in owed if not each.key.startswith("step:") and each.key != "attendance_and_follow_up_traced"
    )
    assert found == Counter(key for _subject, key in expected if key != "attendance_and_follow_up_traced")
    of_the_register = {each.session for each in owed if each.key == "attendance_and_follow_up_traced"}
    running = str(world.sessions["running"].pk), str(world.sessions["recent"].pk)
    assert of_the_register == {*(s for s, key in expected if key == "attendance_and_follow_up_traced"), *running}
    book = {result.expectation.key: result.expectation.indicator for status in read.statuses for result in status.expectations}
    assert {each.key: each.indicator for each in owed if not each.key.startswith("step:")} == {
        each.key: book[each.key] for each in owed if not each.key.startswith("step:")
    }
    assert [(each.session, each.key) for each in owed if each.key.startswith("step:")] == [
        (str(world.sessions["bare"].pk), "step:maison")
    ]
    sentences = {(each.session, each.key): each.what for each in owed}
    for (subject, key), sentence in of_sessions(read).items():
        if key != "attendance_and_follow_up_traced":
            assert sentences[(subject, key)] == sentence


@pytest.mark.parametrize("name", ["bare", "half", "done", "filed", "of_another"])
def test_closing(world, read, name):
    """The holes of the session's page, in the same words; more only where the data of an expectation says so."""
    session = world.sessions[name]
    found = closing_of(session, now=timezone.now())
    told = {each.key: each.sentence for each in (*found.holding, *found.lost)}
    book = expectations().by_key
    expected = {
        key: sentence
        for (subject, key), sentence in of_sessions(read).items()
        if subject == str(session.pk) and book[key].closing is not Closing.AWAITED
    }
    assert {key: told.get(key) for key in expected} == expected
    assert {book[key].closing for key in set(told) - set(expected)} <= {Closing.BEFORE_DUE}


def holes_told(shown):
    """Whom or what the lines of a page name, each with its sentence; who leads a session stands before it."""
    return [(hole.title, hole.sentence.removeprefix(f"{hole.person} · ")) for hole in shown]


def holes_of(result):
    """The same, as the engine says them."""
    return [(subject.label, without_subject(result.sentence(subject), subject.label)) for subject in result.missing]


def carried_by_files(result):
    return [subject for subject in result.subjects if result.by_a_file(subject.id)]


def test_the_pages_of_the_indicators(world, read):
    """The same status, holes, sentences and pieces; what a file carries is told in the words of the other pages."""
    told_by_files = 0
    for status in read.statuses:
        if status.status is Status.NOT_APPLICABLE:
            continue
        shown = get(world, "indicators:page", status.number).context
        assert shown["status"].status is status.status
        blocks = {block.key: block for block in shown["expectations"]}
        for result in status.expectations:
            block = blocks[result.expectation.key]
            if not (result.neutral or result.expectation.sensitive or block.same_as_above):
                assert holes_told(block.holes) == holes_of(result)[: len(block.holes)]
                assert block.holes_count == len(result.missing)
            lines = [line for notice in block.notices if notice.title == capitalised(str(BY_A_FILE)) for line in notice.lines]
            carried = {subject.label for subject in carried_by_files(result)}
            assert carried <= {label.partition(" : ")[0] for label, *_rest in lines}
            told_by_files += len(carried)
        assert kept_told(shown["kept"]) == kept_by_work(status)
    assert told_by_files > 0


def kept_told(cards):
    """What the cards of an indicator's page say of the work."""
    return [(plain(card.title), plain(card.detail)) for card in cards]


def kept_by_work(status):
    """What the work proves of an indicator: how many, in the words of the expectation, and how many a file carries instead."""
    found = []
    for result in status.expectations:
        words, files = result.expectation.wording, len(carried_by_files(result))
        if result.kept and result.n and words and is_recorded(result.expectation):
            how = f"{BY_THE_WORK} ; {files} {BY_A_FILE}" if files else str(BY_THE_WORK)
            found.append((plain(f"{result.n} {words.one if result.n == 1 else words.many} {words.shown}"), plain(how)))
    return found


def test_the_lists_of_all_that_is_missing(world, read):
    """Every hole of each expectation, with its sentence and as many as the engine counts."""
    opened = 0
    for status in read.statuses:
        for result in status.expectations:
            if not result.missing or result.expectation.sensitive:
                continue
            shown = get(world, "readiness:missing", status.number, result.expectation.key).context
            assert (holes_told(shown["holes"]), shown["page"].paginator.count) == (holes_of(result), len(result.missing))
            opened += 1
    assert opened > 10


def test_the_auditors_room_by_indicator(world, read):
    """No status there; who is concerned and why, what the work proves and what files carry, as everywhere."""
    reader = world.people.client(world.people.auditor)
    hows = []
    without = {status.number: status.reasons[0] for status in read.statuses if status.applicable is Answer.NO}
    for name, *args in (("audits:room",), ("audits:sessions",), ("audits:session", world.sessions["done"].pk)):
        plan = reader.get(reverse(name, args=["fil-ouest", *args])).context["plan"]
        lines = [line for section in plan for line in section.lines]
        assert {line.indicator.number: line.reason for line in lines if not line.concerned} == without
        assert len(lines) == len(read.statuses)
    for status in read.statuses:
        shown = reader.get(reverse("audits:indicator", args=["fil-ouest", status.number])).context
        line = shown["line"]
        assert line.concerned is (status.applicable is not Answer.NO), status.number
        assert line.concerned or line.reason == status.reasons[0]
        told = [(plain(f"{fact.count} {fact.words}"), plain(fact.how)) for fact in shown["facts"] if fact.in_french]
        assert told == kept_by_work(status)
        hows += [how for _what, how in told]
    assert plain(str(BY_THE_WORK)) in hows
    assert any(how.endswith(plain(str(BY_A_FILE))) for how in hows)


def test_what_the_work_left_is_counted_alike_in_room_and_report(world, read):
    """Files and registers, by the types of the standard."""
    reader, pieces = world.people.client(world.people.auditor), pieces_of(read)
    left = 0
    for status in read.statuses:
        shown = reader.get(reverse("audits:indicator", args=["fil-ouest", status.number])).context
        assert shown["left"] == pieces.left_for(status.number), status.number
        left += len(shown["left"])
    assert left > 0
    assert pieces.registers == 2


def test_the_board_the_home_page_and_the_network_count_alike(world, read):
    expected = {status.value: count for status, count in read.counts.items()}
    assert get(world, "readiness:board").context["board"].counts == read.counts
    network = world.people.client(world.people.network_head).get(reverse("network:index", args=["ateliers-du-fil"]))
    [row] = [row for row in network.context["rows"] if row.organisation == world.organisation]
    assert (dict(row.counts), row.asking, row.concerned, row.audit_date) == (
        {name: count for name, count in expected.items() if name in dict(row.counts)},
        read.asking,
        read.concerned,
        read.audit_date,
    )
    home = get(world, "home:index")
    assert home.context["counts"] == expected
    asking = f"Voir les {read.asking} indicateurs sur {read.concerned} qui demandent encore quelque chose"
    shown, concerned = read.counts[Status.DEMONSTRABLE], f"sur {read.concerned}"
    assert asking in words(home)
    assert f"{shown} démontrable{'s' if shown > 1 else ''} {concerned}" in words(home)
    assert f"{read.concerned} indicateurs concernés" in words(network)
    assert [(each.status, each.count) for each in home.context["legend"]] == [each for each in expected.items() if each[1]]


def words(response):
    """What a page says, without its tags and its line breaks."""
    return plain(" ".join(strip_tags(response.content.decode()).split()))


def test_the_home_page_names_what_the_indicators_ask(world, read):
    """The worst first: the action, what was seen and the day are the engine's; the rest is counted."""
    shown = get(world, "home:index").context
    statuses = {f"Indicateur {status.number}": status for status in read.asking_for if status.next_action}
    things = [thing for thing, _when in shown["things"] if thing.status]
    assert things
    for thing in things:
        status = statuses[thing.label]
        assert (thing.title, thing.why, thing.status, thing.due_on) == (
            status.next_action,
            (status.acting.observed if status.acting else "") or status.observed or status.reasons[0],
            status.status,
            status.due_on,
        )
        assert thing.url == reverse("indicators:page", args=["fil-ouest", status.number])
    ranks = [(WORST_FIRST.index(thing.status), thing.due_on, int(thing.label.split()[1])) for thing in things]
    assert ranks == sorted(ranks)
    others = sum(1 for thing, _when in shown["things"] if not thing.status)
    assert len(shown["things"]) + shown["more"] == len(statuses) + others


def test_the_command(world, read):
    written = StringIO()
    call_command("readiness", organisation="fil-ouest", format="json", stdout=written)
    told = {entry["number"]: entry for entry in json.loads(written.getvalue())}
    for status in read.statuses:
        entry = told[status.number]
        assert (entry["status"], entry["reasons"]) == (status.status.value, list(status.reasons))
        assert [(hole["reference"], hole["expectations"], hole["sentence"]) for hole in entry["missing"]] == [
            (hole.reference, list(hole.expectation_keys), hole.sentence) for hole in status.missing
        ]


def test_counts_name_what_they_count(world, read):
    """Nobody of the 7 sessions was asked: the question is put to 21 people, not to as many as there are sessions."""
    asked = next(
        result
        for status in read.statuses
        for result in status.expectations
        if result.expectation.key == "adaptation_question_asked"
    )
    assert (len(asked.missing), asked.n, asked.d) == (7, 0, 21)
    assert asked.next_action.endswith("à 21 inscrits.")
    written = StringIO()
    call_command("readiness", organisation="fil-ouest", format="json", indicator=4, stdout=written)
    [entry] = json.loads(written.getvalue())
    [told] = [each for each in entry["expectations"] if each["key"] == asked.expectation.key]
    assert (told["n"], told["d"], told["counts"]) == (0, 21, "inscrits")
    block = next(block for block in get(world, "indicators:page", 4).context["expectations"] if block.key == told["key"])
    words = "Voir les 7 sessions, 21 inscrits à qui cela manque"
    assert (block.tally.seen, block.tally.expected, block.all_words) == (0, 21, words)
    assert seen_of(asked) == "0 sur 21 inscrits"


def test_the_pack_and_the_report(world, read):
    pieces = pieces_of(read)
    lacking = [
        (each.indicator, each.reference, each.sentence) for each in absences(read, pieces, []) if each.nature == "manquant"
    ]
    assert lacking == [
        (status.number, hole.reference, sentence)
        for status in read.statuses
        for hole in status.missing
        for sentence in hole.sentences
    ]
    text = report_html(read=read, pieces=pieces, find=StandIn().find)
    for status in read.asking_for:
        assert status.next_action in text


def test_every_status_has_its_reasons(read):
    assert [status.number for status in read.statuses if not status.reasons] == []
