"""Checking a pack offline, with our command and with other people's tools."""

import hashlib
import subprocess
import zipfile
import zlib
from pathlib import Path

import bagit
import pytest
from django.core.management import CommandError, call_command

from evidence.packs import bag
from evidence.packs.verification import UnreadablePack, verify
from qualiopi.files.archive import Archive, ArchiveEntry

PAYLOAD = {
    "data/index.html": b"<p>index</p>",
    "data/critere-1/indicateur-01/01-01 Fiche, version 2.pdf": b"%PDF fiche",
    "data/sessions/S26-001 Animer une réunion/Émargements, jour 1.pdf": b"%PDF signatures",
}


def write_pack(path: Path, payload: dict[str, bytes] = PAYLOAD) -> Path:
    """A pack made with the same pieces as the real ones."""
    files = [bag.PayloadFile(name, len(data), hashlib.sha256(data).hexdigest()) for name, data in payload.items()]
    tags = [
        ("bagit.txt", bag.declaration()),
        ("bag-info.txt", bag.information(files, [("Source-Organization", "Ateliers du Fil")])),
        ("manifest-sha256.txt", bag.manifest(files)),
    ]
    tags.append(("tagmanifest-sha256.txt", bag.tag_manifest(tags)))
    contents = {f"racine/{name}": data for name, data in [*tags, *payload.items()]}
    archive = Archive([ArchiveEntry(name, len(data), zlib.crc32(data), name) for name, data in contents.items()])
    path.write_bytes(b"".join(archive.stream(lambda entry, first, last: iter([contents[entry.source][first:last]]))))
    return path


def rewrite(source: Path, target: Path, *, change: dict[str, bytes | None], add: dict[str, bytes] | None = None) -> Path:
    """The same pack after somebody changed (bytes), removed (None) or added files."""
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w") as after:
        for info in before.infolist():
            data = change.get(info.filename, before.read(info))
            if data is not None:
                after.writestr(info.filename, data)
        for name, data in (add or {}).items():
            after.writestr(name, data)
    return target


@pytest.fixture
def pack(tmp_path):
    return write_pack(tmp_path / "dossier.zip")


def test_a_pack_whose_directory_is_displaced_is_altered(pack):
    content = bytearray(pack.read_bytes())
    end = content.rindex(b"PK\x05\x06")
    content[end + 16 : end + 20] = (int.from_bytes(content[end + 16 : end + 20], "little") + 500).to_bytes(4, "little")
    pack.write_bytes(content)
    assert verify(pack).altered == ["tagmanifest-sha256.txt", "manifest-sha256.txt"]


def test_a_file_of_the_pack_that_lies_elsewhere_is_altered(pack):
    content = bytearray(pack.read_bytes())
    place = content.rindex(b"PK\x01\x02")
    content[place + 42 : place + 46] = (0x7FFFFFFF).to_bytes(4, "little")
    pack.write_bytes(content)
    assert verify(pack).altered == [list(PAYLOAD)[-1]]


def test_an_intact_pack(pack):
    found = verify(pack)
    assert (found.intact, found.checked) == (True, len(PAYLOAD) + 3)


def test_what_was_altered_removed_and_added_is_named(pack, tmp_path):
    moved = rewrite(
        pack,
        tmp_path / "change.zip",
        change={
            "racine/data/index.html": b"<p>autre</p>",
            "racine/data/critere-1/indicateur-01/01-01 Fiche, version 2.pdf": None,
            "racine/bag-info.txt": b"Source-Organization: un autre\n",
        },
        add={"racine/data/en-plus.pdf": b"%PDF", "ailleurs.txt": b"?"},
    )
    found = verify(moved)
    assert found.altered == ["bag-info.txt", "data/index.html"]
    assert found.removed == ["data/critere-1/indicateur-01/01-01 Fiche, version 2.pdf"]
    assert found.added == ["ailleurs.txt", "data/en-plus.pdf"]


def test_a_file_beside_the_bag_does_not_hide_behind_the_path_of_one_inside(pack, tmp_path):
    moved = rewrite(pack, tmp_path / "cote.zip", change={}, add={"data/index.html": b"<p>autre</p>"})
    assert verify(moved).added == ["data/index.html"]


@pytest.mark.parametrize("how", ["damaged", "locked", "unknown compression"])
def test_an_entry_that_cannot_be_read_is_altered(pack, tmp_path, how):
    path = tmp_path / "illisible.zip"
    name = "racine/data/index.html"
    with zipfile.ZipFile(pack) as before, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for info in before.infolist():
            after.writestr(info.filename, before.read(info))
        local = after.getinfo(name).header_offset
    content = bytearray(path.read_bytes())
    central = content.index(b"PK\x01\x02", content.rindex(b"PK\x03\x04"))
    entry = content.index(name.encode(), central) - 46
    if how == "damaged":
        content[local + 30 + len(name)] = 0xFF
    elif how == "locked":
        content[local + 6] |= 1
        content[entry + 8] |= 1
    else:
        content[local + 8] = content[entry + 10] = 99
    path.write_bytes(content)
    assert verify(path).altered == ["data/index.html"]


def test_a_manifest_rewritten_to_fit_is_seen_by_the_tag_manifest(pack, tmp_path):
    forged = b"<p>faux</p>"
    with zipfile.ZipFile(pack) as opened:
        manifest = opened.read("racine/manifest-sha256.txt")
    manifest = manifest.replace(
        hashlib.sha256(PAYLOAD["data/index.html"]).hexdigest().encode(), hashlib.sha256(forged).hexdigest().encode()
    )
    moved = rewrite(
        pack, tmp_path / "faux.zip", change={"racine/data/index.html": forged, "racine/manifest-sha256.txt": manifest}
    )
    assert verify(moved).altered == ["manifest-sha256.txt"]


@pytest.mark.parametrize("content", [b"", b"pas un zip", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_is_no_pack(tmp_path, content):
    path = tmp_path / "autre.zip"
    path.write_bytes(content)
    with pytest.raises(UnreadablePack):
        verify(path)


def test_a_truncated_download(pack, tmp_path):
    cut = tmp_path / "coupe.zip"
    cut.write_bytes(pack.read_bytes()[:-40])
    with pytest.raises(UnreadablePack):
        verify(cut)


def test_other_tools_accept_it(pack, tmp_path):
    with zipfile.ZipFile(pack) as opened:
        opened.extractall(tmp_path / "sorti")
    root = tmp_path / "sorti" / "racine"
    assert bagit.Bag(str(root)).is_valid()
    checked = subprocess.run(
        ["/usr/bin/sha256sum", "--check", "--strict", "manifest-sha256.txt"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stdout.count(": OK") + checked.stdout.count(": Réussi")) == (0, len(PAYLOAD))


def test_the_command_says_what_moved_and_exits_with_1(pack, tmp_path, capsys):
    moved = rewrite(pack, tmp_path / "change.zip", change={"racine/data/index.html": b"?"})
    with pytest.raises(CommandError) as refusal:
        call_command("verify_pack", str(moved))
    assert (refusal.value.returncode, capsys.readouterr().out) == (1, "altéré : data/index.html\n")


def test_the_command_on_an_intact_pack(pack, capsys):
    call_command("verify_pack", str(pack))
    assert capsys.readouterr().out == "6 fichiers vérifiés, rien n'a bougé.\n"


def test_the_command_on_something_else_exits_with_2(tmp_path):
    with pytest.raises(CommandError) as refusal:
        call_command("verify_pack", str(tmp_path / "absent.zip"))
    assert refusal.value.returncode == 2
