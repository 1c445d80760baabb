"""One session, whole: what happened, who took part, every expected piece with its state. A constant number of queries."""

from evidence.dossiers.queries.dossier import Dossier, dossier_of
from evidence.dossiers.queries.people import HalfDayRow, PersonRow, Register, register_of
from evidence.dossiers.queries.timeline import Event, events_of

__all__ = ["Dossier", "Event", "HalfDayRow", "PersonRow", "Register", "dossier_of", "events_of", "register_of"]
