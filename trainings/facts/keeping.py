"""What sessions tell, from what is kept of each; what changed since, or was never read, is gathered and kept (ADR 160).

The order makes it right: who reads notes the revision first, then which sessions changed, then gathers them, and waits for nobody. What
was gathered is kept under the lock, in short transactions, if nobody took changes away meanwhile. A change that comes meanwhile leaves a
line of its own, which the next reader finds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.db import InternalError, OperationalError, connection, transaction
from django.db.models import Count, Exists, F, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from qualiopi.identifiers import Names, raw
from qualiopi.organisations.models import Organisation
from trainings.facts.gathered import gather_sessions
from trainings.facts.models import FactMark, FactRevision, KeptFacts
from trainings.facts.packing import pack, unpack
from trainings.facts.rows import Told
from trainings.facts.scope import Scope
from trainings.facts.windows import ALWAYS, windows
from trainings.sessions.models import Session

# Beyond, a look at the whole organisation costs less than one at each session.
_FEW = 400
_BATCH = 500
# Written in one transaction: others who write wait that long.
_MOST_AT_ONCE = 1000
# Changes of one organisation that may wait for a reader; beyond, what is kept of these sessions goes (`send_due`).
MOST_MARKS = 2000
_RENEWED = [each.name for each in KeptFacts._meta.fields if not each.primary_key]


class Reading(NamedTuple):
    """What decides what a session tells, beside what is recorded of it."""

    until: date
    today: date
    absent_half_days: int
    row_open_days: int

    @property
    def made_with(self) -> str:
        """The settings, and the code: what other code kept is read again."""
        return f"{self.absent_half_days} {self.row_open_days} {timezone.get_current_timezone_name()} {_code()}"


class _Seen(NamedTuple):
    """The revision; the sessions in time order, what is kept of those that did not change, and the changes seen, each with its session."""

    revision: int
    sessions: list[str]
    kept: dict[str, str]
    marks: dict[int, str | None]

    @property
    def absent(self) -> list[str]:
        return [session for session in self.sessions if session not in self.kept]


def told_by_sessions(organisation: Organisation, reading: Reading) -> list[Told]:
    """What every dated session tells, in time order. Three queries when nothing changed.

    Keeps what it had to gather, unless the day read is gone by: this is the one thing that a page which shows may write.
    """
    seen = _see(organisation, reading)
    found = _gather(organisation, reading, seen.absent)
    if (found or seen.marks) and reading.today == timezone.localdate() <= reading.until:
        _keep(organisation, reading, seen, found, seen.marks)
    return _in_order(seen, found)


def gather_ahead(organisation: Organisation, reading: Reading, *, most: int = _FEW) -> int:
    """Keep what ``most`` of the sessions tell of which nothing is kept, the first ones; give how many are left. The first reader of all
    would do the same, who finds as much less to do."""
    seen = _see(organisation, reading)
    portion = seen.absent[:most]
    found = _gather(organisation, reading, portion)
    of_them = {*portion}
    _keep(organisation, reading, seen, found, {mark: session for mark, session in seen.marks.items() if session in of_them})
    return len(seen.absent) - len(portion)


def left_unread(*, most: int) -> QuerySet[Organisation]:
    """The organisations of which more than ``most`` changes wait for a reader, or of whose sessions nothing is kept any more."""
    of_it = {"organisation": OuterRef("pk")}
    marks = FactMark.objects.filter(**of_it).order_by()
    many = Coalesce(Subquery(marks.values("organisation").annotate(number=Count("pk")).values("number")), 0)
    nothing = ~Exists(KeptFacts.objects.filter(**of_it)) & Exists(Session.objects.filter(**of_it))
    marked = Organisation.objects.filter(pk__in=FactMark.objects.order_by().values("organisation"))
    return marked.annotate(waiting=many).filter(nothing | Q(waiting__gt=most))


def wrongly_kept(organisation: Organisation, reading: Reading) -> list[str]:
    """The sessions of which something else is kept than what would be gathered now; none, unless a write was not noted."""
    seen = _see(organisation, reading)
    found = _gather(organisation, reading, seen.kept)
    return [session for session, told in found.items() if seen.kept[session] != ("" if told is None else pack(told))]


def forget(organisation: Organisation) -> None:
    """Drop what is kept of an organisation: its next reader gathers it again."""
    KeptFacts.objects.filter(organisation=organisation).delete()
    FactMark.objects.create(organisation=organisation)


class Standing(NamedTuple):
    """How many changes of an organisation were read again, and how many wait for it; ``shared``: those that are not about one session."""

    revision: int
    waiting: int
    shared: int
    shared_waiting: int

    @property
    def once_read(self) -> Standing:
        """How it stands when those that wait were read, and no other came meanwhile."""
        return Standing(self.revision + self.waiting, 0, self.shared + self.shared_waiting, 0)


def standing(organisation: Organisation) -> Standing:
    """Two queries."""
    revision = FactRevision.objects.filter(organisation=organisation).values_list("number", "shared").first() or (0, 0)
    waiting = FactMark.objects.filter(organisation=organisation).aggregate(
        number=Count("pk"), shared=Count("pk", filter=Q(session=None))
    )
    return Standing(revision[0], waiting["number"], revision[1], waiting["shared"])


def unchanged_since(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Of rows that name an organisation and the ``revision`` of which they were made, those since which nothing changed."""
    of_it = {"organisation": OuterRef("organisation")}
    revision = Coalesce(Subquery(FactRevision.objects.filter(**of_it).values("number")), 0)
    return rows.filter(~Exists(FactMark.objects.filter(**of_it)), revision=revision)


def forget_unread(*, most: int = MOST_MARKS) -> int:
    """Drop what is kept of the sessions that changed, where nobody read more than ``most`` changes; give how many changes went.

    A session of which nothing is kept is gathered by its next reader, whether or not it is said to have changed.
    """
    counted = FactMark.objects.order_by().values("organisation").annotate(number=Count("pk")).filter(number__gt=most)
    gone = 0
    for organisation in Organisation.objects.filter(pk__in=counted.values("organisation")).order_by("pk"):
        with transaction.atomic():
            if not _locked(organisation):
                continue  # somebody is reading them
            marks = dict(FactMark.objects.filter(organisation=organisation).values_list("pk", "session"))
            _delete(KeptFacts, [key for key in set(marks.values()) if key is not None])
            _take_away(organisation, marks)
            gone += len(marks)
    return gone


def _see(organisation: Organisation, reading: Reading) -> _Seen:
    """The revision comes first, then the changes, then what is kept: what changes in between is as good as changed after."""
    names = Names()
    revision, sessions = _sessions(organisation, names)
    waiting = FactMark.objects.filter(organisation=organisation).values_list("pk", raw("session"))
    marks = {key: None if session is None else names[session] for key, session in waiting}
    kept = KeptFacts.objects.filter(
        organisation=organisation,
        made_with=reading.made_with,
        until_from__lte=reading.until,
        until_to__gte=reading.until,
        today_from__lte=reading.today,
        today_to__gte=reading.today,
    )
    texts = {names[session]: facts for session, facts in kept.values_list(raw("session"), "facts")}
    for session in marks.values():
        if session is not None:
            texts.pop(session, None)
    return _Seen(revision, sessions, texts, marks)


def _sessions(organisation: Organisation, names: Names) -> tuple[int, list[str]]:
    """The revision, and the sessions in time order: one query, unless there is no session."""
    number = Subquery(FactRevision.objects.filter(organisation=organisation).values("number"))
    rows = Session.objects.for_organisation(organisation).order_by("starts_on", "reference", "id")
    found = list(rows.annotate(revision=number).values_list("revision", raw("id")))
    revision = (found[0][0] or 0) if found else _revision(organisation)
    return revision, [names[key] for _revision, key in found]


def _revision(organisation: Organisation) -> int:
    return FactRevision.objects.filter(organisation=organisation).values_list("number", flat=True).first() or 0


def _in_order(seen: _Seen, found: dict[str, Told | None]) -> list[Told]:
    texts = {session: facts for session, facts in seen.kept.items() if facts}
    rows: dict[str, Told | None] = dict(zip(texts, unpack(texts.values()), strict=True))
    rows.update(found)
    return [told for session in seen.sessions if (told := rows.get(session)) is not None]


def _delete(model: type[Model], keys: list[Any]) -> None:
    for start in range(0, len(keys), _BATCH):
        model._default_manager.filter(pk__in=keys[start : start + _BATCH]).delete()


def _take_away(organisation: Organisation, marks: Mapping[int, Any]) -> None:
    """Under the lock: these changes, each with its session, are read."""
    if not marks:
        return
    _delete(FactMark, list(marks))
    FactRevision.objects.bulk_create([FactRevision(organisation=organisation, number=0)], ignore_conflicts=True)
    FactRevision.objects.filter(organisation=organisation).update(
        number=F("number") + len(marks), shared=F("shared") + list(marks.values()).count(None)
    )


def _gather(organisation: Organisation, reading: Reading, absent: Collection[str]) -> dict[str, Told | None]:
    if not absent:
        return {}
    found = gather_sessions(_scope(organisation, absent), **reading._asdict())
    return {session: found[session] for session in absent if session in found}


def _scope(organisation: Organisation, absent: Collection[str]) -> Scope:
    return Scope(organisation, list(absent) if len(absent) <= _FEW else None)


def _locked(organisation: Organisation) -> bool:
    """Whether this transaction alone may keep facts of this organisation. Nobody waits: another reader keeps them meanwhile.

    SQLite has one writer at a time, and a transaction that writes saw all that was written before it.
    """
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('trainings_keptfacts'), hashtext(%s))", [str(organisation.pk)])
        return bool(cursor.fetchone()[0])


def _keep(
    organisation: Organisation, reading: Reading, seen: _Seen, found: dict[str, Told | None], marks: Mapping[int, Any]
) -> None:
    """Keep what was gathered, then take these changes away. Nothing where somebody else took some away since, who may know better, nor on
    a database that cannot be written now: what was gathered serves this once."""
    rows = _rows(organisation, reading, found)
    try:
        for start in range(0, len(rows), _MOST_AT_ONCE):
            with transaction.atomic():
                if not _still_stands(organisation, seen):
                    return
                _write(rows[start : start + _MOST_AT_ONCE])
        with transaction.atomic():
            if _still_stands(organisation, seen):
                _forget_gone(organisation)
                _take_away(organisation, marks)
    except (OperationalError, InternalError):
        pass


def _still_stands(organisation: Organisation, seen: _Seen) -> bool:
    """Whether this transaction alone may keep facts of this organisation, and nobody took changes away since they were looked at."""
    return _locked(organisation) and _revision(organisation) == seen.revision


def _forget_gone(organisation: Organisation) -> None:
    """Forget sessions that are no more."""
    there = Session.objects.filter(pk=OuterRef("session"))
    KeptFacts.objects.filter(~Exists(there), organisation=organisation).delete()


def _rows(organisation: Organisation, reading: Reading, found: dict[str, Told | None]) -> list[KeptFacts]:
    if not found:
        return []
    until, today = windows(_scope(organisation, found), reading.until, reading.today)
    made_with = reading.made_with
    return [
        KeptFacts(
            session=session,
            organisation=organisation,
            made_with=made_with,
            until_from=until.get(session, ALWAYS).start,
            until_to=until.get(session, ALWAYS).end,
            today_from=today.get(session, ALWAYS).start,
            today_to=today.get(session, ALWAYS).end,
            facts="" if told is None else pack(told),
        )
        for session, told in found.items()
    ]


def _write(rows: list[KeptFacts]) -> None:
    KeptFacts.objects.bulk_create(
        rows,
        batch_size=_BATCH,
        # Another reader may have kept the same ones meanwhile.
        update_conflicts=True,
        unique_fields=["session"],
        update_fields=_RENEWED,
    )


@cache
def _code() -> str:
    """A digest of the code of this room."""
    found = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]
