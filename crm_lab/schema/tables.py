"""The tables of Willow Lane. This is the data dictionary: datasets/dictionary.md is made from it."""

from crm_lab.schema.calls import CALL_CENTRE
from crm_lab.schema.commerce import COMMERCE
from crm_lab.schema.contact import CONTACT
from crm_lab.schema.market import MARKET
from crm_lab.schema.talk import VOICE_SAID
from crm_lab.schema.voice import VOICE_ASKED

GROUPS = (COMMERCE, MARKET, CONTACT, CALL_CENTRE, VOICE_ASKED, VOICE_SAID)
TABLES = {table.name: table for group in GROUPS for table in group}
