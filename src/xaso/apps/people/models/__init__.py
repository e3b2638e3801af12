"""The tables of the people room. They hold no verbs."""

from xaso.apps.people.models.account import Account
from xaso.apps.people.models.citizen import Citizen, Mandate
from xaso.apps.people.models.commune import BankAccountChange, Commune, FormerUnit, Village
from xaso.apps.people.models.desk import Computer, DeskPin, TypedPage
from xaso.apps.people.models.device import Device
from xaso.apps.people.models.local_day import LocalDay
from xaso.apps.people.models.passkey import Passkey
from xaso.apps.people.models.second_factor import RecoveryCode, RecoveryRequest, TotpKey
from xaso.apps.people.models.sign_in import KnownBrowser, SignIn
from xaso.apps.people.models.staff import Deputy, Post

__all__ = [
    "Account",
    "BankAccountChange",
    "Citizen",
    "Commune",
    "Computer",
    "Deputy",
    "DeskPin",
    "Device",
    "FormerUnit",
    "KnownBrowser",
    "LocalDay",
    "Mandate",
    "Passkey",
    "Post",
    "RecoveryCode",
    "RecoveryRequest",
    "SignIn",
    "TotpKey",
    "TypedPage",
    "Village",
]
