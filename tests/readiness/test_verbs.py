"""What people decide: kept with a reason and a name, never looser than our practice, told to the journal."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from evidence.readiness.models import Conclusion, NotRelevant, RuleSetting, TightenedThreshold
from evidence.readiness.verbs import conclude, declare_not_relevant, lift, set_rule, tighten_threshold
from qualiopi.journal.models import Entry
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db

SHARE = "session_has_answers"  # practice: 0.9 and 0.5
COUNT = "complaint_procedure_known"  # practice: 1 and 1


@pytest.fixture
def organisation():
    return OrganisationFactory()


@pytest.fixture
def actor():
    return UserFactory(full_name="Maëlle Kerdraon")


def journal():
    return list(Entry.objects.order_by("id").values_list("verb", "actor_name"))


def tightened(organisation):
    rows = TightenedThreshold.objects.for_organisation(organisation).filter(lifted_at__isnull=True)
    return list(rows.values_list("expectation", "demonstrable", "at_risk"))


def test_a_person_concludes(organisation, actor):
    conclusion = conclude(organisation=organisation, indicator=30, grid="2026", text="  Le recueil est régulier. ", actor=actor)
    assert (conclusion.text, conclusion.concluded_by, conclusion.grid) == ("Le recueil est régulier.", actor, "2026")
    assert journal() == [("indicator.conclude", "Maëlle Kerdraon")]


@pytest.mark.parametrize(
    ("indicator", "grid", "text"), [(30, "2026", "   "), (33, "2019", "Texte"), (0, "2026", "Texte"), (34, "2026", "Texte")]
)
def test_a_conclusion_needs_a_text_and_an_indicator_of_the_grid(organisation, actor, indicator, grid, text):
    with pytest.raises(ValidationError):
        conclude(organisation=organisation, indicator=indicator, grid=grid, text=text, actor=actor)
    assert Conclusion.objects.count() == 0
    assert journal() == []


@pytest.mark.parametrize(
    ("expectation", "demonstrable", "at_risk", "accepted"),
    [
        (SHARE, "1", "0.5", True),
        (SHARE, "0.9", "0.6", True),
        (SHARE, "0.95", "0.95", True),
        (SHARE, "0.9", "0.5", False),  # ours already
        (SHARE, "0.89", "0.6", False),  # looser
        (SHARE, "1", "0.49", False),
        (SHARE, "1.01", "0.5", False),  # more than everything
        (SHARE, "0.9", "0.95", False),  # the limits cross
        (COUNT, "2", "1", True),
        (COUNT, "1", "1", False),
        (COUNT, "0", "0", False),
        ("unknown", "1", "1", False),
    ],
)
def test_a_threshold_is_only_ever_raised(organisation, actor, expectation, demonstrable, at_risk, accepted):
    def act():
        tighten_threshold(
            organisation=organisation,
            expectation=expectation,
            demonstrable=Decimal(demonstrable),
            at_risk=Decimal(at_risk),
            reason="Notre certificateur l'a demandé.",
            actor=actor,
        )

    if accepted:
        act()
        assert tightened(organisation) == [(expectation, Decimal(demonstrable), Decimal(at_risk))]
        assert journal() == [("threshold.tighten", "Maëlle Kerdraon")]
    else:
        with pytest.raises(ValidationError):
            act()
        assert tightened(organisation) == []
        assert journal() == []


def test_a_threshold_needs_a_reason(organisation, actor):
    with pytest.raises(ValidationError) as error:
        tighten_threshold(
            organisation=organisation, expectation=SHARE, demonstrable=Decimal(1), at_risk=Decimal(1), reason=" ", actor=actor
        )
    assert list(error.value.error_dict) == ["reason"]


def test_a_second_threshold_replaces_the_first_which_stays_readable(organisation, actor):
    for demonstrable in ("0.95", "1"):
        tighten_threshold(
            organisation=organisation,
            expectation=SHARE,
            demonstrable=Decimal(demonstrable),
            at_risk=Decimal("0.5"),
            reason="Motif",
            actor=actor,
        )
    assert tightened(organisation) == [(SHARE, Decimal("1"), Decimal("0.5"))]
    assert TightenedThreshold.objects.count() == 2


def test_an_expectation_is_declared_without_object_and_taken_back(organisation, actor):
    row = declare_not_relevant(organisation=organisation, expectation=SHARE, reason="Une seule session, à blanc.", actor=actor)
    lift(decision=row, actor=actor)
    row.refresh_from_db()
    assert row.lifted_at is not None
    with pytest.raises(ValidationError, match="déjà levée"):
        lift(decision=row, actor=actor)
    assert journal() == [("expectation.not_relevant", "Maëlle Kerdraon"), ("expectation.relevant_again", "Maëlle Kerdraon")]


@pytest.mark.parametrize(
    "target",
    [
        {"expectation": SHARE, "indicator": 30, "reason": "Motif"},
        {"reason": "Motif"},
        {"expectation": "unknown", "reason": "Motif"},
        {"indicator": 34, "reason": "Motif"},
        {"indicator": 30, "reason": " "},
    ],
)
def test_a_declaration_names_one_thing_and_a_reason(organisation, actor, target):
    with pytest.raises(ValidationError):
        declare_not_relevant(organisation=organisation, actor=actor, **target)
    assert NotRelevant.objects.count() == 0


def test_a_figure_of_the_rules_is_dated(actor):
    set_rule(key="long_session_days", value=Decimal(200), effective_from=date(2027, 1, 1), source="Arrêté inventé", actor=actor)
    with pytest.raises(ValidationError):
        set_rule(key="long_session_days", value=Decimal(210), effective_from=date(2027, 1, 1), source="Autre", actor=actor)
    with pytest.raises(ValidationError):
        set_rule(key="unknown", value=Decimal(1), effective_from=date(2027, 1, 1), source="Arrêté", actor=actor)
    assert list(RuleSetting.objects.values_list("key", "value")) == [("long_session_days", Decimal(200))]
    assert journal() == [("rule.set", "Maëlle Kerdraon")]


def refused(constraint, row, *before):
    with transaction.atomic():
        for other in before:
            other.save()
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            row.save()
        transaction.set_rollback(True)
    # SQLite names the columns of a unique constraint, not the constraint.
    assert constraint in str(error.value) or "UNIQUE" in str(error.value)


class TestConstraints:
    """Each by its name, past the forms and the verbs."""

    def threshold(self, organisation, actor, **fields):
        values = {"expectation": SHARE, "demonstrable": Decimal(1), "at_risk": Decimal(1), "reason": "Motif"}
        return TightenedThreshold(organisation=organisation, decided_by=actor, **{**values, **fields})

    def test_thresholds(self, organisation, actor):
        refused("tightened_threshold_order", self.threshold(organisation, actor, demonstrable=Decimal("0.5")))
        refused("tightened_threshold_reason", self.threshold(organisation, actor, reason=""))
        refused("tightened_threshold_once", self.threshold(organisation, actor), self.threshold(organisation, actor))
        self.threshold(organisation, actor, lifted_at=timezone.now()).save()
        self.threshold(organisation, actor).save()
        assert TightenedThreshold.objects.for_organisation(organisation).count() == 2

    def test_not_relevant(self, organisation, actor):
        def row(**fields):
            return NotRelevant(organisation=organisation, decided_by=actor, **{"reason": "Motif", **fields})

        refused("not_relevant_names_one", row())
        refused("not_relevant_names_one", row(expectation=SHARE, indicator=30))
        refused("not_relevant_reason", row(indicator=30, reason=""))
        refused("not_relevant_indicator_once", row(indicator=30), row(indicator=30))
        refused("not_relevant_expectation_once", row(expectation=SHARE), row(expectation=SHARE))
        row(indicator=30).save()
        row(indicator=31).save()
        assert NotRelevant.objects.for_organisation(organisation).count() == 2

    def test_conclusions(self, organisation, actor):
        def row(**fields):
            return Conclusion(
                organisation=organisation, concluded_by=actor, grid="2026", **{"indicator": 30, "text": "Texte", **fields}
            )

        refused("conclusion_not_empty", row(text=""))
        refused("conclusion_indicator_number", row(indicator=34))
        row().save()
        row().save()
        assert Conclusion.objects.for_organisation(organisation).count() == 2

    def test_settings(self):
        def row(**fields):
            return RuleSetting(**{"key": "long_session_days", "effective_from": date(2026, 1, 1), "source": "Texte", **fields})

        refused("rule_setting_once_per_date", row(), row())
        known = RuleSetting.objects.count()
        row().save()
        row(effective_from=date(2026, 2, 1)).save()
        assert RuleSetting.objects.count() == known + 2
