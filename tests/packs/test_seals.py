"""A download does not read twice what nothing touched, and reads again whatever was."""

import hashlib
import os
import zlib

import pytest

from evidence.packs import plan as plans
from evidence.packs.plan import AlteredPiece, PackLine, Plan

CONTENT = b"le contenu d'origine"


@pytest.fixture
def piece(settings, tmp_path, monkeypatch):
    """One file under MEDIA_ROOT; a seal is given at once."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(plans, "SETTLED_AFTER", -1.0)
    path = tmp_path / "piece"
    path.write_bytes(CONTENT)
    return path


def plan_for(path):
    return Plan([PackLine("data/piece", len(CONTENT), zlib.crc32(CONTENT), hashlib.sha256(CONTENT).hexdigest(), path.name)])


def rewrite(path):
    path.write_bytes(CONTENT.swapcase())


def rewrite_and_reset_the_dates(path):
    before = path.stat()
    path.write_bytes(CONTENT.swapcase())
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def replace(path):
    other = path.with_name("other")
    other.write_bytes(CONTENT.swapcase())
    other.rename(path)


@pytest.mark.parametrize("change", [rewrite, rewrite_and_reset_the_dates, replace, lambda path: path.unlink()])
def test_what_was_touched_is_refused(piece, change):
    sealed = plan_for(piece).sealed()
    change(piece)
    with pytest.raises(AlteredPiece):
        list(sealed.stream())


def test_the_same_bytes_leave_with_and_without_a_seal(piece):
    plan = plan_for(piece)
    assert b"".join(plan.sealed().stream()) == b"".join(plan.stream())
    assert b"".join(plan.sealed().stream(start=45, end=50)) == b"".join(plan.stream())[45:50]


def test_a_copy_of_the_same_bytes_is_still_the_original(piece):
    sealed = plan_for(piece).sealed()
    content = piece.read_bytes()
    piece.unlink()
    piece.write_bytes(content)
    assert b"".join(sealed.stream()) == b"".join(plan_for(piece).stream())


def test_a_file_under_seal_is_not_read_for_its_digest(piece, monkeypatch):
    sealed = plan_for(piece).sealed()
    monkeypatch.setattr(plans.hashlib, "sha256", lambda *_: pytest.fail("digest worked out"))
    assert len(b"".join(sealed.stream())) == sealed.archive().size


def test_a_file_just_written_gets_no_seal(piece, monkeypatch):
    monkeypatch.setattr(plans, "SETTLED_AFTER", 60.0)
    assert [line.seal for line in plan_for(piece).sealed().lines] == [""]


def test_a_plan_keeps_its_seals(piece, tmp_path):
    sealed = plan_for(piece).sealed()
    sealed.save(tmp_path / "plan.json")
    assert Plan.load(tmp_path / "plan.json") == sealed
