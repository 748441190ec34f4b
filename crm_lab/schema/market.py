"""The tables about the market: prices, rivals, stock, marketing, selling to companies, dealers, tasks."""

from crm_lab.schema.commerce import ACQUISITION, REGIONS, TIERS
from crm_lab.schema.table import Column, Table

COMPETITORS = ("quillmoor", "tallowby", "osierden")
LEAD_STAGES = ("new", "contacted", "qualified", "proposal", "negotiation", "won", "lost")
LEAD_SOURCES = ("website", "trade_fair", "cold_call", "referral", "community")
INDUSTRIES = ("hotel", "restaurant", "office", "gift_shop", "design_studio")
OBJECTIONS = ("price", "timing", "need", "authority", "trust")
LOST_REASONS = (*OBJECTIONS, "competitor", "no_answer")
EVENTS = ("stage", "follow_up", "objection")
CONTACTS = ("phone", "email", "visit", "chat")
TASKS = ("call_back", "return_call", "contract_review", "dealer_visit")

PRICES = Table(
    "prices",
    "List price of each product over time: one row a period",
    "商品标价历史：每个价格有效期一行",
    ("product_id", "from_date"),
    (
        Column("product_id", "text", "The product", "商品编号", refers="products.product_id"),
        Column("from_date", "date", "First day of this price", "生效日"),
        Column(
            "to_date", "date", "Last day of this price; empty for today's price", "失效日（现行价为空）", empty=True
        ),
        Column("list_price", "money", "Price without promotion", "标价", unit="¥"),
    ),
)

COMPETITOR_PRICES = Table(
    "competitors",
    "Price watch: what three made-up rivals ask for the same product, every Monday",
    "竞争对手价格监测：每周一，三家虚构对手的同款价格",
    ("competitor", "product_id", "week"),
    (
        Column("competitor", "text", "The rival", "竞争对手", values=COMPETITORS),
        Column("product_id", "text", "Our product it is compared with", "对应商品", refers="products.product_id"),
        Column("week", "date", "Monday on which the price was read", "监测日（周一）"),
        Column("price", "money", "Price the rival asks, promotions included", "对手售价（含促销）", unit="¥"),
    ),
    compressed=True,
)

STOCK = Table(
    "stock",
    "Stock of each product on each of the last 90 days, for the customers of the panel",
    "近90天每日库存（供样本客户）",
    ("product_id", "day"),
    (
        Column("product_id", "text", "The product", "商品编号", refers="products.product_id"),
        Column("day", "date", "The day", "日期"),
        Column("opening", "int", "Pieces in the morning", "期初库存", unit="pieces"),
        Column("received", "int", "Pieces delivered to us on the day", "入库", unit="pieces"),
        Column(
            "sold", "int", "Pieces ordered on the day, cancelled orders left out", "销售（不含取消）", unit="pieces"
        ),
        Column("closing", "int", "Pieces in the evening: opening + received − sold", "期末库存", unit="pieces"),
    ),
    compressed=True,
)

CHANNEL_SPEND = Table(
    "channel_spend",
    "Marketing of the whole company of about 100,000 accounts: one row a month and channel",
    "全公司（约10万账户）各获客渠道每月营销投入",
    ("month", "channel"),
    (
        Column("month", "date", "First day of the month", "月份"),
        Column("channel", "text", "Channel", "获客渠道", values=ACQUISITION),
        Column("spend", "money", "Money spent; word of mouth costs nothing", "投入", unit="¥"),
        Column("impressions", "int", "Times an ad, a message or an invitation was seen", "展示次数", unit="times"),
        Column("clicks", "int", "Visits that came of it", "点击", unit="times"),
        Column("sign_ups", "int", "Forms filled in, doubles and false addresses included", "注册申请", unit="forms"),
        Column("new_customers", "int", "Confirmed accounts: these are in customers", "新客户", unit="accounts"),
    ),
)

REPS = Table(
    "reps",
    "Sales representatives; each looks after one region",
    "销售代表，每人负责一个地区",
    ("rep_id",),
    (
        Column("rep_id", "text", "Number of the representative", "销售代表编号"),
        Column("name", "text", "Name", "姓名", localised=True),
        Column("region", "text", "Territory", "负责地区", values=REGIONS),
        Column("hired_on", "date", "First day at work", "入职日"),
        Column("monthly_salary", "money", "Fixed salary a month", "固定月薪", unit="¥"),
        Column(
            "commission_rate", "float", "Share of the value won that is paid as commission", "提成比例", unit="share"
        ),
    ),
)

LEADS = Table(
    "leads",
    "Companies that may become customers, of the whole company: one row a lead, as it stands today",
    "全公司企业销售线索：每条线索一行，为当前状态",
    ("lead_id",),
    (
        Column("lead_id", "text", "Number of the lead", "线索编号"),
        Column("company", "text", "Name of the company", "公司名称", localised=True),
        Column("city", "text", "City", "城市", localised=True),
        Column("region", "text", "Region", "地区", values=REGIONS),
        Column("industry", "text", "What the company does", "行业", values=INDUSTRIES),
        Column("source", "text", "How the lead came", "来源", values=LEAD_SOURCES),
        Column("rep_id", "text", "Who looks after it", "销售代表", refers="reps.rep_id"),
        Column("created_at", "time", "When the lead came in", "创建时间"),
        Column("value", "money", "What the company would buy in a year, as estimated", "预计年采购额", unit="¥"),
        Column("stage", "text", "Stage reached; won and lost are final", "当前阶段", values=LEAD_STAGES),
        Column("closed_at", "time", "When it was won or lost; empty while open", "结束时间（未结束为空）", empty=True),
        Column("lost_reason", "text", "Why it was lost; else empty", "丢单原因", values=LOST_REASONS, empty=True),
    ),
    compressed=True,
)

LEAD_EVENTS = Table(
    "lead_events",
    "What happened to each lead: stages entered, follow-ups, objections",
    "线索跟进记录：进入阶段、跟进、异议",
    ("lead_id", "event_no"),
    (
        Column("lead_id", "text", "The lead", "线索编号", refers="leads.lead_id"),
        Column("event_no", "int", "Number of the event within the lead, by time", "序号"),
        Column("happened_at", "time", "When", "时间"),
        Column("event", "text", "A stage entered, a follow-up or an objection", "事件类型", values=EVENTS),
        Column("stage", "text", "Stage entered, or in which it happened", "阶段", values=LEAD_STAGES),
        Column("contact", "text", "How they talked; empty for a stage", "联系方式", values=CONTACTS, empty=True),
        Column("objection", "text", "What was objected to; else empty", "异议内容", values=OBJECTIONS, empty=True),
        Column(
            "nature",
            "text",
            "Real objection or excuse, as judged afterwards; else empty",
            "真异议或借口（事后判断）",
            values=("real", "excuse"),
            empty=True,
        ),
    ),
    compressed=True,
)

QUOTAS = Table(
    "quotas",
    "What each representative is to win in a quarter",
    "销售代表季度定额",
    ("rep_id", "quarter"),
    (
        Column("rep_id", "text", "The representative", "销售代表", refers="reps.rep_id"),
        Column("quarter", "date", "First day of the quarter", "季度首日"),
        Column("quota", "money", "Yearly value of leads to be won in the quarter", "定额", unit="¥"),
    ),
)

DEALER_PROGRAM = Table(
    "dealer_program",
    "Dealers before and after the improvement programme, of the whole company: one row a dealer and quarter",
    "全公司经销商改进计划前后：每家每季度一行",
    ("dealer_id", "quarter"),
    (
        Column("dealer_id", "text", "Number of the dealer; those of the panel are in dealers too", "经销商编号"),
        Column("region", "text", "Region", "地区", values=REGIONS),
        Column("tier", "text", "Level in the dealer programme", "等级", values=TIERS),
        Column("assignment", "text", "Drawn by lot: takes part or not", "随机分组", values=("programme", "control")),
        Column("quarter", "date", "First day of the quarter; the programme begins on 2025-04-01", "季度首日"),
        Column("score", "float", "Service score of mystery shoppers", "服务评分（神秘顾客）", unit="0–100"),
        Column("sales", "money", "What the dealer sold to consumers", "终端销售额", unit="¥"),
    ),
    compressed=True,
)

REMINDERS = Table(
    "reminders",
    "Tasks of the account managers, due in the last 120 and the next 30 days",
    "客户经理待办事项（前120天至后30天）",
    ("reminder_id",),
    (
        Column("reminder_id", "text", "Number of the task", "待办编号"),
        Column("customer_id", "text", "The customer", "客户编号", refers="customers.customer_id"),
        Column("rep_id", "text", "Who is to do it", "负责人", refers="reps.rep_id"),
        Column("task", "text", "What is to be done", "事项", values=TASKS),
        Column("created_at", "time", "When it was noted", "创建时间"),
        Column("due_at", "time", "When it is due", "到期时间"),
        Column("done_at", "time", "When it was done; empty if not yet", "完成时间（未完成为空）", empty=True),
    ),
    compressed=True,
)

WATCHES = Table(
    "watches",
    "What customers asked to be told: a price low enough, or a product back in stock",
    "客户关注：降价或到货提醒",
    ("watch_id",),
    (
        Column("watch_id", "text", "Number of the watch", "关注编号"),
        Column("customer_id", "text", "Who asked", "客户编号", refers="customers.customer_id"),
        Column("product_id", "text", "The product", "商品编号", refers="products.product_id"),
        Column("watch", "text", "Wait for a price or for stock", "关注类型", values=("price", "stock")),
        Column("asked_on", "date", "Day of the request", "提出日期"),
        Column(
            "price_level",
            "float",
            "Tell me once the list price is this or lower; empty for stock",
            "期望价格（标价不高于）",
            unit="¥",
            empty=True,
        ),
    ),
)

MARKET: tuple[Table, ...] = (
    PRICES,
    COMPETITOR_PRICES,
    STOCK,
    CHANNEL_SPEND,
    REPS,
    LEADS,
    LEAD_EVENTS,
    QUOTAS,
    DEALER_PROGRAM,
    REMINDERS,
    WATCHES,
)
