"""Which indicators concern an organisation, from its profile. Pure rules; each answer carries its reason in French."""

from enum import StrEnum


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
