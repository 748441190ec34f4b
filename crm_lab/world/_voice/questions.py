"""The wording of every survey question, feature and attribute, in each locale."""

from __future__ import annotations

import pandas as pd

from crm_lab.world._names import LOCALES

SURVEY = (
    ("csat", "csat", "All in all, how satisfied are you with Willow Lane?", "总的来说，您对柳巷满意吗？"),
    ("nps", "nps", "How likely are you to recommend Willow Lane to a friend?", "您有多大可能向朋友推荐柳巷？"),
    ("ces", "ces", "Willow Lane makes it easy to get what I want.", "在柳巷，我很容易办成想办的事。"),
    (
        "expectation_1",
        "expectation",
        "Before you first ordered: how good did you expect us to be?",
        "首次下单前，您预期我们整体有多好？",
    ),
    (
        "expectation_2",
        "expectation",
        "How well did you expect us to meet your own needs?",
        "您预期我们能在多大程度上满足您的需要？",
    ),
    ("expectation_3", "expectation", "How seldom did you expect things to go wrong?", "您预期出问题的情况有多少见？"),
    ("quality_1", "quality", "How good has Willow Lane been so far?", "到目前为止，柳巷整体有多好？"),
    ("quality_2", "quality", "How well have your own needs been met?", "您的需要得到满足的程度如何？"),
    ("quality_3", "quality", "How seldom have things gone wrong?", "实际出问题的情况有多少见？"),
    ("value_1", "value", "Given the prices, how good is what you get?", "就价格而言，您得到的质量如何？"),
    ("value_2", "value", "Given what you get, how fair are the prices?", "就质量而言，价格有多合理？"),
    ("satisfaction_1", "satisfaction", "How satisfied are you overall?", "您总体上有多满意？"),
    (
        "satisfaction_2",
        "satisfaction",
        "How far has Willow Lane met or beaten what you expected?",
        "柳巷在多大程度上达到或超出您的预期？",
    ),
    (
        "satisfaction_3",
        "satisfaction",
        "How close is Willow Lane to your ideal shop?",
        "柳巷离您心中的理想商店有多近？",
    ),
    ("complaint_1", "complaint", "How often did you have reason to complain?", "您遇到想投诉的情况有多频繁？"),
    (
        "complaint_2",
        "complaint",
        "How likely are you to complain in the coming months?",
        "未来几个月您投诉的可能性有多大？",
    ),
    ("loyalty_1", "loyalty", "How likely is it that your next order is with us?", "您下次仍在柳巷购买的可能性有多大？"),
    (
        "loyalty_2",
        "loyalty",
        "How likely would you stay if prices rose a little?",
        "如果略微涨价，您继续购买的可能性有多大？",
    ),
    ("loyalty_3", "loyalty", "How likely are you to try other things we sell?", "您尝试我们其他商品的可能性有多大？"),
)

SERVQUAL = {
    "tangibles": (
        ("Website and app look up to date.", "网站和应用看起来新颖美观。"),
        ("Pictures show what one will receive.", "图片与实物相符。"),
        ("Parcels arrive neat and clean.", "包裹整洁干净。"),
        ("Leaflets and invoices are pleasant to read.", "说明书和单据清楚美观。"),
    ),
    "reliability": (
        ("A promised delivery day is kept.", "承诺的送达日期能够兑现。"),
        ("A problem is taken on in earnest.", "出现问题时会认真解决。"),
        ("The first delivery is the right one.", "第一次送来的就是正确的商品。"),
        ("Call-backs come when they were promised.", "承诺的回电会按时打来。"),
        ("Bills and balances are free of errors.", "账单和余额没有差错。"),
    ),
    "responsiveness": (
        ("One is told exactly when things will happen.", "会明确告知办理时间。"),
        ("Questions are answered without delay.", "提问能得到及时答复。"),
        ("Staff are glad to help.", "员工乐于帮忙。"),
        ("Staff take the time, however busy they are.", "再忙也会抽时间回应。"),
    ),
    "assurance": (
        ("What staff say gives confidence.", "员工的话让人放心。"),
        ("Paying there feels safe.", "付款让人感到安全。"),
        ("Staff stay courteous.", "员工始终有礼貌。"),
        ("Staff know what they sell.", "员工了解所售商品。"),
    ),
    "empathy": (
        ("One is treated as a person, not a number.", "把顾客当作一个人而不是一个编号。"),
        ("Help can be had at hours that suit.", "服务时间方便顾客。"),
        ("Somebody looks after one's own case.", "有专人跟进自己的事情。"),
        ("The shop has the customer's good in mind.", "商店为顾客着想。"),
        ("Staff grasp what one needs.", "员工明白顾客的需要。"),
    ),
}

FEATURES = (
    ("correct_order", "Everything ordered is in the parcel", "包裹内商品齐全无误"),
    ("secure_payment", "Payment is secure", "付款安全"),
    ("undamaged_parcel", "The parcel arrives undamaged", "包裹完好无损"),
    ("fast_delivery", "Delivery within two days", "两天内送达"),
    ("easy_returns", "Returns in three clicks", "三步完成退货"),
    ("order_tracking", "The parcel can be followed on a map", "地图追踪包裹"),
    ("gift_wrapping", "Free gift wrapping", "免费礼品包装"),
    ("care_tips", "A card with care tips for each product", "每件商品附保养卡"),
    ("birthday_surprise", "A small gift on one's birthday", "生日小礼物"),
    ("printed_catalogue", "A printed catalogue twice a year", "每年两本纸质目录"),
    ("parcel_colour", "The colour of the parcel can be chosen", "可选包裹颜色"),
    ("daily_messages", "A message about offers every day", "每天推送优惠消息"),
)

ATTRIBUTES = (
    ("product_quality", "Quality of the products", "商品质量"),
    ("product_choice", "Choice of products", "商品种类"),
    ("price_level", "Prices", "价格水平"),
    ("delivery_time", "Time until delivery", "送达时间"),
    ("packaging", "Packaging", "包装"),
    ("advice", "Advice before buying", "购前咨询"),
    ("complaint_handling", "What happens after a complaint", "投诉处理"),
    ("returns", "Returns", "退货"),
    ("app", "The app", "手机应用"),
    ("community", "The user community", "用户社区"),
)


def make_questions(locale: str) -> pd.DataFrame:
    """The wording of all questions: one row a question, feature or attribute.

    >>> make_questions("en_US").groupby("survey").size()["servqual"]
    np.int64(22)
    """
    rows = [("surveys", topic, name, *words) for name, topic, *words in SURVEY]
    rows += [
        ("servqual", dimension, f"{dimension}_{number}", *words)
        for dimension, statements in SERVQUAL.items()
        for number, words in enumerate(statements, 1)
    ]
    rows += [("kano", "feature", name, *words) for name, *words in FEATURES]
    rows += [("attribute_ratings", "attribute", name, *words) for name, *words in ATTRIBUTES]
    language = LOCALES.index(locale)
    return pd.DataFrame(
        [(name, survey, topic, words[language]) for survey, topic, name, *words in rows],
        columns=["question_id", "survey", "topic", "wording"],
    )
