"""The tables of winning orders and of carrying them out: touches, mailings, stages of orders, quotations, expenses."""

from crm_lab.schema.commerce import ACQUISITION
from crm_lab.schema.table import Column, Table

SUBJECTS = ("plain", "by_name")
STAGES = (
    "received",
    "credit_check",
    "confirmed",
    "changed",
    "picked",
    "shipped",
    "delivered",
    "invoiced",
    "paid",
    "cancelled",
)
EXPENSES_OF = ("travel", "meals", "samples")

TOUCHES = Table(
    "touches",
    "Where private customers won in 2025 had met us before they opened an account; the last touch is customers.channel",
    "2025年新个人客户开户前的接触路径（末次接触即 customers.channel）",
    ("customer_id", "touch_no"),
    (
        Column("customer_id", "text", "The customer", "客户编号", refers="customers.customer_id"),
        Column("touch_no", "int", "Number of the touch, by time", "序号"),
        Column("touched_at", "time", "When", "接触时间"),
        Column("channel", "text", "Where", "渠道", values=ACQUISITION),
    ),
    compressed=True,
)

MAILINGS = Table(
    "mailings",
    "One row an e-mail of the monthly newsletter, July to December 2025; the kind of subject line is drawn at random",
    "月度邮件发送记录（2025年7–12月，标题形式随机）",
    ("customer_id", "sent_at"),
    (
        Column("customer_id", "text", "To whom", "客户编号", refers="customers.customer_id"),
        Column("sent_at", "time", "When it was sent", "发送时间"),
        Column("subject", "text", "Plain, or with the customer's name", "标题形式（随机）", values=SUBJECTS),
        Column("opened", "bool", "It was opened", "是否打开"),
        Column("clicked", "bool", "A link in it was followed", "是否点击"),
    ),
    compressed=True,
)

ORDER_STAGES = Table(
    "order_stages",
    "The way of the orders of companies and dealers since July 2025: one row a stage entered",
    "企业与经销商订单流程（2025年7月起）：每进入一个环节一行",
    ("order_id", "step_no"),
    (
        Column("order_id", "text", "The order", "订单编号", refers="orders.order_id"),
        Column("step_no", "int", "Number of the step within the order, by time", "序号"),
        Column("stage", "text", "The stage entered", "环节", values=STAGES),
        Column("entered_at", "time", "When", "进入时间"),
    ),
    compressed=True,
)

QUOTES = Table(
    "quotes",
    "Quotations sent to leads: one with the proposal, often a second after an objection to the price",
    "报价单：提案时一份，价格异议后常有第二份",
    ("lead_id", "quote_no"),
    (
        Column("lead_id", "text", "To whom", "线索编号", refers="leads.lead_id"),
        Column("quote_no", "int", "Number of the quotation within the lead", "序号"),
        Column("sent_at", "time", "When it was sent", "发送时间"),
        Column("list_value", "money", "A year's purchases at list prices", "按标价的年采购额", unit="¥"),
        Column("discount", "float", "Taken off", "折扣", unit="share"),
        Column("amount", "money", "A year's purchases as quoted", "报价金额", unit="¥"),
        Column("valid_until", "date", "Last day on which it binds us", "有效期至"),
    ),
    compressed=True,
)

EXPENSES = Table(
    "expenses",
    "What the sales representatives spent and claim: one row a month and kind",
    "销售代表报销：每月每类一行",
    ("rep_id", "month", "kind"),
    (
        Column("rep_id", "text", "The representative", "销售代表", refers="reps.rep_id"),
        Column("month", "date", "First day of the month", "月份"),
        Column("kind", "text", "For what", "类别", values=EXPENSES_OF),
        Column("amount", "money", "Amount claimed", "报销金额", unit="¥"),
        Column("receipt", "bool", "Receipts are complete", "票据齐全"),
    ),
    compressed=True,
)

WINNING = (TOUCHES, MAILINGS, ORDER_STAGES, QUOTES, EXPENSES)
