"""Sessions from a table: one line per session, or one per person of a session (the lines are merged)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.exchange import values
from qualiopi.exchange.columns import Column
from qualiopi.exchange.directory import BATCH, Directory
from qualiopi.exchange.models import ImportRun
from qualiopi.exchange.values import Days
from qualiopi.exchange.words import clean
from qualiopi.imports.errors import ImportRefusedError
from qualiopi.text import comparison_key, person_key
from qualiopi.web.dates import long_date, period
from qualiopi.web.typography import hours
from trainings.catalogue.models import Course
from trainings.imports.known_sessions import closed_words, keep_changes, moved_sessions, sentences_of
from trainings.imports.session_columns import SessionColumns
from trainings.people.models import FormerIdentity, Trainer
from trainings.sessions.models import Modality, Session, SessionKind, SessionState, SessionTrainer


class SessionResource(SessionColumns):
    """A session is known by its reference; its course by its title; its trainers by their names."""

    created_models = (Session,)
    shared_models = (Trainer, Course)

    class Meta(SessionColumns.Meta):
        model = Session

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        organisation = self.organisation
        self.courses = Directory(Course, organisation, key="title_key")
        self.teachers = Directory(Trainer, organisation, key="name_key")
        if "trainers" in self.heading_of:
            self._know_former_names()
        self.sessions = {comparison_key(session.reference): session for session in Session.objects.for_organisation(organisation)}
        self.pairs = set(
            SessionTrainer.objects.filter(session__organisation=organisation).values_list("session_id", "trainer_id")
        )
        self.new_pairs: dict[tuple[Any, Any], None] = {}
        self.seen: dict[str, int] = {}
        self.today = timezone.localdate()
        self.outcome.preview_headings = [_("Réf."), _("Formation"), _("Formateurs"), _("Dates"), _("Durée"), _("Prix HT")]

    def _know_former_names(self) -> None:
        """Trainers whose page was merged with another are found by the name of either."""
        merged = (
            FormerIdentity.objects.for_organisation(self.organisation).filter(trainer__isnull=False).select_related("trainer")
        )
        for identity in merged:
            self.teachers.known.setdefault(identity.name_key, cast(Trainer, identity.trainer))

    def get_or_init_instance(self, instance_loader: Any, row: dict[str, Any]) -> tuple[Session, bool]:
        reference = " ".join(clean(row["reference"]).split())
        self.key = comparison_key(reference)
        self.several: dict[str, Days] = {}
        session = self.sessions.get(self.key)
        if session is not None:
            return session, False
        session = Session(organisation=self.organisation, reference=reference, import_run=self.run)
        if self.key:
            self.sessions[self.key] = session
        return session, True

    def assign(self, instance: Any, column: Column, value: Any) -> None:
        if column.key == "reference" and not instance._new:
            return
        earlier = self.seen.get(self.key)
        known = getattr(instance, column.key)
        said = value if not isinstance(value, Days) else value.first if column.key == "starts_on" else value.last
        if earlier and known not in (None, "", said) and column.key not in ("state", "kind"):
            self.tell(
                _("La session %(reference)s est déjà ligne %(line)s, avec une autre valeur : « %(known)s ».")
                % {"reference": instance.reference, "line": earlier, "known": self._shown(known)},
                column=column.key,
                value=self.raw[column.key],
                blocking=True,
            )
            return
        if isinstance(value, Days):
            self.several[column.key] = value
            value = value.first if column.key == "starts_on" else value.last
        super().assign(instance, column, value)

    def understand(self, instance: Any, row: dict[str, Any]) -> None:
        self._understand_dates(instance, row)
        if self._line_blocked:
            return
        self._understand_course(instance)
        if instance.run_for and not instance.kind:
            instance.kind = SessionKind.SUBCONTRACTED
        self._understand_state(instance, row)
        if "place" in self.heading_of and not instance.place and instance.modality == Modality.REMOTE:
            self.tell(_("Session à distance : aucun lieu n’est demandé."), column="place")
        self._understand_trainers(instance, row)
        self._refuse_closed(instance)
        self.seen.setdefault(self.key, self.line)

    def _understand_days(self, instance: Session, row: dict[str, Any]) -> None:
        """A cell that names several days gives the first and the last; the other column may not say otherwise."""
        for column, days in self.several.items():
            other, day = ("ends_on", days.last) if column == "starts_on" else ("starts_on", days.first)
            said = row.get(other) if other in self.heading_of else None
            if said not in (None, "") and getattr(instance, other) != day:
                self.tell(
                    _(
                        "Cette cellule va du %(first)s au %(last)s, et la colonne « %(other)s » dit autre chose : gardez l’une des deux."
                    )
                    % {"first": long_date(days.first), "last": long_date(days.last), "other": self.heading_of[other]},
                    column=column,
                    value=row.get(column),
                    blocking=True,
                )
                continue
            setattr(instance, other, day)
            listed = ", ".join(long_date(day) for day in days.listed)
            sentence = (
                _("Plusieurs jours dans une cellule (%(days)s) : le premier et le dernier sont gardés.")
                if listed
                else _("Plusieurs jours dans une cellule : du %(first)s au %(last)s.")
            )
            self.tell(
                sentence % {"days": listed, "first": long_date(days.first), "last": long_date(days.last)},
                column=column,
                value=row.get(column),
            )

    def _understand_dates(self, instance: Session, row: dict[str, Any]) -> None:
        if not self._line_blocked:
            self._understand_days(instance, row)
        if self._line_blocked or not (instance.starts_on and instance.ends_on):
            return
        if instance.ends_on < instance.starts_on:
            self.tell(
                _("La session finirait avant d’avoir commencé, le %(start)s.") % {"start": long_date(instance.starts_on)},
                column="ends_on" if "ends_on" in self.heading_of else "starts_on",
                value=row.get("ends_on", row.get("starts_on")),
                blocking=True,
            )

    def _understand_course(self, instance: Any) -> None:
        title = self.values["course"]
        course = self.courses.get_or_add(
            comparison_key(title)[:250],
            lambda: Course(
                organisation=self.organisation,
                title=title,
                title_key=comparison_key(title)[:250],
                code=self.values.get("course_code", ""),
                duration_hours=instance.duration_hours,
                import_run=self.run,
            ),
        )
        instance.course = course

    def _understand_state(self, instance: Any, row: dict[str, Any]) -> None:
        if instance._former.get("state") == SessionState.CLOSED and instance.state == SessionState.DONE:
            # No word of a table closes a session, and « close » says that it is over: it stays closed.
            instance.state = SessionState.CLOSED
        if "state" in self.heading_of or not instance._new or not instance.ends_on:
            return
        if instance.ends_on < self.today:
            instance.state = SessionState.DONE
            self.tell(_("Sans colonne d’état, une session dont le dernier jour est passé est dite terminée."))

    def _refuse_closed(self, instance: Any) -> None:
        if instance._new or instance._former.get("state", instance.state) != SessionState.CLOSED:
            return
        if self.changes_of(instance) or any(session == instance.pk for session, _trainer in self.new_pairs):
            self.tell(closed_words(instance), column="reference", value=instance.reference, blocking=True)

    def _understand_trainers(self, instance: Any, row: dict[str, Any]) -> None:
        first_name = self.values.get("trainer_first_name", "")
        if first_name:
            people = [values.Person(values.name_case(first_name), values.name_case(clean(row.get("trainers"))))]
        else:
            people = self.values.get("trainers") or []
        self.people = people
        for person in people:
            key = person_key(person.first_name, person.last_name)
            trainer = self.teachers.get(key)
            if trainer is None:
                trainer = self._new_trainer(person, key, row)
            pair = (instance.pk, trainer.pk)
            if pair not in self.pairs:
                self.new_pairs[pair] = None

    def _new_trainer(self, person: values.Person, key: str, row: dict[str, Any]) -> Trainer:
        if len(person.last_name) > 100 or len(person.first_name) > 100:
            self.tell(_("Ce nom est trop long."), column="trainers", value=row.get("trainers"), blocking=True)
        self.tell(
            _("%(name)s n’est pas encore dans l’équipe : une fiche sera créée.")
            % {"name": f"{person.first_name} {person.last_name}".strip()},
            column="trainers",
            value=row.get("trainers"),
        )
        return self.teachers.get_or_add(
            key,
            lambda: Trainer(
                organisation=self.organisation,
                first_name=person.first_name,
                last_name=person.last_name,
                name_key=key,
                import_run=self.run,
            ),
        )

    def tracked(self, instance: Any) -> list[str]:
        # A cell that names several days gives both dates, whatever the columns are.
        return list(dict.fromkeys([*super().tracked(instance), "starts_on", "ends_on", "course_id"]))

    def conclude(self) -> None:
        former = [
            (session, {name: then for name, (then, _now) in self.changes_of(session).items()})
            for session in self.update_instances
        ]
        self.moved = moved_sessions(former, reason=_("import de « %(name)s »") % {"name": self.run.file.name[:200]})
        for session, sentence in sentences_of(self.moved):
            self.tell(sentence, line=self.seen[comparison_key(session.reference)], column="reference", value=session.reference)
        self.outcome.counts = {
            "courses": len(self.courses.added),
            "trainers": len(self.teachers.added),
            "assignments": len(self.new_pairs),
        }

    def write_before(self) -> None:
        self.courses.write()
        self.teachers.write()

    def write_updates(self, model: type[Any], instances: list[Any]) -> None:
        super().write_updates(model, instances)
        keep_changes([(each, self.changes_of(each)) for each in instances], self.moved, run=self.run, actor=self.actor)

    def write_after(self) -> None:
        created = {session.pk for session in self.sessions.values() if getattr(session, "_new", False)}
        SessionTrainer.objects.bulk_create(
            [SessionTrainer(session_id=session, trainer_id=trainer) for session, trainer in self.new_pairs], batch_size=BATCH
        )
        self.outcome.undo_log["children"] = {
            SessionTrainer._meta.label: sum(session in created for session, _t in self.new_pairs)
        }
        self.outcome.undo_log["links"] = {
            SessionTrainer._meta.label: [
                {"session_id": str(session), "trainer_id": str(trainer)}
                for session, trainer in self.new_pairs
                if session not in created
            ]
        }

    @classmethod
    def restored(cls, rows: Sequence[tuple[Any, Mapping[str, Any]]], *, run: ImportRun, actor: User | None) -> None:
        for session, _given in rows:
            if session.state == SessionState.CLOSED:
                raise ImportRefusedError(closed_words(session))
        moved = moved_sessions(rows, reason=_("annulation de l’import de « %(name)s »") % {"name": run.file.name[:190]})
        keep_changes(rows, moved, run=run, actor=actor)

    def preview_cells(self, instance: Any) -> list[str]:
        trainers = [f"{person.first_name} {person.last_name}".strip() for person in self.people]
        days = [day for day in (instance.starts_on, instance.ends_on) if day]
        return [
            instance.reference,
            instance.course.title,
            ", ".join(trainers),
            period(days[0], days[-1]) if days else "",
            hours(instance.duration_hours) if instance.duration_hours else "",
            f"{number_format(instance.price, 2, force_grouping=True)} €" if instance.price is not None else "",
        ]

    @staticmethod
    def _shown(value: Any) -> str:
        if isinstance(value, Decimal):
            return f"{value.normalize():f}".replace(".", ",")
        return long_date(value) if isinstance(value, date) else str(value)
