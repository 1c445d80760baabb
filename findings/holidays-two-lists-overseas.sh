#!/usr/bin/env bash
# One expects two libraries of the public holidays of France to agree: the days are in the law. holidays 0.109 and jours-feries-france 0.7.0 do
# for mainland France, Alsace and Moselle, La Réunion, Mayotte, Guyane, Saint-Barthélemy and Saint-Pierre-et-Miquelon. For six others they do not: the
# second knows no day of their own for New Caledonia, French Polynesia and Wallis-et-Futuna, though it has a zone for each; Good Friday,
# Mi-Carême and 21 July stand in the first alone for Guadeloupe, 21 July for Martinique and Saint-Martin. A session that avoids holidays moves, or not,
# by the library that was chosen.
# Seen on 30 November 2026. The product asks the first, by the postcode of the place, and says which day it moved and why.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

python3 -m venv "$folder/env" || exit 2
"$folder/env/bin/pip" install --quiet --disable-pip-version-check holidays==0.109 jours-feries-france==0.7.0 || exit 2
cat >"$folder/try.py" <<'PYTHON'
import sys
from importlib.metadata import version

import holidays
from jours_feries_france import JoursFeries

CODES = {
    "Métropole": None,
    "Alsace-Moselle": "57",
    "Guadeloupe": "971",
    "Guyane": "973",
    "Martinique": "972",
    "Mayotte": "976",
    "Nouvelle-Calédonie": "NC",
    "La Réunion": "974",
    "Polynésie Française": "PF",
    "Saint-Barthélémy": "BL",
    "Saint-Martin": "MF",
    "Wallis-et-Futuna": "WF",
    "Saint-Pierre-et-Miquelon": "PM",
}
OTHERWISE = {
    "Guadeloupe": ["03-12", "04-03", "07-21"],
    "Martinique": ["07-21"],
    "Nouvelle-Calédonie": ["09-24"],
    "Polynésie Française": ["03-05", "04-03", "11-20"],
    "Saint-Martin": ["07-21"],
    "Wallis-et-Futuna": ["04-28", "06-29", "07-29"],
}

print(*(f"{name} {version(name)}" for name in ("holidays", "jours-feries-france")))
print("Expected: no difference in 2026.")
found = {}
for zone, code in CODES.items():
    one = {day.isoformat()[5:] for day in holidays.country_holidays("FR", subdiv=code, years=2026)}
    other = {day.isoformat()[5:] for day in JoursFeries.for_year(2026, zone).values()}
    if one != other:
        found[zone] = sorted(one - other)
        print(f"{zone}: in the first alone {sorted(one - other)}, in the second alone {sorted(other - one)}")
sys.exit(0 if found == OTHERWISE else 1)
PYTHON
"$folder/env/bin/python" "$folder/try.py"
