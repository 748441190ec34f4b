"""The tables of what customers say when asked: surveys, interview studies, prices."""

from crm_lab.schema.table import Column, Table

WAVES = ("2025Q1", "2025Q2", "2025Q3", "2025Q4")
ANSWERED = ("online", "phone", "no")
DIMENSIONS = ("tangibles", "reliability", "responsiveness", "assurance", "empathy")
_CONSTRUCTS = (
    ("expectation", "期望", 3),
    ("quality", "感知质量", 3),
    ("value", "感知价值", 2),
    ("satisfaction", "满意", 3),
    ("complaint", "抱怨", 2),
    ("loyalty", "忠诚", 3),
)


def _score(name: str, meaning: str, meaning_zh: str, unit: str, kind: str = "float") -> Column:
    return Column(name, kind, meaning, meaning_zh, unit=unit, empty=kind == "float")


def _respondent(meaning: str, meaning_zh: str) -> Column:
    return Column("respondent_id", "text", meaning, meaning_zh)


SURVEYS = Table(
    "surveys",
    "One row an invitation to the satisfaction survey, answered or not",
    "满意度调查：每行一份邀请（含未答复者）",
    ("respondent_id",),
    (
        _respondent("Number of the invitation: S… in the panel, E… other customers of the company", "受访编号"),
        Column(
            "customer_id",
            "text",
            "The customer, where in the panel",
            "客户编号（仅样本内客户）",
            refers="customers.customer_id",
            empty=True,
        ),
        Column("wave", "text", "Wave of the survey", "调查批次", values=WAVES),
        Column("invited_at", "time", "When the invitation went out", "邀请时间"),
        Column("phoned", "bool", "Drawn at random for a call after not answering; never in the panel", "是否电话追访"),
        Column("answered", "text", "How the invitation was answered", "答复方式", values=ANSWERED),
        Column("answered_at", "time", "When it was answered; empty if not", "答复时间", empty=True),
        _score("csat", "Satisfaction with Willow Lane (CSAT)", "满意度评分", "1–5"),
        _score("nps", "How likely to recommend Willow Lane (NPS)", "推荐意愿", "0–10"),
        _score("ces", "How easy Willow Lane makes it (CES)", "省力程度", "1–7"),
        *(
            _score(
                f"{name}_{n}",
                f"Answer {n} on {name}; wording in survey_questions",
                f"{name_zh}题目{n}（措辞见 survey_questions）",
                "1–10",
            )
            for name, name_zh, count in _CONSTRUCTS
            for n in range(1, count + 1)
        ),
    ),
    compressed=True,
)

SURVEY_QUESTIONS = Table(
    "survey_questions",
    "The wording of every question, feature and attribute in the surveys",
    "各调查题目、功能与属性的措辞",
    ("question_id",),
    (
        Column("question_id", "text", "The question, feature or attribute", "题目编号"),
        Column("survey", "text", "Table that holds the answers", "所属数据表"),
        Column("topic", "text", "What it measures", "测量内容"),
        Column("wording", "text", "As the customer reads it", "题目措辞", localised=True),
    ),
)

SERVQUAL = Table(
    "servqual",
    "SERVQUAL interviews: one row a person and statement",
    "SERVQUAL 服务质量访谈：每行一人一题",
    ("respondent_id", "question_id"),
    (
        _respondent("Number of the person", "受访者编号"),
        Column("dimension", "text", "Dimension of service quality", "服务质量维度", values=DIMENSIONS),
        Column("question_id", "text", "The statement", "题目编号", refers="survey_questions.question_id"),
        _score("expectation", "What an excellent shop should do", "期望评分", "1–7", "int"),
        _score("perception", "What Willow Lane does", "感知评分", "1–7", "int"),
    ),
    compressed=True,
)

KANO = Table(
    "kano",
    "Kano interviews: one row a person and feature; 1 like it, 2 expect it, 3 neutral, 4 can bear it, 5 dislike it",
    "卡诺模型访谈：每行一人一项功能（1喜欢 2理应如此 3无所谓 4能忍受 5不喜欢）",
    ("respondent_id", "feature"),
    (
        _respondent("Number of the person", "受访者编号"),
        Column("feature", "text", "The feature", "功能", refers="survey_questions.question_id"),
        _score("functional", "How they feel if the shop has it", "具备时的感受", "1–5", "int"),
        _score("dysfunctional", "How they feel if the shop does not have it", "不具备时的感受", "1–5", "int"),
    ),
    compressed=True,
)

ATTRIBUTE_RATINGS = Table(
    "attribute_ratings",
    "Importance of attributes and satisfaction with them: one row a person and attribute",
    "属性重要性与满意度评分：每行一人一项属性",
    ("respondent_id", "attribute"),
    (
        _respondent("Number of the person", "受访者编号"),
        Column("attribute", "text", "The attribute", "属性", refers="survey_questions.question_id"),
        _score("importance", "How important it is", "重要性", "1–10", "int"),
        _score("satisfaction", "How satisfied with Willow Lane's", "满意度", "1–10", "int"),
    ),
    compressed=True,
)

PRICE_SURVEY = Table(
    "price_survey",
    "Price sensitivity after van Westendorp: one row a person and product",
    "价格敏感度调查（PSM）：每行一人一件商品",
    ("respondent_id", "product_id"),
    (
        _respondent("Number of the person; the same in price_offers", "受访者编号（与 price_offers 相同）"),
        Column("product_id", "text", "The product", "商品编号", refers="products.product_id"),
        Column("too_cheap", "money", "So cheap that one would doubt its quality", "太便宜的价格", unit="¥"),
        Column("cheap", "money", "A bargain", "便宜的价格", unit="¥"),
        Column("expensive", "money", "Getting expensive, still worth a thought", "偏贵的价格", unit="¥"),
        Column("too_expensive", "money", "Too expensive to consider", "太贵的价格", unit="¥"),
    ),
    compressed=True,
)

PRICE_OFFERS = Table(
    "price_offers",
    "Gabor-Granger interviews: one row a person, product and price",
    "Gabor-Granger 价格测试：每行一人一件商品一个价格",
    ("respondent_id", "product_id", "price"),
    (
        _respondent("Number of the person; the same in price_survey", "受访者编号（与 price_survey 相同）"),
        Column("product_id", "text", "The product", "商品编号", refers="products.product_id"),
        Column("price", "money", "The price named", "询问价格", unit="¥"),
        Column("would_buy", "bool", "Would buy at this price", "愿意购买"),
    ),
    compressed=True,
)

VOICE_ASKED = (SURVEYS, SURVEY_QUESTIONS, SERVQUAL, KANO, ATTRIBUTE_RATINGS, PRICE_SURVEY, PRICE_OFFERS)
