"""From a hole to the one place where it is mended."""

from uuid import UUID

import pytest
from django.urls import reverse

from evidence.readiness.engine.result import SubjectKind
from evidence.readiness.links import way_to_mend
from qualiopi.standard.book import expectations

SOMEBODY = str(UUID(int=7))


def way(key, kind, identifier=SOMEBODY):
    expectation = expectations().by_key[key]
    return way_to_mend("fil-ouest", expectation, kind, identifier)


@pytest.mark.parametrize("key", ["agreement_states_objectives", "session_joining_instructions", "end_certificates_issued"])
def test_a_document_that_is_not_issued_leads_to_the_documents_of_the_session(key):
    found = way(key, SubjectKind.SESSION)
    assert (found.label, found.url) == ("Émettre le document", reverse("documents:session", args=["fil-ouest", SOMEBODY]))


@pytest.mark.parametrize(("key", "kind"), [("companies_asked", SubjectKind.COMPANY), ("funders_asked", SubjectKind.FUNDER)])
def test_a_company_or_a_funder_leads_to_the_surveys_of_its_sessions(key, kind):
    found = way(key, kind)
    assert found.url == f"{reverse('surveys:list', args=['fil-ouest'])}?{kind.value}={SOMEBODY}"
