"""What can be done to an organisation, its members, its profile and its audits."""

from qualiopi.organisations.verbs.audits import cancel_audit, move_audit, plan_audit, record_certifier_audit
from qualiopi.organisations.verbs.members import (
    add_member,
    add_network_head,
    change_own_account,
    change_role,
    end_access,
    hand_over,
    invite,
    invite_again,
    invite_head,
    open_account,
)
from qualiopi.organisations.verbs.opening import open_first_organisation, open_organisation
from qualiopi.organisations.verbs.organisation import (
    create_network,
    create_organisation,
    join_network,
    update_card,
    update_profile,
)

__all__ = [
    "add_member",
    "add_network_head",
    "cancel_audit",
    "change_own_account",
    "change_role",
    "create_network",
    "create_organisation",
    "end_access",
    "hand_over",
    "invite",
    "invite_again",
    "invite_head",
    "join_network",
    "move_audit",
    "open_account",
    "open_first_organisation",
    "open_organisation",
    "plan_audit",
    "record_certifier_audit",
    "update_card",
    "update_profile",
]
