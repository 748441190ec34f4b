"""The tables of every contact with customers: campaigns, consents, visits, failures and tickets."""

from crm_lab.schema.table import Column, Table

CAMPAIGN_CHANNELS = ("email", "sms", "phone", "app")
CAMPAIGN_OFFERS = ("coupon", "voucher", "advice_call", "none")
CAMPAIGN_KINDS = ("consumer", "business")
PURPOSES = ("marketing", "personalisation", "phone_calls")
CONSENT_SOURCES = ("registration", "preference_centre", "email_link", "phone")
VISIT_CHANNELS = ("web", "app")
VISIT_SOURCES = ("direct", "search", "email", "display", "community")
FAILURES = ("late", "damaged", "wrong_item", "missing_item")
TICKET_CHANNELS = ("phone", "chat", "email", "app")
TOPICS = (*FAILURES, "return_request", "delivery_question", "cancellation", "advice")
OUTCOMES = ("compensated", "replaced", "apology", "refused", "accepted", "answered", "pending")

CAMPAIGNS = Table(
    "campaigns",
    "One row a campaign sent to a random sample of the whole company, with a randomised holdout",
    "营销活动（面向全公司随机样本，设随机对照组）",
    ("campaign_id",),
    (
        Column("campaign_id", "text", "Code of the campaign", "活动代码"),
        Column("sent_on", "date", "Day on which the treated were contacted", "执行日期"),
        Column("channel", "text", "How they were contacted", "触达渠道", values=CAMPAIGN_CHANNELS),
        Column("offer", "text", "What they were given", "优惠内容", values=CAMPAIGN_OFFERS),
        Column("discount", "float", "Taken off what a treated buyer pays", "折扣比例", unit="share"),
        Column("contact_cost", "money", "Cost of contacting one person", "单人触达成本", unit="¥"),
        Column("people", "int", "People in the experiment", "实验人数", unit="people"),
        Column("holdout", "float", "Chance of being held out, the same for everyone", "对照组比例", unit="share"),
        Column("window_days", "int", "Days in which the outcome was counted", "观察期", unit="days"),
    ),
)

CAMPAIGN_RESULTS = Table(
    "campaign_results",
    "One row a person in a campaign's experiment; people of the whole company, outside the panel",
    "活动结果（每人一行；来自全公司，不属于客户样本）",
    ("person_id",),
    (
        Column("person_id", "text", "Number of the person; each takes part once", "人员编号"),
        Column("campaign_id", "text", "The campaign", "活动代码", refers="campaigns.campaign_id"),
        Column("treated", "bool", "Contacted; False for the holdout", "是否触达"),
        Column("kind", "text", "Who the account belongs to", "账户类型", values=CAMPAIGN_KINDS),
        Column("recency_days", "int", "Days from the last order to the campaign", "距上次下单天数", unit="days"),
        Column("orders_year", "int", "Orders in the year before", "前一年订单数", unit="orders"),
        Column("spend_year", "int", "Spent in the year before", "前一年消费额", unit="¥"),
        Column("promotion_orders", "int", "Of these orders, at a promotion price", "其中促销订单数", unit="orders"),
        Column("advice_contacts", "int", "Times advice was asked for in that year", "前一年咨询次数", unit="times"),
        Column("messages_quarter", "int", "Messages they got in the 90 days before", "前90天收到信息数", unit="items"),
        Column("bought", "bool", "Ordered within the window", "观察期内是否下单"),
        Column("revenue", "money", "What they paid within the window", "观察期内销售额", unit="¥"),
        Column("margin", "money", "Revenue less goods and shipping, before the contact's cost", "毛利", unit="¥"),
    ),
    compressed=True,
)

CONSENTS = Table(
    "consents",
    "One row a decision about consent; the latest of a customer and purpose is in force",
    "同意记录（每次决定一行，以最近一次为准）",
    ("customer_id", "purpose", "recorded_at"),
    (
        Column("customer_id", "text", "Who decided", "客户编号", refers="customers.customer_id"),
        Column("purpose", "text", "What the data may be used for", "用途", values=PURPOSES),
        Column("recorded_at", "time", "When it was recorded", "记录时间"),
        Column("granted", "bool", "True: may be used; False: declined or withdrawn", "是否同意"),
        Column("source", "text", "Where it was recorded", "来源", values=CONSENT_SOURCES),
    ),
    compressed=True,
)

VISITS = Table(
    "visits",
    "One row a visit to shop or app in the last 60 days",
    "最近60天的网站和应用访问",
    ("visit_id",),
    (
        Column("visit_id", "text", "Number of the visit", "访问编号"),
        Column("customer_id", "text", "Who came", "客户编号", refers="customers.customer_id"),
        Column("started_at", "time", "When it began", "开始时间"),
        Column("channel", "text", "Shop or app", "渠道", values=VISIT_CHANNELS),
        Column("source", "text", "What led to the visit", "来源", values=VISIT_SOURCES),
        Column("product_views", "int", "Product pages seen before any checkout", "商品浏览数（结账前）", unit="pages"),
        Column("pages", "int", "All pages seen, checkout included", "页面总数（含结账）", unit="pages"),
        Column("minutes", "int", "How long it lasted, checkout included", "停留分钟数（含结账）", unit="minutes"),
        Column("cart", "bool", "Something was put into the cart", "是否加入购物车"),
        Column("ordered", "bool", "It ended with an order", "是否下单"),
        Column("order_id", "text", "That order; empty without one", "订单编号", refers="orders.order_id", empty=True),
    ),
    compressed=True,
)

FAILURE_LOG = Table(
    "failures",
    "One row a delivered order that went wrong, from the carriers' and the warehouse's own records",
    "履约失误（来自承运商和仓库记录，无论客户是否投诉）",
    ("order_id",),
    (
        Column("order_id", "text", "The order", "订单编号", refers="orders.order_id"),
        Column("failure", "text", "What went wrong; late: after the day promised", "失误类型", values=FAILURES),
    ),
)

TICKETS = Table(
    "tickets",
    "One row a matter a customer brought to customer service",
    "客服工单",
    ("ticket_id",),
    (
        Column("ticket_id", "text", "Number of the ticket", "工单编号"),
        Column("customer_id", "text", "Who turned to us", "客户编号", refers="customers.customer_id"),
        Column("order_id", "text", "The order it is about, if any", "订单编号", refers="orders.order_id", empty=True),
        Column(
            "return_id", "text", "The return it is about, if any", "退货编号", refers="returns.return_id", empty=True
        ),
        Column("opened_at", "time", "When the customer turned to us", "提交时间"),
        Column("channel", "text", "How", "渠道", values=TICKET_CHANNELS),
        Column("topic", "text", "What it is about", "主题", values=TOPICS),
        Column("complaint", "bool", "The customer complains about a failure", "是否投诉"),
        Column("first_response_at", "time", "When we first answered; empty if not yet", "首次响应时间", empty=True),
        Column("resolved_at", "time", "When it was closed; empty while pending", "解决时间", empty=True),
        Column("outcome", "text", "How it ended", "结果", values=OUTCOMES),
        Column("compensation", "money", "Given as goodwill, not in the order's margin", "补偿金额", unit="¥"),
    ),
    compressed=True,
)

CONTACT = (CAMPAIGNS, CAMPAIGN_RESULTS, CONSENTS, VISITS, FAILURE_LOG, TICKETS)
