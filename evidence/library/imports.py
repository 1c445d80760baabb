"""The quality manager's evidence grid: each piece it names becomes a document to file, linked to its indicators."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evidence.library.models import Document, IndicatorLink
from qualiopi.exchange import values
from qualiopi.exchange.columns import Column, paragraph, text
from qualiopi.exchange.directory import BATCH
from qualiopi.exchange.judgements import judge_dates
from qualiopi.exchange.resources import TableResource
from qualiopi.exchange.values import CellError
from qualiopi.exchange.words import clean
from qualiopi.text import comparison_key

LAST_INDICATOR = 33
NAMED = re.compile(r"\b(?:indic(?:ateur)?s?|ind|i)\s*(?:n\s*)?0*(\d{1,2})\b")
LEADING = re.compile(r"^0*(\d{1,2})\b")
ONLY_NUMBERS = re.compile(r"^\d{1,2}(?: (?:et )?\d{1,2})*$")


def read_indicators(value: Any) -> tuple[int, ...] | None:
    """The indicators a cell names: « Indic 1 - … », « Indicateur 12 », « C1_I1_x », « 4, 5 et 8 ». None when it is empty."""
    words = clean(value)
    if not words:
        return None
    key = comparison_key(words.replace("°", " "))
    if ONLY_NUMBERS.match(key):
        found = re.findall(r"\d+", key)
    else:
        match = NAMED.search(key) or LEADING.search(key)
        found = [match[1]] if match else []
    numbers = tuple(dict.fromkeys(int(number) for number in found))
    if not numbers or not all(1 <= number <= LAST_INDICATOR for number in numbers):
        raise CellError(_("Aucun indicateur reconnu. Écrivez son numéro, de 1 à 33 : « Indicateur 12 »."))
    return numbers


class EvidenceGridResource(TableResource):
    """A document is known by its title; the same one on several lines is linked to each of their indicators."""

    indicators = Column(
        gettext_lazy("Indicateur"),
        parse=read_indicators,
        transient=True,
        synonyms=("indicateurs", "indicateur", "indic", "n° indicateur", "numéro indicateur", "indicateur qualiopi"),
        understood=gettext_lazy("numéro de 1 à 33"),
    )
    pieces = Column(
        gettext_lazy("Pièces"),
        parse=paragraph(2_000),
        transient=True,
        synonyms=(
            "documents",
            "document",
            "preuve",
            "preuves",
            "pièce",
            "pièces",
            "éléments de preuve",
            "fichier",
            "nom du document",
        ),
        understood=gettext_lazy("une pièce par ligne de cellule"),
    )
    description = Column(
        gettext_lazy("Descriptif"),
        parse=paragraph(1_000),
        transient=True,
        synonyms=(
            "descriptif a faire contenu des tâches",
            "descriptif",
            "description",
            "à faire",
            "contenu",
            "contenu des tâches",
        ),
        understood=gettext_lazy("gardé en note ; devient la pièce si elle manque"),
    )
    task = Column(
        gettext_lazy("Tâche"),
        parse=paragraph(1_000),
        transient=True,
        synonyms=("tâche(s)", "tâche", "tâches", "action", "actions"),
        understood=gettext_lazy("gardée en note"),
    )
    person = Column(
        gettext_lazy("Qui s’en occupe"),
        parse=text(100),
        transient=True,
        synonyms=("equipier", "équipier", "responsable", "qui", "référent", "pilote"),
        understood=gettext_lazy("gardé en note"),
    )
    template = Column(
        gettext_lazy("Modèle"),
        parse=paragraph(500),
        transient=True,
        synonyms=("modèles de documents", "modèle", "modèles", "modèle de document"),
        understood=gettext_lazy("gardé en note"),
    )
    where = Column(
        gettext_lazy("Emplacement"),
        parse=paragraph(500),
        transient=True,
        synonyms=("importants", "emplacement", "lien", "où", "localisation", "important"),
        understood=gettext_lazy("gardé en note"),
    )
    due_on = Column(
        gettext_lazy("Date"),
        judge=judge_dates(values.parse_date),
        family="dates",
        transient=True,
        synonyms=("date fin", "date de fin", "échéance", "date", "date de validation", "pour le"),
        understood=gettext_lazy("dates, gardées en note"),
    )
    state = Column(
        gettext_lazy("État"),
        parse=text(100),
        transient=True,
        synonyms=("etat", "état", "statut", "avancement", "état du modèle"),
        understood=gettext_lazy("gardé en note : le fichier reste à déposer"),
    )
    document_state = Column(
        gettext_lazy("État du document"),
        parse=text(100),
        transient=True,
        synonyms=("etat 2", "état du document", "état document"),
        understood=gettext_lazy("gardé en note : le fichier reste à déposer"),
    )

    needs = (
        (("indicators",), gettext_lazy("Aucune colonne ne donne l’indicateur : choisissez-la dans les colonnes.")),
        (
            ("pieces", "description"),
            gettext_lazy("Aucune colonne ne nomme les pièces : choisissez-la dans les colonnes."),
        ),
    )
    created_models = (Document,)

    class Meta(TableResource.Meta):
        model = Document

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        rows = Document.objects.for_organisation(self.organisation).filter(withdrawn_at__isnull=True)
        self.documents = {comparison_key(document.title): document for document in rows}
        self.links = set(
            IndicatorLink.objects.filter(document__organisation=self.organisation).values_list("document_id", "indicator")
        )
        self.new_links: dict[tuple[Any, int], None] = {}
        self.outcome.preview_headings = [_("Pièce"), _("Indicateurs"), _("Remarque")]

    def get_or_init_instance(self, instance_loader: Any, row: dict[str, Any]) -> tuple[Document, bool]:
        # What a line names is only known once its cells are read: see ``understand``.
        return Document(organisation=self.organisation, import_run=self.run, created_by=self.run.created_by), True

    def understand(self, instance: Any, row: dict[str, Any]) -> None:
        """Gather the pieces of the line; the resource writes them itself, since a line may name several."""
        self.ignored = True
        if self._line_blocked:
            return
        numbers: tuple[int, ...] = self.values.get("indicators", ())
        titles = self._titles()
        if not titles:
            self.tell(_("Aucune pièce n’est nommée : rien à créer pour cette ligne."), column="pieces")
            return
        if not numbers:
            self.tell(
                _("Aucun indicateur sur cette ligne : la pièce est créée sans lien."),
                column="indicators",
                value=row.get("indicators"),
            )
        for title in titles:
            self._note(title, numbers)

    def _titles(self) -> list[str]:
        pieces = self.values.get("pieces", "")
        titles = [title for title in (clean(part) for part in re.split(r"[\n;]", pieces)) if title]
        if not titles and self.values.get("description"):
            titles = [self.values["description"].splitlines()[0]]
        for title in titles:
            if len(title) > 200:
                self.tell(
                    _("Le nom de cette pièce est trop long : au plus 200 caractères."),
                    column="pieces",
                    value=title,
                    blocking=True,
                )
        return titles

    def _note(self, title: str, numbers: tuple[int, ...]) -> None:
        key = comparison_key(title)
        document = self.documents.get(key)
        if document is None:
            document = Document(
                organisation=self.organisation,
                title=title,
                note=self._remarks(title),
                import_run=self.run,
                created_by=self.run.created_by,
            )
            self.documents[key] = document
            self.create_instances.append(document)
            effect = _("nouvelle, à déposer")
        else:
            effect = _("déjà connue")
            if not document._state.adding:
                self._unchanged.add(document.pk)
        for number in numbers:
            if (document.pk, number) not in self.links:
                self.new_links[document.pk, number] = None
        self.show([title, ", ".join(map(str, numbers)), document.note], effect)

    def _remarks(self, title: str) -> str:
        """What the grid says around a piece, in its own words."""
        said = [
            (_("Tâche"), "task"),
            (_("Descriptif"), "description"),
            (_("Suivi par"), "person"),
            (_("Modèle"), "template"),
            (_("Emplacement"), "where"),
            (_("Date"), "due_on"),
            (_("État du modèle") if "document_state" in self.heading_of else _("État"), "state"),
            (_("État du document"), "document_state"),
        ]
        lines = []
        for label, key in said:
            value = self.values.get(key)
            if value and value != title:
                shown = f"{value:%d/%m/%Y}" if key == "due_on" else value
                lines.append(_("%(label)s : %(value)s") % {"label": label, "value": shown})
        return "\n".join(lines)

    def conclude(self) -> None:
        self.outcome.counts = {"indicator_links": len(self.new_links)}
        to_file = len(self.create_instances)
        if to_file:
            self.tell(
                ngettext(
                    "%(number)s pièce est annoncée : son fichier reste à déposer.",
                    "%(number)s pièces sont annoncées : leurs fichiers restent à déposer.",
                    to_file,
                )
                % {"number": to_file},
                line=0,
            )

    def write_after(self) -> None:
        created = {document.pk for document in self.documents.values() if document.import_run_id == self.run.pk}
        IndicatorLink.objects.bulk_create(
            [IndicatorLink(document_id=document, indicator=number) for document, number in self.new_links], batch_size=BATCH
        )
        self.outcome.undo_log["children"] = {IndicatorLink._meta.label: sum(pk in created for pk, _number in self.new_links)}
        self.outcome.undo_log["links"] = {
            IndicatorLink._meta.label: [
                {"document_id": str(pk), "indicator": number} for pk, number in self.new_links if pk not in created
            ]
        }
