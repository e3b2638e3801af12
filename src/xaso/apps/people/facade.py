"""What other rooms may ask of the people room, and do with it."""

from uuid import UUID

from xaso.apps.people import queries
from xaso.apps.people.actions.accounts import change_password, create_account, reset_password
from xaso.apps.people.actions.bank import BankAccount, approve_bank_account, propose_bank_account, reject_bank_account
from xaso.apps.people.actions.communes import CommuneFacts, FirstAdministrator, edit_commune, set_up_commune, short_name_of
from xaso.apps.people.actions.devices import note_arrival
from xaso.apps.people.actions.local_days import add_local_day, remove_local_day
from xaso.apps.people.actions.posts import (
    PostFacts,
    assign_holder,
    change_post,
    create_post,
    end_deputy,
    end_post,
    name_deputy,
)
from xaso.apps.people.actions.staff_import import import_staff, staff_sheet
from xaso.apps.people.actions.villages import VillageFacts, add_former_unit, add_village, change_village, import_villages
from xaso.apps.people.actors import actor_of, find_official
from xaso.apps.people.calendar import calendar_of
from xaso.apps.people.device_queries import Signed, who_signed
from xaso.apps.people.guard import actor_who_asks, for_administrators
from xaso.apps.people.memory import commune_of, commune_of_host, communes, forget, the_commune
from xaso.apps.people.queries import (
    account_name,
    account_names,
    find_citizens_by_number,
    former_units,
    list_bank_account_changes,
    list_deputies,
    list_representatives,
    list_represented,
    list_staff_accounts,
    may_act_for,
    posts,
    role_holders,
    search_citizens,
    villages,
)
from xaso.apps.people.roles import OFFICE_ROLES, ROLE_WORDS, Role
from xaso.apps.people.shapes import (
    BankAccountLine,
    Citizen,
    CommuneInfo,
    DeputyLine,
    FormerUnit,
    Post,
    RoleHolder,
    StaffAccount,
    Village,
)
from xaso.apps.people.sheets import ImportOutcome, RowError

__all__ = [
    "OFFICE_ROLES",
    "ROLE_WORDS",
    "BankAccount",
    "BankAccountLine",
    "Citizen",
    "CommuneFacts",
    "CommuneInfo",
    "DeputyLine",
    "FirstAdministrator",
    "FormerUnit",
    "ImportOutcome",
    "Post",
    "PostFacts",
    "Role",
    "RoleHolder",
    "RowError",
    "Signed",
    "StaffAccount",
    "Village",
    "VillageFacts",
    "account_name",
    "account_names",
    "actor_of",
    "actor_who_asks",
    "add_former_unit",
    "add_local_day",
    "add_village",
    "approve_bank_account",
    "assign_holder",
    "calendar_of",
    "change_password",
    "change_post",
    "change_village",
    "citizen",
    "commune_of",
    "commune_of_host",
    "communes",
    "create_account",
    "create_post",
    "edit_commune",
    "end_deputy",
    "end_post",
    "find_citizens_by_number",
    "find_official",
    "for_administrators",
    "forget",
    "former_units",
    "import_staff",
    "import_villages",
    "list_bank_account_changes",
    "list_deputies",
    "list_representatives",
    "list_represented",
    "list_staff_accounts",
    "may_act_for",
    "name_deputy",
    "note_arrival",
    "posts",
    "propose_bank_account",
    "reject_bank_account",
    "remove_local_day",
    "reset_password",
    "role_holders",
    "search_citizens",
    "set_up_commune",
    "short_name_of",
    "staff_sheet",
    "the_commune",
    "villages",
    "who_signed",
]


def citizen(citizen_id: UUID) -> Citizen | None:
    """Return a citizen for a caller that has already settled who may see her. One query."""
    return queries.find_citizen(citizen_id)
