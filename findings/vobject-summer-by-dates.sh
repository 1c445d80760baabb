#!/usr/bin/env bash
# One expects a moment to be the same for every reader of one calendar: 9 h on 6 July 2026 in Paris is 7 h UTC. icalendar 7.3.2 tells the changes
# of hour of a zone by their dates (RDATE, RFC 5545 3.6.5), not by a rule. vobject 0.9.9, which CalDAV servers read calendars with, then
# gives +01:00 all the year: a session of July comes one hour late. The same lines given to dateutil, which vobject builds on, are read
# right; so are zones that never change their hour. Nothing is said.
# Seen on 30 November 2026. The product writes no calendar yet: whoever adds one gives moments in UTC, or a rule (RRULE) for each change.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

python3 -m venv "$folder/env" || exit 2
"$folder/env/bin/pip" install --quiet --disable-pip-version-check icalendar==7.3.2 vobject==0.9.9 python-dateutil==2.9.0.post0 tzdata || exit 2
cat >"$folder/try.py" <<'PYTHON'
import io
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from zoneinfo import ZoneInfo

import icalendar
import vobject
from dateutil.tz import tzical


def read(zone, month):
    """What UTC hour each reader finds for 9 h on the sixth of a month of 2026: icalendar, dateutil, vobject."""
    calendar, event = icalendar.Calendar(), icalendar.Event()
    calendar.add("prodid", "-//essai//FR")
    calendar.add("version", "2.0")
    event.add("uid", "session@exemple.fr")
    event.add("dtstamp", datetime(2026, 11, 1, tzinfo=UTC))
    event.add("dtstart", datetime(2026, month, 6, 9, tzinfo=ZoneInfo(zone)))
    calendar.add_component(event)
    calendar.add_missing_timezones()
    text = calendar.to_ical().decode()
    lines = text[text.index("BEGIN:VTIMEZONE") : text.index("BEGIN:VEVENT")].replace("\r\n", "\n")
    by_icalendar = icalendar.Calendar.from_ical(text).walk("VEVENT")[0]["dtstart"].dt
    by_dateutil = datetime(2026, month, 6, 9, tzinfo=tzical(io.StringIO(lines)).get())
    by_vobject = vobject.readOne(text).vevent.dtstart.value
    return tuple(f"{moment.astimezone(UTC):%H h}" for moment in (by_icalendar, by_dateutil, by_vobject))


print(*(f"{name} {version(name)}" for name in ("icalendar", "python-dateutil", "vobject")))
print("Expected: three times the same hour on each line.")
found = {(zone, month): read(zone, month) for zone in ("Europe/Paris", "Indian/Reunion") for month in (1, 7)}
for (zone, month), hours in found.items():
    print(f"{zone}, month {month}:", *hours)
summer = ("07 h", "07 h", "08 h")
others = [hours for key, hours in found.items() if key != ("Europe/Paris", 7)]
sys.exit(0 if found["Europe/Paris", 7] == summer and all(len(set(hours)) == 1 for hours in others) else 1)
PYTHON
"$folder/env/bin/python" "$folder/try.py"
