"""Trainees from a table, enrolled in the session of their line, or in the one chosen for the whole file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qualiopi.exchange import values
from qualiopi.exchange.columns import Column
from qualiopi.exchange.directory import BATCH, Directory
from qualiopi.exchange.judgements import FullName, filled_down
from qualiopi.exchange.judgements.lines import FILLED_DOWN, replaced
from qualiopi.exchange.reading import Table
from qualiopi.exchange.resources import LINE
from qualiopi.exchange.values import CellError
from qualiopi.exchange.words import clean
from qualiopi.text import comparison_key, person_key
from trainings.imports.blocks import SessionBlocks
from trainings.imports.identity import Ambiguous, TraineeIndex
from trainings.imports.known_sessions import closed_words
from trainings.imports.proposals import OfOneSession
from trainings.imports.trainee_columns import TraineeColumns
from trainings.imports.words import NotEnrolled
from trainings.people.funders import funder_kind
from trainings.people.models import Company, Funder, Trainee
from trainings.sessions.models import Enrolment, EnrolmentState, Funding, Session, SessionState


class EnrolmentResource(OfOneSession, TraineeColumns):
    """A trainee is known by name with address or birth date; an enrolment by its session and trainee."""

    created_models = (Enrolment, Trainee)
    shared_models = (Company, Funder)

    class Meta(TraineeColumns.Meta):
        model = Trainee

    def records_of(self, table: Table) -> Table:
        """The people alone: what stands under the list, and titles of blocks, are told and left out."""
        self.blocks = SessionBlocks(self, table)
        return self.blocks.table

    def completed(self, table: Table) -> Table:
        """The session of the lines under the one that names it."""
        judgement = self.judgements.get("session")
        if judgement is None or judgement.chosen != FILLED_DOWN or self.chosen_session is not None:
            return table
        place = table.labels.index(self.heading_of["session"])
        named = filled_down([row.values[place] for row in table.rows])
        rows = tuple(replaced(row, place, value) for row, value in zip(table.rows, named, strict=True))
        return replace(table, rows=rows)

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        organisation = self.organisation
        emails = {clean(email).lower() for email in dataset["email"]} if "email" in self.heading_of else set()
        self.names = {row[LINE]: self._names(row) for row in dataset.dict}
        self.people = TraineeIndex(organisation, emails=emails, names={person_key(*name[:2]) for name in self.names.values()})
        self.companies = Directory(Company, organisation, key="name_key")
        self.funders = Directory(Funder, organisation, key="name_key")
        self._find_common_session()
        self.enrolments = self._known_enrolments(dataset)
        self.fundings = self._known_fundings()
        self.new_enrolments: list[Enrolment] = []
        self.new_fundings: list[Funding] = []
        self.changed_fundings: dict[Any, Funding] = {}
        self.changed_enrolments: dict[Any, Enrolment] = {}
        self.first_line: dict[Any, int] = {}
        self.outcome.preview_headings = [_("Stagiaire"), _("Adresse e-mail"), _("Session"), _("Entreprise"), _("Financeur")]

    def _find_common_session(self) -> None:
        """The session chosen for the lines that name none."""
        reference = clean(self.options.get("session"))
        self.common_session = self.chosen_session
        if reference and self.common_session is None:
            self.tell(_("La session « %(reference)s » n’existe pas ici.") % {"reference": reference}, line=0, blocking=True)
        if not reference and "session" not in self.heading_of and not self.blocks.session_of:
            self.tell(
                _(
                    "Aucune session n’est indiquée : les personnes sont créées sans inscription, donc sans entreprise ni "
                    "financeur. Choisissez une session à l’étape des colonnes pour les inscrire."
                ),
                line=0,
            )

    def _known_enrolments(self, dataset: Any) -> dict[tuple[Any, Any], Enrolment]:
        wanted = {self.common_session.pk} if self.common_session else set()
        wanted |= {session.pk for session in self.blocks.session_of.values()}
        if "session" in self.heading_of:
            keys = {comparison_key(clean(value)) for value in dataset["session"]}
            wanted |= {self.sessions[key].pk for key in keys if key in self.sessions}
        rows = Enrolment.objects.for_organisation(self.organisation).filter(session_id__in=wanted)
        return {(row.session_id, row.trainee_id): row for row in rows}

    def _known_fundings(self) -> dict[tuple[Any, Any], Funding]:
        """By enrolment and funder, for the enrolments that the file may complete."""
        known = {enrolment.pk for enrolment in self.enrolments.values()}
        sessions = {enrolment.session_id for enrolment in self.enrolments.values()}
        rows = Funding.objects.for_organisation(self.organisation).filter(enrolment__session_id__in=sessions)
        return {(row.enrolment_id, row.funder_id): row for row in rows if row.enrolment_id in known}

    # -- one line ---------------------------------------------------------------------------------------------

    def _names(self, row: dict[str, Any]) -> FullName:
        """The names of a line; what can't be read is told where its column is."""
        if "last_name" in self.heading_of:
            last = self._read("last_name", row) or FullName("", "")
            return FullName(_tidy(row.get("first_name")), last.last_name, last.birth_name)
        return self._read("full_name", row) or FullName("", "")

    def _read(self, column: str, row: dict[str, Any]) -> Any:
        """A cell's value, or None when it can't be read: the problem is told where the column itself is read."""
        try:
            return self.parsers[column](row.get(column)) if column in self.parsers else None
        except CellError:
            return None

    def get_or_init_instance(self, instance_loader: Any, row: dict[str, Any]) -> tuple[Trainee, bool]:
        person = self.names[row[LINE]]
        key = person_key(person.first_name, person.last_name)
        email, birth_date = self._read("email", row), self._read("birth_date", row)
        fresh = Trainee(
            organisation=self.organisation,
            first_name=person.first_name[:100],
            last_name=person.last_name[:100],
            birth_name=person.birth_name[:100],
            name_key=key,
            email=email or "",
            birth_date=birth_date,
            import_run=self.run,
        )
        if not person.last_name:
            column = "last_name" if "last_name" in self.heading_of else "full_name"
            if not clean(row.get(column)):
                self.tell(_("Il manque le nom de cette personne."), column=column, blocking=True)
            return fresh, True
        try:
            known = self.people.find(email=email or "", name_key=key, birth_date=birth_date)
        except Ambiguous:
            self.tell(
                _("Plusieurs personnes portent ce nom : ajoutez une adresse e-mail ou une date de naissance."),
                column="last_name" if "last_name" in self.heading_of else "full_name",
                value=f"{person.last_name} {person.first_name}",
                blocking=True,
            )
            return fresh, True
        if known is not None:
            return known, False
        other = self.people.sharing(email, key) if email else None
        if other is not None:
            self.tell(
                _("Adresse partagée avec %(name)s : ce sont deux personnes, deux fiches.") % {"name": other},
                column="email",
                value=email,
            )
        self.people.add(fresh)
        return fresh, True

    def assign(self, instance: Any, column: Column, value: Any) -> None:
        if self.people.said_formerly(instance, column.key, value):
            self.tell(
                _("C’est ce que disait une fiche fusionnée depuis avec celle de %(name)s : la valeur choisie alors est gardée.")
                % {"name": instance},
                column=column.key,
                value=self.raw[column.key],
            )
            return
        earlier, known = self.first_line.get(instance.pk), getattr(instance, column.key)
        if earlier and known not in (None, "", value):
            self.tell(
                _("Une autre valeur est indiquée ligne %(line)s pour la même personne : elle est gardée.") % {"line": earlier},
                column=column.key,
                value=self.raw[column.key],
            )
            return
        super().assign(instance, column, value)

    def understand(self, instance: Any, row: dict[str, Any]) -> None:
        if self._line_blocked:
            return
        self._keep_birth_name(instance)
        first = self.first_line.setdefault(instance.pk, self.line)
        if first != self.line:
            self.tell(_("Même personne que la ligne %(line)s : une seule fiche.") % {"line": first})
        session = self._session(row)
        if session is not None and self.values.get("state") == NotEnrolled.WAITING:
            self.tell(
                _("Pas d’inscription : cette personne n’est pas inscrite, ou pas encore."),
                column="state",
                value=self.raw["state"],
            )
            session = None
        if session is None:
            self.shown = ["", "", ""]
            return
        self._enrol(instance, session, row)

    def _keep_birth_name(self, instance: Any) -> None:
        """The one written inside the name, unless a column of its own says it."""
        birth_name = self.names[self.line].birth_name
        if birth_name and not self.raw.get("birth_name") and not self.people.said_formerly(instance, "birth_name", birth_name):
            instance.birth_name = birth_name[:100]

    def tracked(self, instance: Any) -> list[str]:
        return list(dict.fromkeys([*super().tracked(instance), "birth_name"]))

    def _session(self, row: dict[str, Any]) -> Session | None:
        reference = self.values.get("session", "")
        if not reference:
            session = self.blocks.session_of.get(self.line) or self.common_session
            if session is None and "session" in self.heading_of:
                self.tell(_("Aucune session sur cette ligne : la personne est créée sans inscription."), column="session")
            return session
        session = self.sessions.get(comparison_key(reference))
        if session is None:
            self.tell(
                _("La session « %(reference)s » n’existe pas ici : importez d’abord les sessions, ou corrigez la référence.")
                % {"reference": reference},
                column="session",
                value=reference,
                blocking=True,
            )
        return session

    def _enrol(self, trainee: Any, session: Session, row: dict[str, Any]) -> None:
        company, funder = self._company(), self._funder()
        self.shown = [session.reference, str(company or ""), str(funder or "")]
        given = {
            "company_id": company and company.pk,
            "has_company": True if company else None,
            "has_funder": True if funder else None,
            "state": self.values.get("state"),
            "ended_on": self.values.get("ended_on"),
        }
        given = {name: value for name, value in given.items() if value not in (None, "")}
        enrolment = self.enrolments.get((session.pk, trainee.pk))
        if session.state == SessionState.CLOSED and self._brings_news(enrolment, given, funder):
            self.tell(closed_words(session), column="session", value=session.reference, blocking=True)
            return
        if enrolment is None:
            enrolment = Enrolment(organisation=self.organisation, session=session, trainee=trainee, import_run=self.run, **given)
            enrolment._line, enrolment._former = self.line, {}  # type: ignore[attr-defined]
            self._settle(enrolment)
            self.enrolments[session.pk, trainee.pk] = enrolment
            self.new_enrolments.append(enrolment)
        else:
            self._complete(enrolment, given, row)
        if funder is not None:
            self._fund(enrolment, funder)
        elif self.values.get("file_number"):
            self.tell(
                _("Un numéro de dossier va avec un financeur : nommez le financeur pour le garder."),
                column="file_number",
                value=self.values["file_number"],
            )

    def _brings_news(self, enrolment: Any, given: dict[str, Any], funder: Funder | None) -> bool:
        """Whether this line says more than what is known of an enrolment, None when there is none."""
        if enrolment is None or any(getattr(enrolment, name) != value for name, value in given.items()):
            return True
        if funder is None:
            return False
        funding = self.fundings.get((enrolment.pk, funder.pk))
        return funding is None or (self.values.get("file_number") or funding.file_number) != funding.file_number

    def _complete(self, enrolment: Any, given: dict[str, Any], row: dict[str, Any]) -> None:
        """A known enrolment: the file updates it, but a second line of the same file never contradicts the first."""
        earlier = getattr(enrolment, "_line", None)
        if earlier is None:
            enrolment._line = self.line
            enrolment._former = {name: getattr(enrolment, name) for name in given}
        for name, value in given.items():
            known = getattr(enrolment, name)
            if earlier is not None and known not in (None, "", value):
                if name in _TOLD:
                    column, sentence = _TOLD[name]
                    self.tell(str(sentence) % {"line": earlier}, column=column, value=row.get(column))
                continue
            setattr(enrolment, name, value)
        self._settle(enrolment)
        if self.changes_of(enrolment):
            self.changed_enrolments[enrolment.pk] = enrolment

    def _settle(self, enrolment: Any) -> None:
        """Somebody enrolled has no day of departure."""
        if enrolment.state != EnrolmentState.ENROLLED or not (enrolment.ended_on or enrolment.end_reason or enrolment.end_action):
            return
        if self.values.get("ended_on"):
            self.tell(
                _("Une date de sortie va avec un désistement, une interruption ou un abandon : elle n’est pas gardée."),
                column="ended_on",
                value=self.raw.get("ended_on"),
            )
        for name, nothing in (("ended_on", None), ("end_reason", ""), ("end_action", "")):
            if not enrolment._state.adding:
                enrolment._former.setdefault(name, getattr(enrolment, name))
            setattr(enrolment, name, nothing)

    def _fund(self, enrolment: Any, funder: Funder) -> None:
        """One more funder for this enrolment, or the file number of one it has: what was said before is never taken away."""
        number = self.values.get("file_number") or ""
        funding: Any = self.fundings.get((enrolment.pk, funder.pk))
        if funding is None:
            funding = Funding(organisation=self.organisation, enrolment=enrolment, funder=funder, file_number=number)
            funding._former = {}
            self.fundings[enrolment.pk, funder.pk] = funding
            self.new_fundings.append(funding)
        elif number and funding.file_number != number:
            if hasattr(funding, "_former") and funding.file_number:
                self.tell(
                    _("Un autre numéro de dossier est indiqué ligne %(line)s : il est gardé.") % {"line": enrolment._line},
                    column="file_number",
                    value=number,
                )
                return
            if not hasattr(funding, "_former"):
                funding._former = {"file_number": funding.file_number}
            funding.file_number = number
            if self.changes_of(funding):
                self.changed_fundings[funding.pk] = funding

    def _company(self) -> Company | None:
        name, siret = self.values.get("company", ""), self.values.get("siret", "")
        if not name:
            return None
        key = comparison_key(name)[:200]
        return self.companies.get_or_add(
            key, lambda: Company(organisation=self.organisation, name=name, name_key=key, siret=siret, import_run=self.run)
        )

    def _funder(self) -> Funder | None:
        name = self.values.get("funder", "")
        if not name:
            return None
        key = comparison_key(name)[:200]
        return self.funders.get_or_add(
            key,
            lambda: Funder(organisation=self.organisation, name=name, name_key=key, kind=funder_kind(key), import_run=self.run),
        )

    # -- the end ----------------------------------------------------------------------------------------------

    def conclude(self) -> None:
        written = [*self.new_enrolments, *self.changed_enrolments.values()]
        self.companies.keep_only({enrolment.company_id for enrolment in written})
        self.funders.keep_only({funding.funder_id for funding in self.new_fundings})
        created = {enrolment.pk for enrolment in self.new_enrolments}
        touched = {funding.enrolment_id for funding in (*self.new_fundings, *self.changed_fundings.values())} - created
        self.outcome.counts = {
            "enrolments": len(self.new_enrolments),
            "enrolments_updated": len(touched | self.changed_enrolments.keys()),
            "companies": len(self.companies.added),
            "funders": len(self.funders.added),
        }

    def write_before(self) -> None:
        self.companies.write()
        self.funders.write()

    def write_after(self) -> None:
        Enrolment.objects.bulk_create(self.new_enrolments, batch_size=BATCH)
        if self.changed_enrolments:
            self.write_updates(Enrolment, list(self.changed_enrolments.values()))
        Funding.objects.bulk_create(self.new_fundings, batch_size=BATCH)
        if self.changed_fundings:
            self.write_updates(Funding, list(self.changed_fundings.values()))
        created = {enrolment.pk for enrolment in self.new_enrolments}
        self.outcome.undo_log["children"] = {
            Funding._meta.label: sum(funding.enrolment_id in created for funding in self.new_fundings)
        }
        self.outcome.undo_log["links"] = {
            Funding._meta.label: [
                {"enrolment_id": str(funding.enrolment_id), "funder_id": str(funding.funder_id)}
                for funding in self.new_fundings
                if funding.enrolment_id not in created
            ]
        }

    def preview_cells(self, instance: Any) -> list[str]:
        return [str(instance), instance.email, *self.shown]


_TOLD = {
    "company_id": ("company", gettext_lazy("Une autre entreprise est indiquée ligne %(line)s pour la même inscription : elle est gardée.")),
}  # fmt: skip


def _tidy(value: Any) -> str:
    name: str = values.name_case(" ".join(clean(value).split()))
    return name
