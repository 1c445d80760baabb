"""The ZIP: read by others, resumable anywhere, the same bytes twice."""

import io
import zipfile
import zlib

import pytest

from qualiopi.files import archive
from qualiopi.files.archive import Archive, ArchiveEntry

CONTENTS = {"racine/a.txt": b"abc" * 100, "racine/é clé.bin": bytes(range(256)) * 40, "racine/vide.txt": b""}


def make() -> Archive:
    return Archive([ArchiveEntry(name, len(data), zlib.crc32(data), name) for name, data in CONTENTS.items()])


def read(entry, first, last):
    yield CONTENTS[entry.source][first:last]


def test_another_program_reads_it():
    whole = b"".join(make().stream(read))
    with zipfile.ZipFile(io.BytesIO(whole)) as opened:
        assert opened.testzip() is None
        assert {info.filename: opened.read(info) for info in opened.infolist()} == CONTENTS


def test_length_is_known_before_the_first_byte():
    assert make().size == len(b"".join(make().stream(read)))


def test_same_entries_give_the_same_bytes():
    assert b"".join(make().stream(read)) == b"".join(make().stream(read))


@pytest.mark.parametrize("start", [0, 1, 29, 30, 41, 400, 5000])
@pytest.mark.parametrize("length", [1, 17, 4000, None])
def test_a_download_resumes_anywhere(start, length):
    whole = b"".join(make().stream(read))
    end = None if length is None else start + length
    assert b"".join(make().stream(read, start=start, end=end)) == whole[start:end]


def test_nothing_is_read_before_the_part_that_is_asked():
    asked = []

    def watch(entry, first, last):
        asked.append((entry.name, first, last))
        yield CONTENTS[entry.source][first:last]

    made = make()
    b"".join(made.stream(watch, start=made.size - 5))
    assert asked == []


def test_beyond_the_limits_of_32_bits(monkeypatch):
    monkeypatch.setattr(archive, "_LIMIT_32", 500)
    monkeypatch.setattr(archive, "_REGULAR_FILE", 0)
    far = make()
    whole = b"".join(far.stream(read))
    assert far.size == len(whole)
    assert whole.count(b"PK\x06\x06") == 1
    assert whole.count(b"PK\x06\x07") == 1


def test_more_files_than_16_bits_count():
    many = Archive([ArchiveEntry(f"r/{number}", 0, 0, "") for number in range(65_600)])
    whole = b"".join(many.stream(lambda entry, first, last: iter(())))
    with zipfile.ZipFile(io.BytesIO(whole)) as opened:
        assert len(opened.namelist()) == 65_600
