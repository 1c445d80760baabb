"""Lists edited as one: what somebody else added, changed or took away is neither erased nor mixed."""

from decimal import Decimal

import pytest

from tests import cast
from tests.editing.sheets import editing_sheet
from tests.factories import EnrolmentFactory, FunderFactory, ObjectiveFactory, ProgrammeFactory, SessionFactory
from trainings.catalogue.models import Programme
from trainings.catalogue.verbs import ObjectiveLine, SequenceLine, save_draft
from trainings.sessions.models import Enrolment
from trainings.sessions.verbs import FundingLine, change_enrolment

pytestmark = pytest.mark.django_db


class Draft:
    """A draft of two objectives, open in the window of the training manager."""

    def __init__(self) -> None:
        self.people = cast.gather()
        self.programme = ProgrammeFactory(course__organisation=self.people.organisation, in_force_from=None)
        for text in ("Découper", "Assembler"):
            ObjectiveFactory(programme=self.programme, text=text)
        self.url = f"/o/fil-ouest/formations/programme/{self.programme.pk}/modifier/"
        self.client = self.people.client(self.people.training_manager)

    def open(self):
        return editing_sheet(self.client.get(self.url).content.decode())

    def others_save(self, *objectives: str, contents: str = "") -> None:
        save_draft(
            programme=self.programme,
            fields={"contents": contents},
            objectives=[ObjectiveLine(text) for text in objectives],
            skills=[],
            sequences=[SequenceLine("Le matin", Decimal("3.5"), "", tuple(range(len(objectives))))],
            actor=self.people.quality_manager,
        )

    def objectives(self) -> list[str]:
        return list(Programme.objects.get(pk=self.programme.pk).objectives.order_by("position").values_list("text", flat=True))


@pytest.fixture
def draft() -> Draft:
    return Draft()


@pytest.mark.parametrize("theirs", [["Découper", "Assembler", "Coudre"], ["Assembler"], ["Assembler", "Découper"], []])
def test_lists_left_as_they_were_seen_are_kept_as_the_other_left_them(draft, theirs):
    sheet = draft.open()
    draft.others_save(*theirs)
    answer = draft.client.post(draft.url, sheet.typed({"methods": "Cas pratiques"}))
    assert (answer.status_code, draft.objectives()) == (302, theirs)
    assert Programme.objects.get(pk=draft.programme.pk).methods == "Cas pratiques"


def test_lines_pasted_are_added_to_the_list_of_the_other(draft):
    sheet = draft.open()
    draft.others_save("Découper", "Coudre")
    assert draft.client.post(draft.url, sheet.typed({"coller-objectives": "Repasser"})).status_code == 302
    assert draft.objectives() == ["Découper", "Coudre", "Repasser"]


def test_a_list_that_both_changed_comes_back_and_the_second_choice_is_kept(draft):
    sheet = draft.open()
    draft.others_save("Découper", "Assembler", "Coudre")
    mine = {"objectif-0-text": "Découper droit"}
    refused = draft.client.post(draft.url, sheet.typed(mine))
    text = refused.content.decode().replace("\u00a0", " ").replace("\u202f", " ")
    assert (refused.status_code, draft.objectives()) == (422, ["Découper", "Assembler", "Coudre"])
    assert "Maëlle Kerdraon a enregistré cette liste" in text
    assert "« 1. Découper ; 2. Assembler ; 3. Coudre »" in text
    again = editing_sheet(refused.content.decode())
    assert again.value("objectif-0-text") == "Découper droit"
    assert draft.client.post(draft.url, again.typed({})).status_code == 302
    assert draft.objectives() == ["Découper droit", "Assembler"]


def test_the_same_change_made_twice_is_no_quarrel(draft):
    sheet = draft.open()
    draft.others_save("Découper droit", "Assembler")
    sent = sheet.typed({"objectif-0-text": "Découper droit", "sequence-0-title": "Le matin", "sequence-0-hours": "3,5"})
    sent |= {"sequence-0-objectives": ["1, 2"], "objectif-0-evaluation": [""], "objectif-1-evaluation": [""]}
    assert draft.client.post(draft.url, sent).status_code == 302
    assert draft.objectives() == ["Découper droit", "Assembler"]


@pytest.mark.parametrize(("typed", "status", "after"), [({}, 302, [900]), ({"paie-0-amount": "700,00"}, 422, [900])])
def test_what_funders_pay_is_not_replaced_unseen(typed, status, after):
    people = cast.gather()
    enrolment = EnrolmentFactory(session=SessionFactory(organisation=people.organisation))
    funder = FunderFactory(organisation=people.organisation, name="OPCO inventé")

    def pay(amount: int) -> None:
        lines = [FundingLine(funder, Decimal(amount))]
        change_enrolment(enrolment=enrolment, fields={}, fundings=lines, actor=people.quality_manager)

    pay(500)
    client = people.client(people.training_manager)
    url = f"/o/fil-ouest/sessions/inscriptions/{enrolment.pk}/modifier/"
    sheet = editing_sheet(client.get(url).content.decode())
    pay(900)
    answer = client.post(url, sheet.typed({"price": "1000,00"} | typed))
    assert (answer.status_code, [paid.amount for paid in Enrolment.objects.get().fundings.all()]) == (status, after)
    assert ("Maëlle Kerdraon a enregistré cette liste" in answer.content.decode()) is (status == 422)
