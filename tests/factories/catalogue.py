"""Factories of the catalogue."""

from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from tests.factories.trainings import CourseFactory
from trainings.catalogue.models import Accreditation, Objective, Programme, PublicSheet, Sequence, Skill


class ProgrammeFactory(DjangoModelFactory):
    """A version being written; the verb `adopt` puts it in force once it has an objective."""

    class Meta:
        model = Programme

    organisation = factory.SelfAttribute("course.organisation")
    course = factory.SubFactory(CourseFactory)
    number = factory.Sequence(lambda n: n + 1)
    duration_hours = Decimal("14")
    modality = "présentiel"
    contents = "Préparer, animer, décider."


class ObjectiveFactory(DjangoModelFactory):
    class Meta:
        model = Objective

    programme = factory.SubFactory(ProgrammeFactory)
    position = factory.Sequence(lambda n: n + 1)
    text = factory.Sequence(lambda n: f"Animer un tour de table {n}")
    evaluation = "mise en situation"


class SkillFactory(DjangoModelFactory):
    class Meta:
        model = Skill

    programme = factory.SubFactory(ProgrammeFactory)
    position = factory.Sequence(lambda n: n + 1)
    text = factory.Sequence(lambda n: f"Conduire une réunion {n}")
    test = "épreuve orale"


class SequenceFactory(DjangoModelFactory):
    class Meta:
        model = Sequence

    programme = factory.SubFactory(ProgrammeFactory)
    position = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Séquence {n}")
    hours = Decimal("7")


class PublicSheetFactory(DjangoModelFactory):
    class Meta:
        model = PublicSheet

    organisation = factory.SelfAttribute("course.organisation")
    course = factory.SubFactory(CourseFactory)
    audience = "Responsables d’équipe"
    objectives = "Animer une réunion qui décide."


class AccreditationFactory(DjangoModelFactory):
    class Meta:
        model = Accreditation

    organisation = factory.SelfAttribute("course.organisation")
    course = factory.SubFactory(CourseFactory)
    reference = "Habilitation du certificateur inventé"
    valid_from = date(2026, 1, 1)
    valid_until = date(2028, 12, 31)
