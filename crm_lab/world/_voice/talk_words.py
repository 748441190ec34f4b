"""What agents and customers say: turns in English and Chinese, by {agent} to {name}."""

PROBLEMS = {
    "late": (
        ("My order came days later than you promised.", "我的订单比你们承诺的晚了好几天。"),
        ("I waited at home for nothing, the parcel came on another day.", "我在家白等了一天，包裹改天才来。"),
    ),
    "damaged": (
        ("Part of my order arrived broken.", "我的订单里有东西送来就是坏的。"),
        ("I opened the box and found cracks everywhere.", "我打开盒子，到处是裂纹。"),
    ),
    "wrong_item": (
        ("You sent me something I did not order.", "你们寄来的不是我订的东西。"),
        ("The parcel holds the wrong product.", "包裹里的商品不对。"),
    ),
    "return": (
        ("I would like to send something back. How does that work?", "我想退货，怎么办理？"),
        ("Can I still return part of my order?", "订单里的东西还能退吗？"),
    ),
    "question": (
        ("How do I look after what I bought?", "我买的东西怎么保养？"),
        ("Can I still get an invoice for my order?", "我的订单还能开发票吗？"),
    ),
}
RESTATED = {
    "late": (
        "So the parcel came too late and you waited in vain, is that right?",
        "您是说包裹来晚了，让您白等了，对吗？",
    ),
    "damaged": ("If I understand you well, it reached you broken, is that right?", "我理解的是，收到时就坏了，对吗？"),
    "wrong_item": ("So what came is not what you ordered, is that right?", "您是说收到的和订的不一样，对吗？"),
    "return": ("So you want to return it and be paid back, is that right?", "您是想退货并退款，对吗？"),
    "question": (
        "So you would like to know that for your last order, is that right?",
        "您是想了解上一单的情况，对吗？",
    ),
}
SOLVED = {
    "late": (
        "I am paying the delivery charge back and have spoken to the courier.",
        "我把运费退给您，也已和快递公司沟通。",
    ),
    "damaged": ("I am sending you a new one, and you may keep the broken one.", "我给您补发一件新的，坏的不用寄回。"),
    "wrong_item": (
        "The right product leaves us now, a courier will pick up the other.",
        "正确的商品现在寄出，另一件由快递上门取回。",
    ),
    "return": ("I have opened the return, the label is in your messages.", "我已登记退货，退货单发到您的消息里了。"),
    "question": ("I have put the answer, with all the steps, into your messages.", "答复和具体步骤已发到您的消息里。"),
}
UNSOLVED = (
    ("There is nothing I can do from here.", "我这边没有办法。"),
    ("You will have to look on the website.", "您自己去网站上看吧。"),
    ("That is another department.", "这归别的部门管。"),
)
GREETING = (
    ("Good day and welcome to Willow Lane.", "您好，欢迎联系柳巷。"),
    ("Hello, thank you for contacting Willow Lane.", "您好，感谢您联系柳巷。"),
)
NO_GREETING = (("Yes?", "什么事？"), ("Order number?", "订单号？"))
OWN_NAME = (
    ("My name is {agent}.", "我是{agent}。"),
    ("You are speaking with {agent}.", "由{agent}为您服务。"),
)
CUSTOMER_NAME = (
    ("Let me look into it, {name}.", "{name}，我来查一下。"),
    ("One moment please, {name}.", "{name}，请稍等。"),
)
NO_CUSTOMER_NAME = (("I will look.", "我看看。"), ("Wait.", "等一下。"))
EMPATHY = (
    ("I am sorry about the trouble, I would be upset too.", "给您添麻烦了，非常抱歉，换作我也会着急。"),
    ("I understand how annoying that is, I am sorry.", "我理解您的心情，实在抱歉。"),
)
DEADLINE = (
    ("It will be done by tomorrow noon.", "明天中午前办好。"),
    ("You will hear from us within two days.", "两天之内给您答复。"),
)
ASKS_MORE = (
    ("Is there anything else I can do for you?", "还有什么可以帮您的吗？"),
    ("May I help you with anything more?", "还有别的需要帮忙吗？"),
)
THANKS = (
    ("Thank you for your patience, have a nice day.", "感谢您的耐心，祝您愉快。"),
    ("Thank you for letting us know, goodbye.", "谢谢您的反馈，再见。"),
)
NO_THANKS = (("Bye.", "再见。"), ("That was it.", "就这样。"))
RUDE = (
    ("You should have read the conditions.", "您早该看清条款。"),
    ("Calm down, it is only a parcel.", "别激动，不就一个包裹。"),
)
CONTENT = (("Good, that helps.", "好的，这样可以。"), ("All right, thank you.", "行，谢谢。"))
ANNOYED = (("That does not help me.", "这没有帮到我。"), ("I expected more.", "我还以为你们能做得更好。"))
CONFIRMS = (("Yes, exactly.", "对，就是这样。"), ("Yes, and I want it sorted out.", "对，请尽快处理。"))
NO_MORE = (("No, that is all.", "没有了。"), ("Nothing else.", "没别的了。"))
