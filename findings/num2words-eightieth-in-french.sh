#!/usr/bin/env bash
# Conventions and certificates of French training bodies state sums and ranks in words. One expects a library whose cardinals know that
# "quatre-vingts" and "deux cents" lose their s before another number ("quatre-vingt-un", "deux cent un") to lose it before "-ième" too.
# num2words 0.5.14 writes the eightieth "quatre-vingtsième", the two hundredth "deux centsième"; and a round sum of millions without the "d'"
# that the French language asks for there ("un million d'euros"): "un million euros". Nothing is said.
# Seen on 1 December 2026. The product writes figures: whoever adds sums in words gives a truth table for 80, 180, 200 and the round millions.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

python3 -m venv "$folder/env" || exit 2
"$folder/env/bin/pip" install --quiet --disable-pip-version-check num2words==0.5.14 || exit 2
cat >"$folder/try.py" <<'PYTHON'
import sys
from importlib.metadata import version

from num2words import num2words

CARDINALS = {80: "quatre-vingts", 81: "quatre-vingt-un", 80_000: "quatre-vingt mille", 200: "deux cents", 201: "deux cent un"}
RIGHT = {21: "vingt et unième", 100: "centième"}
WRONG = {80: "quatre-vingtsième", 180: "cent quatre-vingtsième", 200: "deux centsième"}
SUMS = {1_000_000.0: "un million euros", 2_000_000.0: "deux millions euros", 1_200_000.0: "un million deux cent mille euros"}

print("num2words", version("num2words"))
print("Expected: quatre-vingtième, cent quatre-vingtième, deux centième; un million d'euros, deux millions d'euros")
cardinals = {number: num2words(number, lang="fr") for number in CARDINALS}
ordinals = {number: num2words(number, lang="fr", to="ordinal") for number in RIGHT | WRONG}
sums = {number: num2words(number, lang="fr", to="currency").split(" et ")[0] for number in SUMS}
for found in (cardinals, ordinals, sums):
    print(*(f"{number:.0f}: {words}" for number, words in found.items()), sep="; ")
sys.exit(0 if (cardinals, ordinals, sums) == (CARDINALS, RIGHT | WRONG, SUMS) else 1)
PYTHON
"$folder/env/bin/python" "$folder/try.py"
