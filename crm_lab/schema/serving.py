"""The tables of service and its improvement: call-backs, checklists, dealers asked twice, chat and mail, hand-overs."""

from crm_lab.schema.contact import FAILURES
from crm_lab.schema.table import Column, Table

ARMS = ("call", "control")
ATTRIBUTES = (
    "delivery",
    "margin",
    "range",
    "training",
    "complaints",
    "ordering",
    "promotion",
    "account_manager",
)
WAVES = ("before", "after")
FACTORS = (
    ("past_experience", "Own past experience", "过去的亲身经历"),
    ("word_of_mouth", "Word of mouth", "口碑"),
    ("personal_needs", "Personal needs", "个人需要"),
    ("explicit_promises", "Promises made by the shop", "明确的承诺"),
    ("implicit_promises", "What price and looks promise", "隐含的承诺（价格与外观）"),
    ("reputation", "Reputation of the brand", "品牌声誉"),
    ("competitors", "What other shops offer", "竞争者的服务"),
    ("situation", "The situation: hurry, weather, stress", "情境因素"),
    ("own_role", "The customer's own part in the service", "客户自身的角色"),
    ("expertise", "Values and knowledge of the customer", "客户的价值观与专业知识"),
)
WRITTEN = ("chat", "email")
SPECIALISTS = ("billing", "product_advice", "complaints_desk")

CALL_BACKS = Table(
    "call_backs",
    "Call-backs after delivery, drawn by lot: one row a person of the whole company, outside the panel",
    "送达后随机回访实验（全公司，样本外，每人一行）",
    ("person_id",),
    (
        Column("person_id", "text", "Number of the person; each takes part once", "人员编号"),
        Column("delivered_on", "date", "Day of the delivery", "送达日期"),
        Column("order_value", "int", "Value of the order", "订单金额", unit="¥"),
        Column(
            "failure",
            "text",
            "What had gone wrong; empty if nothing",
            "履约失误（无则为空）",
            values=FAILURES,
            empty=True,
        ),
        Column("complained", "bool", "The customer had complained before", "此前是否投诉"),
        Column("assignment", "text", "Drawn by lot: to be called or not", "随机分组", values=ARMS),
        Column(
            "call_day",
            "float",
            "Days after delivery on which the call was due, drawn at random; empty without a call",
            "送达后第几天回访（随机；不回访则为空）",
            unit="days",
            empty=True,
        ),
        Column("reached", "bool", "Answered the call", "是否接通"),
        Column("bought_again", "bool", "Ordered within 90 days of the delivery", "90天内是否再次下单"),
        Column(
            "margin",
            "money",
            "Margin of these orders, before the cost of a call",
            "90天内毛利（未扣回访成本）",
            unit="¥",
        ),
    ),
    compressed=True,
)

SERVICE_CHECKS = Table(
    "service_checks",
    "Test calls to every agent: four before 1 September 2025, four after; half of the teams then had a checklist",
    "对每位坐席的测试电话（2025年9月1日前后各四次；此后半数班组使用清单）",
    ("agent_id", "checked_on"),
    (
        Column("agent_id", "text", "The agent", "坐席编号", refers="agents.agent_id"),
        Column("checked_on", "date", "Day of the test call", "测试日期"),
        Column(
            "checklist", "bool", "The team worked with the checklist; teams drawn by lot", "是否使用清单（随机分组）"
        ),
        Column("points", "int", "Points of the service standard kept", "达到的服务标准项数", unit="0–20"),
        Column("seconds", "int", "How long the same case took", "处理时长", unit="s"),
    ),
    compressed=True,
)

EXPECTATION_FACTORS = Table(
    "expectation_factors",
    "What shapes expectations: ten more answers of those who answered the last wave of the survey",
    "影响期望的十个因素（最后一批满意度调查答复者）",
    ("respondent_id",),
    (
        Column("respondent_id", "text", "The answer in surveys", "受访编号", refers="surveys.respondent_id"),
        *(Column(name, "int", meaning, meaning_zh, unit="1–7") for name, meaning, meaning_zh in FACTORS),
    ),
    compressed=True,
)

DEALER_SURVEY = Table(
    "dealer_survey",
    "Dealers asked before the improvement programme and after: one row a dealer, wave and attribute",
    "经销商满意度调查（改进计划前后）：每家每次每项一行",
    ("dealer_id", "wave", "attribute"),
    (
        Column("dealer_id", "text", "The dealer, as in dealer_program", "经销商编号"),
        Column("wave", "text", "March 2025, before; December 2025, after", "调查批次", values=WAVES),
        Column("attribute", "text", "What was asked about", "调查项", values=ATTRIBUTES),
        Column("importance", "int", "How important it is", "重要性", unit="1–10"),
        Column("satisfaction", "int", "How satisfied with Willow Lane's", "满意度", unit="1–10"),
    ),
    compressed=True,
)

WRITTEN_INTERVALS = Table(
    "written_intervals",
    "Chats and e-mails of the whole company by half-hours, 8:00 to 22:00, from 3 November 2025",
    "在线咨询与邮件半小时汇总（全公司，2025年11月3日起，8:00–22:00）",
    ("date", "start", "channel"),
    (
        Column("date", "date", "Day", "日期"),
        Column("start", "text", "When the half-hour begins", "时段开始", unit="HH:MM"),
        Column("channel", "text", "Chat or e-mail", "渠道", values=WRITTEN),
        Column("offered", "int", "Contacts that arrived", "进入量", unit="contacts"),
        Column(
            "handling_seconds",
            "float",
            "Mean time an agent was busy with one; empty if none came",
            "平均处理时长（无则为空）",
            unit="s",
            empty=True,
        ),
    ),
    compressed=True,
)

CALL_NOTES = Table(
    "call_notes",
    "What else became of a call: passed on to a specialist, or a call-back asked for while waiting",
    "来电补充记录：转接二线，或等待时要求回电",
    ("call_id",),
    (
        Column("call_id", "text", "The call", "来电编号", refers="calls.call_id"),
        Column(
            "specialist", "text", "To whom it was passed on; else empty", "转接对象", values=SPECIALISTS, empty=True
        ),
        Column(
            "specialist_seconds",
            "float",
            "Time the specialist was busy with it; else empty",
            "二线处理时长",
            unit="s",
            empty=True,
        ),
        Column("call_back", "bool", "After a minute's wait the caller asked to be called back", "等待一分钟后要求回电"),
        Column("called_back_at", "time", "When that was done; empty if not", "回电时间（未回电则为空）", empty=True),
    ),
    compressed=True,
)

SERVING = (CALL_BACKS, SERVICE_CHECKS, EXPECTATION_FACTORS, DEALER_SURVEY, WRITTEN_INTERVALS, CALL_NOTES)
