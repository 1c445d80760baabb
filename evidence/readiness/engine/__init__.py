"""The readiness engine: facts in, status of each indicator out. Pure."""

from evidence.readiness.engine.evaluate import marks_of, status, statuses
from evidence.readiness.engine.sentences import answer_sentence

__all__ = ["answer_sentence", "marks_of", "status", "statuses"]
