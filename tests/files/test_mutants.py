"""The spoilt files of bench/hostile.py: the same for the same seed, and none of them is left as it was."""

import hashlib

from bench.mutants import TABLES, mutants, samples


def digests(seed: int) -> list[str]:
    return [hashlib.sha256(content).hexdigest() for _name, content in mutants(100, seed)]


def test_a_seed_gives_the_same_files():
    assert digests(3) == digests(3)
    assert digests(3) != digests(4)


def test_every_kind_has_its_turn():
    names = [name for name, _content in samples()]
    assert [name for name, _content in mutants(len(names), 1)] == names
    assert {".csv", ".xlsx", ".xls", ".ods"} == TABLES
    assert {"." + name.rpartition(".")[2] for name in names} == TABLES | {
        ".png",
        ".jpeg",
        ".gif",
        ".webp",
        ".tiff",
        ".pdf",
        ".docx",
        ".odt",
        ".zip",
        ".heic",
        ".eml",
        ".msg",
    }
