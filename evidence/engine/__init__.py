"""The readiness engine: facts in, status of each indicator out. Pure."""

from evidence.engine.evaluate import status, statuses

__all__ = ["status", "statuses"]
