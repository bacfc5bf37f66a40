"""The records, one file an aggregate."""

from concierge.store.tables.escalation import Escalation, Outbox, PhoneCall
from concierge.store.tables.event import ChainHead, Event, EventPersonal
from concierge.store.tables.household import Household, Member, SearchKey, Vehicle
from concierge.store.tables.household_file import (
    CareFlag,
    EmergencyContact,
    Fact,
    Instruction,
    Pet,
)
from concierge.store.tables.property import CalendarVersion, Heartbeat, PolicyVersion, Property
from concierge.store.tables.shift import (
    Handover,
    HandoverCount,
    HandoverMatter,
    SealedText,
    Shift,
    ShiftNote,
    SummaryCopy,
)
from concierge.store.tables.staff import Desk, Permission, Staff
from concierge.store.tables.ticket import Approval, Clock, Draft, Ticket

__all__ = [
    "Approval",
    "CalendarVersion",
    "CareFlag",
    "ChainHead",
    "Clock",
    "Desk",
    "Draft",
    "EmergencyContact",
    "Escalation",
    "Event",
    "EventPersonal",
    "Fact",
    "Handover",
    "HandoverCount",
    "HandoverMatter",
    "Heartbeat",
    "Household",
    "Instruction",
    "Member",
    "Outbox",
    "Permission",
    "Pet",
    "PhoneCall",
    "PolicyVersion",
    "Property",
    "SealedText",
    "SearchKey",
    "Shift",
    "ShiftNote",
    "Staff",
    "SummaryCopy",
    "Ticket",
    "Vehicle",
]
