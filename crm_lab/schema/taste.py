"""The tables about what people like and for whom they buy: roles, designs, favourites, product pages."""

from crm_lab.schema.table import Column, Table

OCCASIONS = ("self", "household", "gift", "company")
PERSONS = (
    "self",
    "partner",
    "child",
    "parent",
    "friend",
    "community",
    "owner",
    "manager",
    "clerk",
    "staff",
    "guests",
    "customers",
)
COLOURS = ("natural", "indigo", "rust", "sage", "charcoal")
FABRICS = ("linen", "cotton", "bamboo")
SIZES = ("small", "medium", "large")

ORDER_ROLES = Table(
    "order_roles",
    "Who stands behind an order: answers of customers asked at random in 2025 after ordering",
    "订单背后的五种角色（2025年下单后随机询问）",
    ("order_id",),
    (
        Column("order_id", "text", "The order", "订单编号", refers="orders.order_id"),
        Column("occasion", "text", "For whom it is", "购买目的", values=OCCASIONS),
        Column("initiator", "text", "Who had the idea first", "倡议者", values=PERSONS),
        Column("influencer", "text", "Who gave advice", "影响者", values=PERSONS),
        Column("decider", "text", "Who decided", "决策者", values=PERSONS),
        Column("buyer", "text", "Who placed the order and paid", "购买者", values=PERSONS),
        Column("user", "text", "Who receives and uses it", "使用者", values=PERSONS),
        Column("gift_note", "text", "Card sent with a gift; else empty", "礼品留言", empty=True, localised=True),
    ),
    compressed=True,
)

CONFIGURATIONS = Table(
    "configurations",
    "Table linen designed by private customers in the shop's configurator; the delivery time is drawn at random",
    "个人客户在定制器中设计的餐桌布艺（交货期随机给出）",
    ("design_id",),
    (
        Column("design_id", "text", "Number of the design", "设计编号"),
        Column("customer_id", "text", "Who designed it", "客户编号", refers="customers.customer_id"),
        Column("designed_at", "time", "When", "设计时间"),
        Column("colour", "text", "Colour", "颜色", values=COLOURS),
        Column("fabric", "text", "Fabric", "面料", values=FABRICS),
        Column("size", "text", "Size", "尺寸", values=SIZES),
        Column("monogram", "bool", "With embroidered letters", "是否绣字"),
        Column("price", "money", "Price shown", "显示价格", unit="¥"),
        Column("cost", "money", "Cost of making it for one customer", "单件定制成本", unit="¥"),
        Column("days_promised", "int", "Days to delivery shown, drawn at random", "承诺交货天数（随机）", unit="days"),
        Column("ordered", "bool", "It was ordered", "是否下单"),
    ),
    compressed=True,
)

FAVOURITES = Table(
    "favourites",
    "Products that 900 people put on their list of favourites; of the whole company, outside the panel",
    "全公司900人（样本外）的商品收藏记录",
    ("person_id", "product_id"),
    (
        Column("person_id", "text", "Number of the person", "人员编号"),
        Column("marked_on", "date", "Day on which it was marked", "收藏日期"),
        Column("product_id", "text", "The product", "商品编号", refers="products.product_id"),
    ),
    compressed=True,
)

VIEWS = Table(
    "views",
    "The product pages seen in each visit, in their order; visits.product_views counts them",
    "每次访问浏览的商品页面（按顺序）",
    ("visit_id", "view_no"),
    (
        Column("visit_id", "text", "The visit", "访问编号", refers="visits.visit_id"),
        Column("view_no", "int", "Number of the page within the visit", "序号"),
        Column("product_id", "text", "The product seen", "商品编号", refers="products.product_id"),
    ),
    compressed=True,
)

TASTE = (ORDER_ROLES, CONFIGURATIONS, FAVOURITES, VIEWS)
