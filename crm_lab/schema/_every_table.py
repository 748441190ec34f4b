"""The tables of Willow Lane. This is the data dictionary: datasets/dictionary.md is made from it."""

from crm_lab.schema._voice import VOICE_ASKED
from crm_lab.schema.calls import CALL_CENTRE
from crm_lab.schema.commerce import COMMERCE
from crm_lab.schema.contact import CONTACT
from crm_lab.schema.market import MARKET
from crm_lab.schema.office import INSIDE
from crm_lab.schema.serving import SERVING
from crm_lab.schema.talk import VOICE_SAID
from crm_lab.schema.taste import TASTE
from crm_lab.schema.winning import WINNING

GROUPS = {
    "Trade · 交易": COMMERCE,
    "Market · 市场": MARKET,
    "Contact · 接触": CONTACT,
    "Call centre · 呼叫中心": CALL_CENTRE,
    "Surveys · 调查": VOICE_ASKED,
    "What people say · 客户之声": VOICE_SAID,
    "Inside the CRM · 系统内部": INSIDE,
    "Tastes · 偏好": TASTE,
    "Winning · 赢得客户": WINNING,
    "Serving · 服务客户": SERVING,
}
TABLES = {table.name: table for group in GROUPS.values() for table in group}
