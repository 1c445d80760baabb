"""What can be done with documents."""

from trainings.documents.verbs.issuing import IssueReport, Refusal, issue

__all__ = ["IssueReport", "Refusal", "issue"]
