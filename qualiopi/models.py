"""Every model of this floor, for Django alone: rooms import each other directly."""

from qualiopi.accounts.models import Tries, User
from qualiopi.background.models import Worker
from qualiopi.exchange.models import ImportRun, RememberedMapping
from qualiopi.files.models import StoredFile
from qualiopi.journal.models import Entry
from qualiopi.optouts.models import MailChoice
from qualiopi.organisations.models import ActivityProfile, CertifierAudit, Member, Network, NetworkMember, Organisation

__all__ = [
    "ActivityProfile",
    "CertifierAudit",
    "Entry",
    "ImportRun",
    "MailChoice",
    "Member",
    "Network",
    "NetworkMember",
    "Organisation",
    "RememberedMapping",
    "StoredFile",
    "Tries",
    "User",
    "Worker",
]
