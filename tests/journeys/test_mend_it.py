"""Every « mend it » link of a seeded organisation, walked: what was named is on the page it leads to, with a way to do it."""

from __future__ import annotations

import html
import io
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from evidence.closing.queries import closing_of
from evidence.debts.queries import owed_in
from evidence.engine.result import Mark, SubjectKind
from evidence.readiness import links
from evidence.readiness.queries import board
from qualiopi.organisations.models import Member, Organisation
from tests.harness.printing import without_laying_out
from tests.harness.worlds import shared
from trainings.sessions.models import Session, SessionState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stand_in_pdf")]

# Unknown fact -> the field that says it.
FIELD_OF = {
    "category_unknown": "category",
    "certifying_unknown": "certifying",
    "modality_unknown": "modality",
    "duration_unknown": "duration_hours",
    "work_study_unknown": "work_study",
    "workplace_unknown": "workplace_periods",
    "subcontracting_unknown": "way",
    "end_unknown": "ends_on",
}


def build():
    with without_laying_out():
        call_command("seed_demo", sessions=6, seed=3, stdout=io.StringIO())
    return Organisation.objects.order_by("slug").first()


organisation = shared(build)


class Walker:
    """A manager who opens each link once."""

    def __init__(self, organisation):
        self.client = Client()
        member = Member.objects.filter(organisation=organisation, role="quality_manager").select_related("user").first()
        self.client.force_login(member.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        self.pages: dict[str, tuple[str, str]] = {}

    def open(self, url):
        """Words of the page, and its source."""
        path = url.partition("#")[0]
        if path not in self.pages:
            answer = self.client.get(path)
            assert answer.status_code == 200, (url, answer.status_code)
            source = answer.content.decode()
            words = html.unescape(re.sub(r"<[^>]+>", " ", source))
            self.pages[path] = (re.sub(r"\s+", " ", words), source)
        return self.pages[path]


def acts(source):
    """Whether something can be done on the page itself: a form that is sent, or a button that leads to one."""
    main = source.partition("<main")[2]
    return 'method="post"' in main or 'class="btn' in main


def test_each_link_leads_to_where_the_thing_named_can_be_done(organisation):
    walker, read, wrong, walked = Walker(organisation), board(organisation=organisation), [], 0
    for status in read.statuses:
        for result in status.expectations:
            for subject in [*result.missing, *result.having(Mark.TO_CLARIFY)]:
                unclear = result.mark_by_subject.get(subject.id) is Mark.TO_CLARIFY
                way = (
                    links.way_to_clarify(read, result, subject)
                    if unclear
                    else links.way_to_mend(organisation.slug, result.expectation, subject.kind, subject.id)
                )
                words, source = walker.open(way.url)
                walked += 1
                chosen = {value for values in parse_qs(urlsplit(way.url).query).values() for value in values}
                named = (
                    subject.label in words
                    or subject.kind is SubjectKind.ORGANISATION
                    or subject.id in chosen
                    or subject.id in source
                )
                field = FIELD_OF.get(links._fact_behind(result.clarifications.get(subject.id, ""))) if unclear else None
                if not named or not acts(source) or (field and f'name="{field}"' not in source):
                    wrong.append((result.expectation.key, subject.label, way.url, field))
            if (way := links.next_way(read, status)) is not None and not way.url.startswith("#"):
                walker.open(way.url)
    assert (wrong, walked > 20) == ([], True)


def test_each_thing_owed_leads_to_where_it_is_done(organisation):
    walker, wrong, owed = Walker(organisation), [], owed_in(organisation, today=timezone.localdate())
    for each in owed:
        words, source = walker.open(each.url)
        reference = each.label.partition(" · ")[0]
        if (each.session and reference not in words) or not acts(source):
            wrong.append((each.key, each.label, each.url))
    assert (wrong, len(owed) > 5) == ([], True)


def test_what_keeps_a_session_from_being_closed_leads_to_where_it_is_mended(organisation):
    walker, wrong, walked = Walker(organisation), [], 0
    sessions = Session.objects.for_organisation(organisation).filter(state__in=[SessionState.DONE, SessionState.RUNNING])
    for session in sessions:
        page = walker.client.get(f"/o/{organisation.slug}/cloture/{session.pk}/")
        if page.status_code != 200:
            continue
        found = closing_of(session, now=timezone.now())
        source = html.unescape(page.content.decode())
        for each in (*found.holding, *found.lost):
            assert each.way.url in source
            words, target = walker.open(each.way.url)
            walked += 1
            if session.reference not in words or not acts(target):
                wrong.append((each.key, each.way.url))
    assert (wrong, walked > 3) == ([], True)
