"""What several tests of the engine stand on."""

import pytest

from evidence.engine.conditions import SubjectConditions


@pytest.fixture
def additions_always_asked(monkeypatch):
    """As if the additions of 2026 had been asked of every session: their own rule has its own tests (`test_nobody_left`)."""
    monkeypatch.setattr(SubjectConditions, "_asked_for_additions", lambda self, view: True)
