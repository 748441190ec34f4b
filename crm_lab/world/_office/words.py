"""What customers say at the five doors, and what the tasks of a roll-out are called, in English and Chinese."""

from __future__ import annotations

Wordings = tuple[tuple[str, str], ...]

MESSAGES: dict[str, Wordings] = {
    "order": (
        ("I have placed an order, please confirm.", "我已下单，请确认。"),
        ("Here is my order; please send it to the usual address.", "这是我的订单，请寄到常用地址。"),
        ("Please take this order.", "请受理这份订单。"),
    ),
    "complaint": (
        ("Something went wrong with my order, please put it right.", "我的订单出了问题，请处理。"),
        ("I am not happy with what arrived.", "收到的东西我不满意。"),
        ("This is not what you promised.", "这和你们承诺的不一样。"),
    ),
    "return_request": (
        ("I would like to send something back.", "我想退货。"),
        ("How do I return this?", "这个怎么退？"),
        ("It does not fit, please take it back.", "不合适，请退回。"),
    ),
    "question": (
        ("Where is my parcel?", "我的包裹到哪儿了？"),
        ("Which of the two would you advise?", "这两款您推荐哪一款？"),
        ("I have a question before I buy.", "购买前想咨询一下。"),
    ),
    "cancellation": (
        ("Please cancel my order.", "请取消我的订单。"),
        ("I have changed my mind about my order.", "我不想要这单了。"),
        ("Stop the order, please, if it has not left yet.", "如果还没发货，请停止发货。"),
    ),
    "consent": (
        ("I want to change what you may use my data for.", "我要更改个人信息的使用授权。"),
        ("Please note my new choice about your messages.", "请更新我对营销信息的选择。"),
        ("This is about my consent.", "关于我的授权同意。"),
    ),
    "enquiry": (
        ("We are a company and would like to see your conditions.", "我们是企业客户，想了解合作条件。"),
        ("Please send us an offer for our rooms.", "请为我们的客房提供报价。"),
        ("Who looks after companies in our region?", "我们地区由谁负责企业客户？"),
    ),
}

# phase, owner, usual working days, numbers of the tasks before, control point, English, Chinese
TASKS = (
    ("plan", "management", 8, (), False, "Agree on goals and how they are measured", "确定目标与衡量方法"),
    ("plan", "sales", 12, (1,), False, "Ask departments what they need", "调研各部门需求"),
    ("plan", "management", 5, (2,), True, "Approve plan and budget", "审批总体规划与预算"),
    ("optimise", "sales", 15, (3,), False, "Draw today's sales process and shorten it", "梳理并优化销售流程"),
    ("optimise", "service", 18, (3,), False, "Draw today's service process and shorten it", "梳理并优化服务流程"),
    ("optimise", "it", 20, (3,), False, "Clean and merge customer data", "清洗与合并客户数据"),
    ("optimise", "management", 4, (4, 5), True, "Approve the new processes", "审批新流程"),
    ("select", "it", 10, (3,), False, "Write the list of requirements", "编写需求清单"),
    ("select", "management", 15, (7, 8), False, "Score vendors and see demonstrations", "厂商评分与演示"),
    ("select", "management", 8, (9,), True, "Sign the contract", "签订合同"),
    ("trial", "it", 15, (10,), False, "Install and connect the systems", "安装与系统对接"),
    ("trial", "it", 10, (6, 11), False, "Load the customer data", "导入客户数据"),
    ("trial", "service", 9, (10,), False, "Train the first users", "培训首批用户"),
    ("trial", "sales", 20, (12, 13), False, "Work with it in one region", "在一个地区试用"),
    ("trial", "management", 4, (14,), True, "Accept the trial", "验收试用结果"),
    ("improve", "it", 15, (15,), False, "Change what the trial has shown", "根据试用结果修改"),
    ("improve", "service", 14, (15,), False, "Train everyone else", "培训全体人员"),
    ("improve", "management", 6, (16, 17), True, "Switch over and measure", "全面切换并评估"),
)
