"""The tables of what customers say of themselves and to agents, and of the dirty extract."""

from crm_lab.schema.table import Column, Table

SOURCES = ("web", "app", "call_centre")
DEFECTS = (
    ("name_typo", "A letter of the name is missing, doubled or exchanged", "姓名有错字"),
    ("name_style", "Name in capitals or small letters; in Chinese with a form of address", "姓名大小写或称谓不规范"),
    ("name_spaces", "Too many spaces in or around the name", "姓名含多余空格"),
    ("name_swapped", "Family name and given name exchanged", "姓与名颠倒"),
    ("email_missing", "No e-mail address", "缺少邮箱"),
    ("email_invalid", "Not a possible e-mail address", "邮箱无效"),
    ("phone_missing", "No telephone number", "缺少电话"),
    ("phone_format", "Telephone number written differently", "电话格式不一"),
    ("date_format", "Birthday written differently from 1990-04-30", "日期格式不一"),
    ("birthday_missing", "No birthday", "缺少生日"),
    ("birthday_invalid", "A birthday that cannot be", "生日无效"),
    ("city_variant", "City spelt differently", "城市写法不一"),
    ("stale", "City and phone from before a move", "信息过期"),
)

POSTS = Table(
    "posts",
    "Posts in the user community about something bought",
    "用户社区帖子",
    ("post_id",),
    (
        Column("post_id", "text", "Number of the post", "帖子编号"),
        Column("customer_id", "text", "Who wrote it", "客户编号", refers="customers.customer_id"),
        Column("order_id", "text", "The order it is about", "订单编号", refers="orders.order_id"),
        Column("product_id", "text", "The product it is about", "商品编号", refers="products.product_id"),
        Column("posted_at", "time", "When it was posted", "发帖时间"),
        Column("likes", "int", "Likes up to today", "点赞数", unit="likes"),
        Column("text", "text", "What it says", "内容", localised=True),
    ),
    compressed=True,
)

TRANSCRIPTS = Table(
    "transcripts",
    "Recorded conversations between customers and agents",
    "客服对话",
    ("transcript_id",),
    (
        Column("transcript_id", "text", "Number of the conversation", "对话编号"),
        Column("customer_id", "text", "The customer", "客户编号", refers="customers.customer_id"),
        Column("order_id", "text", "The order it is about", "订单编号", refers="orders.order_id"),
        Column("agent_code", "text", "The agent; conversations of chat agents only", "客服代码"),
        Column(
            "reason",
            "text",
            "Why the customer got in touch",
            "联系原因",
            values=("late", "damaged", "wrong_item", "return", "question"),
        ),
        Column("started_at", "time", "When it began", "开始时间"),
        Column("rating", "int", "What the customer gave the conversation", "客户评分", unit="1–5"),
    ),
)

TRANSCRIPT_LINES = Table(
    "transcript_lines",
    "One row a turn of a conversation",
    "客服对话明细：每行一句",
    ("transcript_id", "line_no"),
    (
        Column("transcript_id", "text", "The conversation", "对话编号", refers="transcripts.transcript_id"),
        Column("line_no", "int", "Number of the turn", "行号"),
        Column("speaker", "text", "Who speaks", "说话人", values=("customer", "agent")),
        Column("text", "text", "What is said", "内容", localised=True),
    ),
    compressed=True,
)

DIRTY_CUSTOMERS = Table(
    "dirty_customers",
    "A deliberately dirty extract of customers from three channels; every column as it was typed",
    "来自三个渠道的脏数据客户名单（原样文本）",
    ("row_id",),
    (
        Column("row_id", "text", "Number of the row", "行编号"),
        Column("source", "text", "Channel the row comes from", "来源渠道", values=SOURCES),
        Column("name", "text", "Name", "姓名", localised=True),
        Column("email", "text", "E-mail address", "电子邮箱", empty=True, localised=True),
        Column("phone", "text", "Telephone number", "电话", empty=True),
        Column("birthday", "text", "Date of birth", "生日", empty=True),
        Column("city", "text", "City", "城市", localised=True),
        Column("updated_at", "time", "When the row was last changed", "更新时间"),
    ),
    compressed=True,
)

DIRTY_CUSTOMERS_TRUTH = Table(
    "dirty_customers_truth",
    "Whose row each row of dirty_customers is, and what was done to it",
    "脏数据的真实客户及所植入的缺陷",
    ("row_id",),
    (
        Column("row_id", "text", "The row", "行编号", refers="dirty_customers.row_id"),
        Column("customer_id", "text", "Whose row it is", "客户编号", refers="customers.customer_id"),
        Column("duplicate", "bool", "An earlier row is the same customer's", "是否重复"),
        *(Column(name, "bool", meaning, meaning_zh) for name, meaning, meaning_zh in DEFECTS),
    ),
    compressed=True,
)

VOICE_SAID = (POSTS, TRANSCRIPTS, TRANSCRIPT_LINES, DIRTY_CUSTOMERS, DIRTY_CUSTOMERS_TRUTH)
