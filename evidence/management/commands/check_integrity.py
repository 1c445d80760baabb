"""Whether every attendance register still says what it said when it was signed, and what is kept of sessions what they tell now."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from evidence.readiness.gathering import sessions_kept_wrongly
from qualiopi.organisations.models import Organisation
from trainings.attendance.queries.integrity import Fault, Finding, check, registers
from trainings.facts.keeping import forget


class Command(BaseCommand):
    help = (
        "Relit les émargements ligne à ligne et dit lesquelles ont été altérées, retirées ou déplacées ; "
        "compare ce qui est gardé de chaque session avec ce qu'elle dit aujourd'hui."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--organisation", default="", help="adresse courte de l'organisme ; tous sans cette option")
        parser.add_argument(
            "--repair", action="store_true", help="oublie ce qui est gardé à tort : la prochaine lecture le refait"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = None
        if slug := options["organisation"]:
            organisation = Organisation.objects.filter(slug=slug).first()
            if organisation is None:
                raise CommandError(f"Aucun organisme ne s'appelle « {slug} ».", returncode=2)
        sessions = wrong = 0
        for session in registers(organisation).iterator(chunk_size=500):
            sessions += 1
            for finding in check(session):
                wrong += 1
                self.stdout.write(_sentence(finding))
        said = f"{sessions} émargement{'s' if sessions > 1 else ''} relu{'s' if sessions > 1 else ''}"
        self.stdout.write(f"{said} : {wrong} anomalie{'s' if wrong > 1 else ''}." if wrong else f"{said}, rien d'altéré.")
        stale = sum(self._kept(each, repair=options["repair"]) for each in _of(organisation))
        if wrong or (stale and not options["repair"]):
            sys.exit(1)

    def _kept(self, organisation: Organisation, *, repair: bool) -> int:
        """How many sessions something else is kept of than what they tell; forgotten when asked."""
        stale = sessions_kept_wrongly(organisation)
        for reference in stale:
            self.stdout.write(f"{organisation.slug}, session {reference} : ce qui en est gardé n'est plus ce qu'elle dit.")
        if stale and repair:
            forget(organisation)
            self.stdout.write(f"{organisation.slug} : ce qui était gardé est oublié, la prochaine lecture le refait.")
        return len(stale)


def _of(organisation: Organisation | None) -> Iterable[Organisation]:
    return [organisation] if organisation else Organisation.objects.order_by("slug").iterator()


def _sentence(finding: Finding) -> str:
    session, several = finding.session, finding.last > finding.first
    lines = f"lignes {finding.first} à {finding.last}" if several else f"ligne {finding.first}"
    said = {
        Fault.ALTERED: "altérée : son texte ne donne plus son empreinte",
        Fault.MISSING: "manquantes" if several else "manquante",
        Fault.MOVED: "ne suivent pas la ligne d'avant" if several else "ne suit pas la ligne d'avant",
    }[finding.fault]
    return f"{session.organisation.slug}, session {session.reference} : {lines} {said}."
