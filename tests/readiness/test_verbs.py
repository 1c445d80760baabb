"""What people decide: kept with a reason and a name, never looser than our practice, told to the journal."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from evidence.readiness.models import Conclusion, RuleSetting, SetAside, TightenedThreshold
from evidence.readiness.verbs import conclude, lift, set_aside, set_rule, tighten_threshold
from qualiopi.journal.models import Entry
from tests.factories import OrganisationFactory, SessionFactory, UserFactory

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


def aside(organisation, actor, **fields):
    """Of an organisation that says it trains apprentices, and has had none."""
    organisation.profile.holds_cfa = True
    organisation.profile.save()
    said = {"indicator": 14, "ground": "no_such_activity", "reason": "Aucun apprenti.", "until": timezone.localdate(), **fields}
    return set_aside(organisation=organisation, actor=actor, **said)


def test_an_indicator_is_set_aside_and_taken_back(organisation, actor):
    row = aside(organisation, actor)
    lift(decision=row, actor=actor)
    row.refresh_from_db()
    assert row.lifted_at is not None
    with pytest.raises(ValidationError, match="déjà levée"):
        lift(decision=row, actor=actor)
    assert journal() == [("indicator.set_aside", "Maëlle Kerdraon"), ("indicator.taken_back", "Maëlle Kerdraon")]


def test_a_second_declaration_replaces_the_first_which_stays_readable(organisation, actor):
    aside(organisation, actor)
    aside(organisation, actor, reason="Toujours aucun.")
    assert list(SetAside.objects.filter(lifted_at__isnull=True).values_list("reason", flat=True)) == ["Toujours aucun."]
    assert SetAside.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "at_fault"),
    [
        ({"indicator": 31}, NON_FIELD_ERRORS),  # asked of everybody
        ({"indicator": 4}, NON_FIELD_ERRORS),
        ({"indicator": 34}, "indicator"),
        ({"ground": "all_for_another"}, "ground"),  # not one of this indicator
        ({"ground": ""}, "ground"),
        ({"reason": " "}, "reason"),
        ({"until": timezone.localdate() - timedelta(days=1)}, "until"),
        ({"until": timezone.localdate() + timedelta(days=1200)}, "until"),
    ],
)
def test_a_declaration_needs_a_ground_a_reason_and_an_end(organisation, actor, fields, at_fault):
    with pytest.raises(ValidationError) as error:
        aside(organisation, actor, **fields)
    found = list(error.value.error_dict) if hasattr(error.value, "error_dict") else [NON_FIELD_ERRORS]
    assert (found, SetAside.objects.count(), journal()) == ([at_fault], 0, [])


def test_what_recorded_facts_contradict_is_not_set_aside(organisation, actor):
    SessionFactory(
        organisation=organisation, course__category="CFA", starts_on=timezone.localdate(), ends_on=timezone.localdate()
    )
    with pytest.raises(ValidationError, match="un fait enregistré le concerne"):
        aside(organisation, actor)
    assert SetAside.objects.count() == 0


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

    def test_set_aside(self, organisation, actor):
        def row(**fields):
            values = {"reason": "Motif", "ground": "no_such_activity", "indicator": 14, "until": date(2027, 1, 1), **fields}
            return SetAside(organisation=organisation, decided_by=actor, **values)

        refused("set_aside_reason", row(reason=""))
        refused("set_aside_ground", row(ground=""))
        refused("set_aside_indicator_once", row(), row())
        row().save()
        row(indicator=15).save()
        assert SetAside.objects.for_organisation(organisation).count() == 2

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
