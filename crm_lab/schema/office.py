"""The tables inside the CRM itself: what comes in by the five doors, the paper forms, the roll-out, account changes."""

from crm_lab.schema.commerce import REGIONS
from crm_lab.schema.table import Column, Table

DOORS = ("phone", "web", "fax", "email", "app")
MATTERS = ("order", "complaint", "return_request", "question", "cancellation", "consent", "enquiry")
PHASES = ("plan", "optimise", "select", "trial", "improve")
OWNERS = ("management", "sales", "service", "it")
VENDORS = ("orrinby", "castellane", "mirevo", "pellworth", "zandria")
CRITERIA = ("functions", "integration", "ease_of_use", "scale", "security", "support", "references", "price")
CHANGES = ("moved", "closed")
EXIT_REASONS = ("bad_service", "price", "found_elsewhere", "no_need", "too_many_messages", "privacy")

EVENTS = Table(
    "events",
    "What came in by the five doors in the last 30 days, as it came; leads of the whole company",
    "最近30天经五个入口进入触发中心的事件（线索为全公司）",
    ("event_id",),
    (
        Column("event_id", "text", "Number of the event", "事件编号"),
        Column("happened_at", "time", "When it came in", "发生时间"),
        Column("door", "text", "By which door", "入口", values=DOORS),
        Column("matter", "text", "What it is about", "事项", values=MATTERS),
        Column(
            "customer_id",
            "text",
            "Whose account; empty for a company without one",
            "客户编号（尚无账户则为空）",
            refers="customers.customer_id",
            empty=True,
        ),
        Column(
            "record_id",
            "text",
            "The order, ticket or lead it became; empty where none was made",
            "生成的订单、工单或线索编号（未生成则为空）",
            empty=True,
        ),
        Column("message", "text", "What was said or written", "原话", localised=True),
    ),
    compressed=True,
)


def _written(name: str, meaning: str, meaning_zh: str, localised: bool = False) -> Column:
    return Column(name, "text", meaning, meaning_zh, empty=True, localised=localised)


ROW_NO = Column("row_no", "int", "Number of the row, in the order in which they were typed in", "录入行号")

REGISTRATION_FORMS = Table(
    "registration_forms",
    "Customer registration forms typed in from paper, faults and all",
    "客户信息登记表（纸质录入，含错误）",
    ("row_no",),
    (
        ROW_NO,
        _written("form_no", "Number printed on the form", "表单编号"),
        _written("name", "Name", "姓名", localised=True),
        _written("phone", "Telephone number", "电话"),
        _written("birthday", "Date of birth", "生日"),
        _written("city", "City", "城市", localised=True),
        _written("channel", "Where the customer heard of us", "获知渠道"),
        _written("signed_on", "Day of the signature", "签字日期"),
        _written("consent", "Agrees to receive offers: yes or no", "是否同意接收营销信息"),
    ),
)

PROSPECT_SHEETS = Table(
    "prospect_sheets",
    "Prospect tracking sheets typed in from paper, faults and all",
    "意向客户跟踪表（纸质录入，含错误）",
    ("row_no",),
    (
        ROW_NO,
        _written("sheet_no", "Number printed on the sheet", "表单编号"),
        _written("company", "Name of the company", "公司名称", localised=True),
        _written("rep_id", "Sales representative", "销售代表"),
        _written("stage", "Stage reached", "阶段"),
        _written("first_contact", "Day of the first contact", "首次联系日期"),
        _written("next_contact", "Day on which to get in touch again", "下次联系日期"),
        _written("value", "What the company would buy in a year, ¥", "预计年采购额"),
        _written("chance", "Chance to win it, %", "成交可能性（%）"),
    ),
)

DAILY_REPORTS = Table(
    "daily_reports",
    "Daily sales reports typed in from paper, one row a day and counter, faults and all",
    "营业日报表（纸质录入，每天每柜台一行，含错误）",
    ("row_no",),
    (
        ROW_NO,
        _written("day", "The day", "日期"),
        _written("counter", "Counter of the showroom", "柜台"),
        _written("sales", "Sales", "销售笔数"),
        _written("cash", "Taken in cash, ¥", "现金"),
        _written("card", "Taken by card, ¥", "刷卡"),
        _written("wallet", "Taken by mobile wallet, ¥", "移动支付"),
        _written("total", "Taken in all, ¥", "合计"),
    ),
)

VENDOR_SCORES = Table(
    "vendor_scores",
    "How the selection team judges five made-up vendors of CRM software: one row a vendor and criterion",
    "五家虚构CRM厂商的评分：每家每项一行",
    ("vendor", "criterion"),
    (
        Column("vendor", "text", "The vendor", "厂商", values=VENDORS),
        Column("criterion", "text", "What is judged", "评分项", values=CRITERIA),
        Column("weight", "int", "Weight the team agreed on", "权重", unit="%"),
        Column("score", "int", "Mark of the team; for the price: 10 is the cheapest", "得分", unit="1–10"),
    ),
)

ROLLOUT_TASKS = Table(
    "rollout_tasks",
    "The tasks of bringing in a CRM system, with what has to be finished before each",
    "CRM系统实施任务及其前置任务",
    ("task_id",),
    (
        Column("task_id", "text", "Number of the task", "任务编号"),
        Column("phase", "text", "Phase of the roll-out", "阶段", values=PHASES),
        Column("task", "text", "What is to be done", "任务", localised=True),
        Column("owner", "text", "Who is responsible", "负责方", values=OWNERS),
        Column(
            "after", "text", "Tasks to be finished before, with ; between them", "前置任务（以分号分隔）", empty=True
        ),
        Column("days_low", "int", "Working days if all goes well", "乐观工期", unit="days"),
        Column("days_likely", "int", "Working days most likely", "最可能工期", unit="days"),
        Column("days_high", "int", "Working days if much goes wrong", "悲观工期", unit="days"),
        Column("cost", "money", "Cost", "费用", unit="¥"),
        Column("control_point", "bool", "Its result is checked before work goes on", "是否控制点"),
    ),
)

ACCOUNT_CHANGES = Table(
    "account_changes",
    "Moves to another city and accounts closed; customers holds what is true today",
    "账户变更：迁居与销户（现状见 customers）",
    ("customer_id", "changed_at"),
    (
        Column("customer_id", "text", "Whose account", "客户编号", refers="customers.customer_id"),
        Column("changed_at", "time", "When", "变更时间"),
        Column("change", "text", "Moved, or closed the account", "变更类型", values=CHANGES),
        Column("city_before", "text", "City before the move", "迁居前城市", empty=True, localised=True),
        Column("region_before", "text", "Region before the move", "迁居前地区", values=REGIONS, empty=True),
        Column(
            "reason",
            "text",
            "Why the account was closed, as the owner says; empty if not told",
            "销户原因（未说明则为空）",
            values=EXIT_REASONS,
            empty=True,
        ),
    ),
)

INSIDE = (
    EVENTS,
    REGISTRATION_FORMS,
    PROSPECT_SHEETS,
    DAILY_REPORTS,
    VENDOR_SCORES,
    ROLLOUT_TASKS,
    ACCOUNT_CHANGES,
)
