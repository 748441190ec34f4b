"""Customers, products, orders and what belongs to them."""

from crm_lab.schema.table import Column, Table

KINDS = ("consumer", "business", "dealer", "employee")
REGIONS = ("east", "north", "south", "central", "west")
ACQUISITION = ("display", "search", "platform", "email", "mobile", "community", "referral")
CATEGORIES = ("kitchen", "tea", "textiles", "lighting", "storage", "garden", "stationery", "bath")
ORDER_CHANNELS = ("web", "app", "platform", "phone", "portal")
PAYMENTS = ("wallet", "card", "cash_on_delivery", "invoice")
STATUSES = ("delivered", "cancelled", "open")
RETURN_REASONS = ("changed_mind", "damaged", "not_as_described", "too_late")
TIERS = ("gold", "silver", "bronze")

CUSTOMERS = Table(
    "customers",
    "Everyone with an account: the panel of customers, resellers and staff",
    "所有注册账户：客户样本、经销商和员工",
    ("customer_id",),
    (
        Column("customer_id", "text", "Number of the account", "客户编号"),
        Column("name", "text", "Name of the person, or of the contact person", "姓名", localised=True),
        Column("email", "text", "E-mail address; its domain cannot exist", "电子邮箱", localised=True),
        Column("phone", "text", "Telephone number; its prefix belongs to no country", "电话"),
        Column("city", "text", "City of delivery", "城市", localised=True),
        Column("region", "text", "Region of delivery", "地区", values=REGIONS),
        Column("kind", "text", "Who the account belongs to", "账户类型", values=KINDS),
        Column("channel", "text", "Where the account was won", "获客渠道", values=ACQUISITION),
        Column("birthday", "date", "Date of birth of the person or contact person", "生日"),
        Column("registered_at", "time", "When the account was opened", "注册时间"),
        Column("last_visit_at", "time", "Last visit to shop or app, with or without an order", "最近访问时间"),
        Column("marketing_consent", "bool", "Agreed to receive offers", "同意接收营销信息"),
        Column("account_open", "bool", "False once the owner has closed the account", "账户有效"),
        Column(
            "recommend_score",
            "float",
            "Latest answer to “How likely are you to recommend us?”; empty if never answered",
            "推荐意愿评分（未回答则为空）",
            unit="0–10",
            empty=True,
        ),
        Column(
            "advice_contacts", "int", "Times advice was asked for, last 12 months", "近12个月咨询次数", unit="times"
        ),
        Column("frame_contract", "bool", "Buys under a frame contract with shared planning", "签有框架合同"),
    ),
)

PRODUCTS = Table(
    "products",
    "What Willow Lane sells",
    "商品",
    ("product_id",),
    (
        Column("product_id", "text", "Number of the product", "商品编号"),
        Column("name", "text", "Name of the product", "商品名称", localised=True),
        Column("category", "text", "Category", "类别", values=CATEGORIES),
        Column("list_price", "money", "Price without promotion", "标价", unit="¥"),
        Column("unit_cost", "money", "What one piece costs Willow Lane", "单位成本", unit="¥"),
        Column("launched_on", "date", "First day on sale", "上架日期"),
    ),
)

ORDERS = Table(
    "orders",
    "One row an order",
    "订单",
    ("order_id",),
    (
        Column("order_id", "text", "Number of the order", "订单编号"),
        Column("customer_id", "text", "Who ordered", "客户编号", refers="customers.customer_id"),
        Column("ordered_at", "time", "When the order was placed", "下单时间"),
        Column("channel", "text", "Where it was placed", "下单渠道", values=ORDER_CHANNELS),
        Column("payment", "text", "How it is paid", "支付方式", values=PAYMENTS),
        Column("promotion", "bool", "Bought at a promotion price", "是否促销"),
        Column("status", "text", "Delivered, cancelled, or still open today", "订单状态", values=STATUSES),
        Column("delivered_at", "time", "When it arrived; empty unless delivered", "送达时间", empty=True),
        Column("items", "int", "Pieces ordered", "件数", unit="pieces"),
        Column("revenue", "money", "What the customer pays", "销售额", unit="¥"),
        Column(
            "margin",
            "money",
            "What the order leaves after goods, fulfilment and returns; "
            "for a cancelled or open order, what it would leave",
            "订单毛利（扣除成本、履约与退货；未送达订单为预计值）",
            unit="¥",
        ),
    ),
    compressed=True,
)

ORDER_LINES = Table(
    "order_lines",
    "One row a product in an order",
    "订单明细",
    ("order_id", "line_no"),
    (
        Column("order_id", "text", "The order", "订单编号", refers="orders.order_id"),
        Column("line_no", "int", "Number of the line within the order", "行号"),
        Column("product_id", "text", "The product", "商品编号", refers="products.product_id"),
        Column("quantity", "int", "Pieces", "数量", unit="pieces"),
        Column("unit_price", "money", "Price of one piece on that day", "成交单价", unit="¥"),
        Column("unit_cost", "money", "What one piece costs Willow Lane", "单位成本", unit="¥"),
    ),
    compressed=True,
)

RETURNS = Table(
    "returns",
    "One row a returned order line",
    "退货",
    ("return_id",),
    (
        Column("return_id", "text", "Number of the return", "退货编号"),
        Column("order_id", "text", "The order", "订单编号", refers="orders.order_id"),
        Column("line_no", "int", "The line that came back", "行号"),
        Column("product_id", "text", "The product", "商品编号", refers="products.product_id"),
        Column("returned_at", "time", "When it came back", "退货时间"),
        Column("quantity", "int", "Pieces returned", "退货数量", unit="pieces"),
        Column("refund", "money", "Paid back to the customer", "退款", unit="¥"),
        Column("reason", "text", "Reason given", "退货原因", values=RETURN_REASONS),
        Column("loss", "money", "Taken off the order's margin: refund and handling less resale", "损失", unit="¥"),
    ),
    compressed=True,
)

DEALERS = Table(
    "dealers",
    "Business resellers; each also has a row in customers",
    "经销商",
    ("dealer_id",),
    (
        Column("dealer_id", "text", "Number of the dealer", "经销商编号"),
        Column("customer_id", "text", "The dealer's account", "客户编号", refers="customers.customer_id"),
        Column("name", "text", "Name of the shop", "店名", localised=True),
        Column("city", "text", "City", "城市", localised=True),
        Column("region", "text", "Region", "地区", values=REGIONS),
        Column("tier", "text", "Level in the dealer programme", "等级", values=TIERS),
        Column("since", "date", "Dealer since", "合作起始日"),
        Column("annual_target", "money", "Purchases agreed for a year", "年度目标", unit="¥"),
    ),
)

COMMERCE = (CUSTOMERS, PRODUCTS, ORDERS, ORDER_LINES, RETURNS, DEALERS)
