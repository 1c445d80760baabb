"""The settings' pages: what they show, what their forms store, what they refuse."""

from datetime import date

import pytest
from django.core import mail
from django.urls import reverse

from qualiopi.journal.models import Entry
from qualiopi.journal.verbs import record
from qualiopi.organisations.enums import Role
from qualiopi.organisations.models import CertifierAudit, Member, Organisation
from qualiopi.organisations.queries import profile_of
from tests.cast import gather
from tests.factories import MemberFactory, NetworkMemberFactory, UserFactory

pytestmark = pytest.mark.django_db
PARIS = {"time_zone": "Europe/Paris"}
PLAIN = {
    "categories": ["AF"],
    "certifying": "non",
    "work_study": "non",
    "work_based": "non",
    "remote": "non",
    "subcontracts_out": "non",
    "salary_portage": "non",
    "works_as_subcontractor": "non",
}


def address(name: str, *arguments: object) -> str:
    return reverse(f"organisations:{name}", args=["fil-ouest", *arguments])


@pytest.fixture
def cast():
    return gather()


@pytest.fixture
def browser(cast):
    return cast.client(cast.quality_manager)


def test_everyone_goes_to_the_room_of_their_role(cast):
    rooms = {
        cast.quality_manager: "/o/fil-ouest/",
        cast.training_manager: "/o/fil-ouest/",
        cast.trainer: "/o/fil-ouest/manques/mes-sessions/",
        cast.auditor: "/o/fil-ouest/salle/",
    }
    for person, room in rooms.items():
        client = cast.client(person)
        assert client.get("/").url == "/o/fil-ouest/entrer/"
        assert client.get("/o/fil-ouest/entrer/").url == room


def test_who_has_several_organisations_chooses(cast):
    response = cast.client(cast.network_head).get("/")
    assert [access.organisation.slug for access in response.context["accesses"]] == ["fil-ouest", "fil-sud"]
    assert [head.network.slug for head in response.context["heads"]] == ["ateliers-du-fil"]


def test_who_has_none_is_told_what_to_do(cast):
    content = cast.client(UserFactory()).get("/").content.decode()
    assert "demandez-le à la personne responsable de la qualité" in content


def test_the_card_is_kept(cast, browser):
    form = {"name": "Ateliers du Fil Ouest", "siret": "356 000 000 49837", "postcode": "35000", "city": "Rennes"}
    assert browser.post(address("card"), PARIS | form).status_code == 302
    cast.organisation.refresh_from_db()
    assert (cast.organisation.siret, cast.organisation.city) == ("35600000049837", "Rennes")


def test_an_old_wrong_number_does_not_stop_another_field(cast, browser):
    odd = {"activity_number": "abc", "siret": "12345678900012", "postcode": "3500"}
    Organisation.objects.filter(pk=cast.organisation.pk).update(**odd)
    assert browser.post(address("card"), odd | PARIS | {"name": "Fil", "city": "Rennes"}).status_code == 302
    cast.organisation.refresh_from_db()
    assert (cast.organisation.city, {name: getattr(cast.organisation, name) for name in odd}) == ("Rennes", odd)
    answer = browser.post(address("card"), odd | PARIS | {"name": "Fil", "siret": "12345678900013"})
    assert list(answer.context["form"].errors) == ["siret"]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("siret", "1234", "Un SIRET a 14 chiffres : recopiez-le en entier."),
        (
            "siret",
            "356 000 000 49838",
            "Ce SIRET ne tombe pas juste : un chiffre est faux. Vérifiez-le sur un devis ou une facture.",
        ),
        (
            "activity_number",
            "abc",
            "Un numéro de déclaration d’activité a 11 chiffres, comme 53 35 00000 35 : recopiez-le en entier.",
        ),
        (
            "postcode",
            "350",
            "Un code postal a cinq chiffres, comme 01000 ; à l’étranger, mettez le pays devant, comme B-1000, CH-1201 ou L-1009.",
        ),
    ],
)
def test_an_odd_value_is_refused_beside_its_field(browser, field, value, sentence):
    response = browser.post(address("card"), PARIS | {"name": "Fil", field: value})
    assert response.context["form"].errors == {field: [sentence]}


def test_the_certificate_is_kept(cast, browser):
    form = {"certifier": "Certif", "certified_on": "2025-03-01", "certified_until": "2028-02-29"}
    assert browser.post(address("certificate"), form).status_code == 302
    cast.organisation.refresh_from_db()
    assert cast.organisation.certified_on == date(2025, 3, 1)


def test_a_visit_that_took_place_is_noted(cast, browser):
    form = {"kind": "initial", "held_on": "2025-02-03", "categories": ["AF", "CFA"], "certifier": "Certif"}
    assert browser.post(address("record_audit"), form).status_code == 302
    audit = CertifierAudit.objects.get()
    assert (audit.organisation, audit.held_on, audit.categories) == (cast.organisation, date(2025, 2, 3), ["AF", "CFA"])


def test_the_profile_tells_what_changes_before_it_is_kept(cast, browser):
    before = profile_of(cast.organisation.profile)
    changed = {**PLAIN, "subcontracts_out": "oui", "work_study": ""}
    page = browser.post(address("profile"), {**changed, "preview": "1"})
    found = [(change.number, change.before, change.after) for change, _said in page.context["changes"]]
    assert found == [(13, "no", "unknown"), (27, "no", "yes"), (28, "no", "unknown")]
    swap = {"HX-Request": "true", "HX-Target": "changes"}
    part = browser.post(address("profile"), {**changed, "preview": "1"}, headers=swap).content.decode().strip()
    assert (part.startswith('<aside class="feuille colle" id="changes"'), part in page.content.decode()) == (True, True)
    cast.organisation.profile.refresh_from_db()
    assert profile_of(cast.organisation.profile) == before


def test_the_profile_is_kept(cast, browser):
    response = browser.post(address("profile"), {**PLAIN, "subcontracts_out": "oui", "remote": ""}, follow=True)
    cast.organisation.profile.refresh_from_db()
    assert (cast.organisation.profile.subcontracts_out, cast.organisation.profile.remote) == (True, None)
    assert "1 indicateur change." in response.content.decode()


def test_a_new_entrant_holds_the_category(browser):
    response = browser.post(address("profile"), {**PLAIN, "new_entrant_categories": ["CFA"]})
    sentence = "Cochez aussi cette catégorie parmi celles que vous exercez : apprentissage."
    assert response.context["form"].errors == {"new_entrant_categories": [sentence]}


def test_an_invitation_leaves_by_mail(cast, browser, django_capture_on_commit_callbacks):
    form = {"email": "ines@exemple.fr", "full_name": "Inès Carvalho", "role": "trainer", "language": "fr"}
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(address("invite"), form).status_code == 302
    assert Member.objects.get(user__email="ines@exemple.fr").role == "trainer"
    assert ("http://testserver/compte/mot-de-passe/" in mail.outbox[0].body, mail.outbox[0].to) == (True, ["ines@exemple.fr"])
    member = Member.objects.get(user__email="ines@exemple.fr")
    browser.post(address("resend_invitation", member.pk))
    assert (len(mail.outbox), Entry.objects.latest("id").verb) == (2, "member.invited_again")


def test_an_invitation_is_sent_again_only_to_who_waits_for_it(cast, browser):
    known = Member.objects.get(organisation=cast.organisation, user=cast.trainer)
    gone = MemberFactory(organisation=cast.organisation, user__password="!", until=date(2020, 1, 1))
    for member in (known, gone):
        page = browser.post(address("resend_invitation", member.pk), follow=True).content.decode()
        assert f"{member.user} n’attend pas d’invitation." in page
    assert (mail.outbox, Entry.objects.count()) == ([], 0)


def test_an_auditor_is_given_an_end(browser):
    form = {"email": "a@exemple.fr", "full_name": "A B", "role": "auditor"}
    response = browser.post(address("invite"), form)
    assert response.context["form"].errors == {"until": ["L’accès d’un auditeur a toujours une date de fin : indiquez-la."]}
    assert Member.objects.filter(user__email="a@exemple.fr").count() == 0


def test_nobody_becomes_head_of_a_network_by_a_form(cast, browser):
    response = browser.post(address("invite"), {"email": "a@exemple.fr", "full_name": "A B", "role": "network_head"})
    assert list(response.context["form"].errors) == ["role"]


def test_a_role_changes_and_an_access_ends(cast, browser):
    member = Member.objects.get(organisation=cast.organisation, user=cast.trainer)
    browser.post(address("member", member.pk), {"role": "training_manager", "until": "2099-01-01"})
    member.refresh_from_db()
    assert (member.role, member.until) == ("training_manager", date(2099, 1, 1))
    browser.post(address("end_member", member.pk))
    member.refresh_from_db()
    assert member.is_open() is False


def test_the_last_manager_stays(cast, browser):
    cast.network.heads.all().delete()
    member = Member.objects.get(organisation=cast.organisation, user=cast.quality_manager)
    page = browser.post(address("end_member", member.pk), follow=True).content.decode()
    member.refresh_from_db()
    assert (member.is_open(), "invitez-en une autre avant." in page) == (True, True)


def test_a_training_manager_reads_the_settings_and_changes_none(cast):
    browser = cast.client(cast.training_manager)
    assert "Profil d’activité" in browser.get(address("settings")).content.decode()
    members = browser.get(address("members")).content.decode()
    assert ("Maëlle Kerdraon" in members, "Inviter une personne" in members) == (True, False)
    for name in ("card", "profile", "invite", "certificate", "record_audit", "journal"):
        assert browser.get(address(name)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(cast, browser, count, django_assert_num_queries):
    for _place in range(count):
        member = MemberFactory(organisation=cast.organisation, role=Role.TRAINER)
        MemberFactory(organisation=cast.organisation, role=Role.TRAINER, until=date(2020, 1, 1))
        NetworkMemberFactory(network=cast.network)
        record(verb="member.added", actor=member.user, organisation_id=cast.organisation.pk, target=member)
    for name, queries in (("settings", 8), ("members", 6), ("journal", 8)):
        with django_assert_num_queries(queries):
            browser.get(address(name))


def test_the_journal_says_who_did_what(cast, browser):
    member = Member.objects.get(organisation=cast.organisation, user=cast.trainer)
    record(verb="member.added", actor=cast.quality_manager, organisation_id=cast.organisation.pk, target=member)
    record(verb="secret.elsewhere", actor=cast.stranger, organisation_id=cast.elsewhere.pk, target=cast.elsewhere)
    record(verb="profile.updated", actor=None, organisation_id=cast.organisation.pk, target=cast.organisation)
    response = browser.get(address("journal"))
    assert [(entry.actor_name, said) for entry, said, _aside in response.context["lines"]] == [
        ("", "modifie le profil d’activité de Ateliers du Fil Ouest"),
        ("Maëlle Kerdraon", "donne accès à Yann Le Goff, formateur ou formatrice"),
    ]
    assert list(response.context["form"].fields["actor"].queryset) == [cast.quality_manager]


def test_the_journal_is_filtered_from_the_address(cast, browser):
    for kind, actor in (("change", cast.quality_manager), ("reading", cast.auditor)):
        record(verb="x", actor=actor, organisation_id=cast.organisation.pk, kind=kind)
    day = Entry.objects.earliest("id").at.date().isoformat()

    def found(**query: str) -> list[str]:
        return [entry.actor_name for entry, _said, _aside in browser.get(address("journal"), query).context["lines"]]

    assert found() == ["Odile Vérif", "Maëlle Kerdraon"]
    assert found(kind="reading") == ["Odile Vérif"]
    assert found(actor=str(cast.quality_manager.pk)) == ["Maëlle Kerdraon"]
    assert found(since="2099-01-01") == []
    assert found(until="2000-01-01") == []
    assert found(since="2000-01-01", until="2099-01-01", kind="change") == ["Maëlle Kerdraon"]
    assert day > "2000"


def test_the_journal_comes_in_pages(cast, browser):
    for place in range(51):
        record(verb=f"v{place}", actor=None, organisation_id=cast.organisation.pk)
    assert len(browser.get(address("journal")).context["lines"]) == 50
    assert [entry.verb for entry, _said, _aside in browser.get(address("journal"), {"page": 2}).context["lines"]] == ["v0"]
    part = browser.get(address("journal"), headers={"HX-Request": "true", "HX-Target": "journal-lines"}).content.decode()
    assert (part.lstrip().startswith('<div class="feuille" id="journal-lines">'), "<html" in part) == (True, False)
