"""Whether every attendance register still says what it said when it was signed."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from qualiopi.organisations.models import Organisation
from trainings.attendance.queries.integrity import Fault, Finding, check, registers


class Command(BaseCommand):
    help = "Relit les émargements ligne à ligne et dit lesquelles ont été altérées, retirées ou déplacées."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--organisation", default="", help="adresse courte de l'organisme ; tous sans cette option")

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
        if wrong:
            sys.exit(1)


def _sentence(finding: Finding) -> str:
    session, several = finding.session, finding.last > finding.first
    lines = f"lignes {finding.first} à {finding.last}" if several else f"ligne {finding.first}"
    said = {
        Fault.ALTERED: "altérée : son texte ne donne plus son empreinte",
        Fault.MISSING: "manquantes" if several else "manquante",
        Fault.MOVED: "ne suivent pas la ligne d'avant" if several else "ne suit pas la ligne d'avant",
    }[finding.fault]
    return f"{session.organisation.slug}, session {session.reference} : {lines} {said}."
