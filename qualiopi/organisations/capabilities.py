"""The table role -> capabilities: the only place where it is decided."""

from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.enums import Role

_MANAGEMENT = frozenset(C) - {C.VIEW_NETWORK, C.AUDIT_ROOM}

CAPABILITIES: dict[Role, frozenset[C]] = {
    Role.NETWORK_HEAD: _MANAGEMENT | {C.VIEW_NETWORK, C.AUDIT_ROOM},
    Role.QUALITY_MANAGER: _MANAGEMENT | {C.AUDIT_ROOM},
    Role.TRAINING_MANAGER: frozenset(
        {
            C.VIEW_HOME,
            C.VIEW_SESSIONS,
            C.EDIT_SESSIONS,
            C.VIEW_OWN_SESSIONS,
            C.TEACH,
            C.SENSITIVE,
            C.IMPORT,
            C.EXPORT,
            C.VIEW_SURVEYS,
            C.EDIT_SURVEYS,
            C.VIEW_EVIDENCE,
            C.EDIT_EVIDENCE,
            C.VIEW_READINESS,
            C.VIEW_SETTINGS,
        }
    ),
    Role.TRAINER: frozenset({C.VIEW_OWN_SESSIONS, C.TEACH}),
    Role.AUDITOR: frozenset({C.AUDIT_ROOM, C.DOWNLOAD_PACK}),
}


def capabilities_of(role: str) -> frozenset[C]:
    """What this role may do; raises ValueError for an unknown role."""
    return CAPABILITIES[Role(role)]
