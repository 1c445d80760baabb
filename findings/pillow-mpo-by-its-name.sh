#!/usr/bin/env bash
# One expects a picture that Pillow says to be of a format to open when this format, and no other, is allowed: Image.open(formats=[...]).
# Pillow 13.0.0 says "MPO" of a JPEG with a second picture behind it (portraits of phones), knows MPO among the formats it writes, and
# raises KeyError when asked to open by that name; it opens when JPEG is allowed, and is then of a format that was not.
# Seen on 30 November 2026. The product allows JPEG and takes what turns out to be MPO for a JPEG (qualiopi/files/inspection/pictures.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

python3 -m venv "$folder/env" || exit 2
"$folder/env/bin/pip" install --quiet --disable-pip-version-check pillow==13.0.0 || exit 2
cat >"$folder/try.py" <<'PYTHON'
import io
import sys

import PIL
from PIL import Image

target = io.BytesIO()
Image.new("RGB", (64, 32), "red").save(target, "MPO", save_all=True, append_images=[Image.new("RGB", (64, 32), "blue")])


def opened(formats: list[str] | None) -> str:
    target.seek(0)
    try:
        return str(Image.open(target, formats=formats).format)
    except KeyError as error:
        return f"KeyError: {error}"


any_format, jpeg, mpo = opened(None), opened(["JPEG"]), opened(["MPO"])
print("Pillow", PIL.__version__)
print("Expected: MPO in all three cases, or a refusal when JPEG alone is allowed.")
print("any format allowed:", any_format)
print("JPEG allowed:", jpeg)
print("MPO allowed:", mpo)
sys.exit(0 if (any_format, jpeg, mpo) == ("MPO", "MPO", "KeyError: 'MPO'") else 1)
PYTHON
"$folder/env/bin/python" "$folder/try.py"
