"""Reading the reports of online meeting tools: who was connected, from when to when. What each tool exports is data: `layouts`."""

from .people import Seen, Stretch, union_minutes
from .reading import Report, read_report

__all__ = ["Report", "Seen", "Stretch", "read_report", "union_minutes"]
