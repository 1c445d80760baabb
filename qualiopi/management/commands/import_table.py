"""Import a table from the command line, with the verbs of the pages."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.module_loading import import_string

from qualiopi.exchange.judging import READINGS, WORDS
from qualiopi.exchange.models import ImportKind, ImportRun
from qualiopi.exchange.outcome import ImportOutcome, Problem
from qualiopi.exchange.reading import NoteKind, UnreadableFile
from qualiopi.files.verbs import all_or_nothing
from qualiopi.imports.errors import ImportRefusedError
from qualiopi.imports.verbs import confirm, map_columns, send_file
from qualiopi.management.readings import chosen_readings, chosen_words, other_readings, refuse_unknown_choices
from qualiopi.organisations.models import Organisation
from qualiopi.web.dates import day_argument
from qualiopi.zones import on_days_of

DONE, WRONG_ROWS, UNREADABLE = 0, 1, 2


class NothingWritten(Exception):
    """Carries the outcome out of the transaction that it cancels."""


class Command(BaseCommand):
    """``import_table --organisation SLUG --kind KIND FILE``: exit 0 done, 1 some rows are wrong, 2 unreadable."""

    help = "Importe un tableau (CSV, XLSX, XLS, ODS) : toutes les lignes, ou aucune."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="le fichier à importer")
        parser.add_argument("--organisation", required=True, help="adresse courte de l’organisme")
        kinds = [*ImportKind.values, *settings.IMPORT_BY_PAGES]
        parser.add_argument("--kind", required=True, choices=kinds, help="ce que contient le tableau")
        parser.add_argument("--session", default="", help="référence de la session, pour les lignes qui n’en disent pas")
        parser.add_argument("--day", type=day_argument, help="jour de la demi-journée, comme 2026-02-02 (relevés de connexion)")
        parser.add_argument(
            "--part", choices=["morning", "afternoon", "evening"], default="", help="moment de ce jour (relevés de connexion)"
        )
        parser.add_argument("--sheet", default="", help="nom de la feuille du classeur")
        parser.add_argument(
            "--column", action="append", default=[], metavar="TITRE=CHAMP", help="ce que devient une colonne (répétable)"
        )
        parser.add_argument(
            "--reading",
            action="append",
            default=[],
            metavar="TITRE=LECTURE",
            help="comment lire une colonne, parmi ce que dit la réponse",
        )
        parser.add_argument(
            "--word",
            action="append",
            default=[],
            metavar="TITRE:MOT=VALEUR",
            help="ce que devient un mot d’une colonne (répétable)",
        )
        parser.add_argument("--dry-run", action="store_true", help="vérifie sans rien écrire")
        parser.add_argument("--format", choices=["table", "json"], default="table", help="forme de la réponse")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            organisation = Organisation.objects.get(slug=options["organisation"])
        except Organisation.DoesNotExist as error:
            raise CommandError(f"Aucun organisme à l’adresse « {options['organisation']} ».") from error
        path = Path(options["file"])
        run: ImportRun | None = None
        try:
            with on_days_of(organisation), all_or_nothing(), transaction.atomic():
                with path.open("rb") as file:
                    upload = File(file, name=path.name)
                    run, outcome = self._bring_in(organisation, upload, options)
                if outcome.blocking or options["dry_run"]:
                    raise NothingWritten
        except NothingWritten:
            self._answer(run, outcome, written=False, form=options["format"])
        except OSError:
            self._unreadable(f"Le fichier {path.name} n’existe pas, ou ne se lit pas.", options["format"])
        except UnreadableFile as error:
            self._unreadable(error.sentence, options["format"])
        except ImportRefusedError as error:
            raise CommandError(str(error)) from error
        else:
            self._answer(run, outcome, written=True, form=options["format"])
        if outcome.blocking:
            sys.exit(WRONG_ROWS)

    def _bring_in(
        self, organisation: Organisation, upload: File[Any], options: dict[str, Any]
    ) -> tuple[ImportRun | None, ImportOutcome]:
        if options["kind"] in settings.IMPORT_BY_PAGES:
            if any(options[name] for name in ("sheet", "column", "reading", "word")):
                raise CommandError(
                    "--sheet, --column, --reading et --word ne servent pas ici : toutes les feuilles sont lues, "
                    "leurs colonnes sont connues."
                )
            verb = import_string(settings.IMPORT_BY_PAGES[options["kind"]])
            half_day = {name: options[name] for name in ("session", "day", "part")}
            outcome: ImportOutcome = verb(organisation=organisation, upload=upload, actor=None, **half_day)
            return None, outcome
        kind = ImportKind(options["kind"])
        run = send_file(organisation=organisation, kind=kind, upload=upload, actor=None, sheet=options["sheet"])
        self._choose(run, options)
        outcome = confirm(run=run, actor=None)
        refuse_unknown_choices(run.options, outcome.readings)
        return run, outcome

    def _choose(self, run: ImportRun, options: dict[str, Any]) -> None:
        mapping = dict(run.mapping)
        for choice in options["column"]:
            heading, separator, key = choice.rpartition("=")
            if not separator:
                raise CommandError(f"« {choice} » : écrivez TITRE=CHAMP.")
            mapping = {known: column for known, column in mapping.items() if column != key}
            mapping[heading] = key
        readings, words = chosen_readings(options["reading"]), chosen_words(options["word"], list(mapping))
        chosen = {"session": options["session"], READINGS: readings, WORDS: words}
        kept = {name: value for name, value in chosen.items() if value}
        map_columns(run=run, mapping=mapping, options=kept, remember=False, actor=None)

    def _unreadable(self, sentence: str, form: str) -> None:
        if form == "json":
            self.stdout.write(json.dumps({"written": False, "error": sentence}, ensure_ascii=False, indent=2))
        else:
            self.stderr.write(sentence)
        sys.exit(UNREADABLE)

    def _answer(self, run: ImportRun | None, outcome: ImportOutcome, *, written: bool, form: str) -> None:
        mapping = run.mapping if run else {}
        if form == "json":
            answer = {
                "written": written,
                "rows": outcome.rows,
                "created": outcome.created,
                "updated": outcome.updated,
                "unchanged": outcome.unchanged,
                "counts": outcome.counts,
                "columns": mapping,
                "notes": [note.as_dict() for note in outcome.notes],
                "readings": outcome.readings,
                "problems": [_as_json(problem) for problem in outcome.blocking],
                "notices": [_as_json(problem) for problem in outcome.notices],
            }
            if run is None:
                answer["lines"] = [dict(zip(outcome.preview_headings, row.cells, strict=True)) for row in outcome.preview]
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
            return
        for note in outcome.notes:
            self.stdout.write(f"[{'à vérifier' if note.kind == NoteKind.DOUBT else 'à savoir'}] {note}")
        for line in other_readings(outcome.readings):
            self.stdout.write(line)
        for problem in outcome.problems:
            self.stdout.write(_line(problem))
        if run is None:
            for row in outcome.preview:
                self.stdout.write(row.effect)
        self.stdout.write(
            f"{outcome.rows} lignes : {outcome.created} nouvelles, {outcome.updated} mises à jour, "
            f"{outcome.unchanged} inchangées, {len(outcome.blocking)} cellules à corriger."
        )
        self.stdout.write("Importé." if written else "Rien n’est écrit.")


def _as_json(problem: Problem) -> dict[str, Any]:
    return {
        "line": problem.line,
        "column": problem.heading,
        "value": problem.value,
        "sentence": problem.sentence,
        "suggestion": problem.suggestion,
    }


def _line(problem: Problem) -> str:
    mark = "à corriger" if problem.blocking else "à savoir"
    place = f"ligne {problem.line}, " if problem.line else ""
    value = f" « {problem.value} »" if problem.value else ""
    return f"[{mark}] {place}{problem.heading}{value} : {problem.sentence}"
