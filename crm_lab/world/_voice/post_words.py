"""What community posts are made of: sentences in English and Chinese, by topic and mood. {thing} is the product."""

# Each entry is a pair (English, Chinese); a topic has as many sentences in a good mood as in a bad one.
OPENERS = (
    ("Got my {thing} the other day.", "前几天收到了{thing}。"),
    ("First post here.", "第一次发帖。"),
    ("Trying out the {thing} now.", "正在试用{thing}。"),
    ("My mother asked me about this one.", "我妈妈问起了这件。"),
    ("Quick word on the {thing}.", "简单说说{thing}。"),
    ("Long-time reader, short post.", "潜水很久，简短说几句。"),
    ("About the {thing}:", "关于{thing}："),
    ("Unpacked the {thing}.", "拆开了{thing}。"),
    ("We use the {thing} every day.", "我们每天都用{thing}。"),
    ("The {thing} was a gift.", "{thing}是份礼物。"),
)
CLOSERS = (
    ("What do you think?", "大家怎么看？"),
    ("Anyone else?", "还有人这样吗？"),
    ("Thanks for reading.", "谢谢阅读。"),
    ("Photos to follow.", "稍后上图。"),
    ("Just my view.", "个人看法。"),
    ("Greetings to all.", "跟大家打个招呼。"),
    ("Will report again.", "之后再来汇报。"),
    ("That is all for now.", "先说到这里。"),
)
GOOD = {
    "quality": (
        ("The quality is lovely, solid material and clean seams.", "质量很好，材质结实，做工整齐。"),
        ("So well made, nothing wobbles or scratches.", "做工精细，不晃也不刮手，质量满分。"),
        ("Fine material that feels as if it will last, great quality.", "材质细腻，感觉很耐用，质量真好。"),
    ),
    "delivery": (
        ("Quick delivery, the courier even called ahead.", "快递很快，快递员还提前打电话。"),
        ("It arrived sooner than I thought, superb delivery.", "比我想的到得早，物流很棒。"),
        ("The courier brought it upstairs, fast delivery too.", "快递员送上楼，物流也快。"),
    ),
    "packaging": (
        ("The packaging is a joy: paper only, everything snug in its box.", "包装很用心，只用纸，盒子里放得稳稳的。"),
        ("Beautiful box, the wrapping kept each corner safe.", "盒子漂亮，包装把每个角都护住了。"),
        ("Packaging without plastic, I kept the box.", "包装没有塑料，盒子我留下了。"),
    ),
    "price": (
        ("For this price it is a bargain.", "这个价格真划算。"),
        ("Cheaper than elsewhere and worth every yuan of the price.", "比别处便宜，价格很值。"),
        ("Compared for weeks, at this price it is a gift.", "比了好几周，这价格像白送。"),
    ),
    "service": (
        ("Customer service answered in a minute and solved it.", "客服一分钟就回复并解决了。"),
        ("Such a kind agent on the phone, real service.", "电话客服很亲切，服务到位。"),
        ("Service explained each step without any fuss.", "客服耐心讲解每一步，服务真好。"),
    ),
    "app": (
        ("The new app is quick, search finds everything.", "新版应用很快，搜索什么都找得到。"),
        ("Ordering in the app takes three taps, love it.", "应用里点三下就下单，喜欢。"),
        ("The app update shows the parcel on the map, neat.", "应用更新后能看到包裹位置，不错。"),
    ),
    "more_colours": (
        ("Love it and wish it came in more colours, dark green perhaps.", "很喜欢，希望多出几种颜色，比如墨绿。"),
        ("Please make it in other colours, I would take two more.", "请出其他颜色，我还想再买两个。"),
        ("A blue one would be perfect, more colours please.", "有蓝色就完美了，请多出些颜色。"),
    ),
    "spare_parts": (
        ("Happy with it, and would be happier if spare parts could be ordered.", "很满意，要是能买配件就更好了。"),
        ("Please sell the lid as a spare part, then it lasts for ever.", "请单卖盖子这样的配件，就能用一辈子。"),
        ("Great thing, could you offer a repair kit with spare parts?", "好东西，能不能出带配件的维修包？"),
    ),
    "gift_wrap": (
        ("Wonderful present, a gift wrap option at checkout would be great.", "很好的礼物，结账时能选礼品包装就好了。"),
        ("Please add gift wrapping with a card, I give these to friends.", "请增加礼品包装和贺卡，我常拿来送朋友。"),
        ("I wrapped it myself, but a gift ribbon from you would be nicer.", "我自己包的，你们提供礼品丝带就更好了。"),
    ),
    "larger_size": (
        ("So good that I would like a larger size for the family.", "太好用了，希望出大号给全家用。"),
        ("Please offer it bigger, the size fits one person only.", "请出更大的尺寸，现在只够一个人用。"),
        ("A larger size would sell at once, I am sure.", "出大号一定马上卖光，尺寸大些吧。"),
    ),
}
BAD = {
    "quality": (
        ("The quality is poor, the material cracked at first use.", "质量差，材质一用就裂了。"),
        ("Badly made, the seams came apart.", "做工粗糙，接缝都开了，质量不行。"),
        (
            "Scratches on the material and one side is bent, disappointing quality.",
            "材质有划痕，一边还弯了，质量令人失望。",
        ),
    ),
    "delivery": (
        ("Delivery felt endless and nobody said why.", "快递慢得没完没了，没人说明原因。"),
        ("The courier left it in the rain, terrible delivery.", "快递员把它丢在雨里，物流太差。"),
        ("Waited and waited by the door: delivery is too slow.", "在门口等了又等，物流太慢了。"),
    ),
    "packaging": (
        ("The packaging was torn and the box crushed.", "包装破了，盒子压扁了。"),
        ("Far too much plastic wrapping for one small box.", "一个小盒子用了太多塑料包装。"),
        ("Careless packaging, it rattled loose in a huge box.", "包装马虎，在大盒子里晃来晃去。"),
    ),
    "price": (
        ("The price is too high for what it is.", "这东西价格太高了。"),
        ("Who sets the price here? Far too steep.", "价格是谁定的？贵得离谱。"),
        ("Not worth the price, others ask half.", "不值这个价格，别家只要一半。"),
    ),
    "service": (
        ("Customer service never called back.", "客服一直没有回电。"),
        ("Three agents, three answers, useless service.", "三个客服三种说法，服务没用。"),
        ("Service was rude and hung up on me.", "客服态度差，还挂我电话，服务糟糕。"),
    ),
    "app": (
        ("The app crashes whenever I open the basket.", "一打开购物车应用就闪退。"),
        ("Since the update the app is slow and search finds nothing.", "更新后应用很慢，搜索什么都找不到。"),
        ("The app logged me out during payment, twice.", "付款时应用把我退出了两次。"),
    ),
    "more_colours": (
        ("Only dull colours to choose from, more colours please.", "可选颜色都很暗，请多出些颜色。"),
        ("The colour does not suit any room, why no other colours?", "这颜色跟哪个房间都不搭，为什么没有其他颜色？"),
        ("Looked sad on the shelf, it needs brighter colours.", "放在架上显得沉闷，需要更亮的颜色。"),
    ),
    "spare_parts": (
        ("One part broke and no spare parts can be had, a pity.", "坏了一个零件却买不到配件，可惜。"),
        ("Had to throw it away because there are no spare parts.", "因为没有配件只好扔掉。"),
        ("The lid is gone and nobody sells a spare part, frustrating.", "盖子没了又没有配件卖，郁闷。"),
    ),
    "gift_wrap": (
        ("No gift wrapping offered, I had to hand it over in a brown bag.", "没有礼品包装，只好用纸袋送人。"),
        ("The bill lay inside the present: why is there no gift option?", "礼物里还放着账单，为什么没有礼品选项？"),
        ("A gift without ribbon or card looks poor.", "礼品没有丝带和贺卡，显得寒酸。"),
    ),
    "larger_size": (
        ("Too small for us, a larger size is missing.", "对我们太小，缺少大号尺寸。"),
        ("The size is a joke for a family of four, make it bigger.", "四口之家用这尺寸太小，请做大些。"),
        ("Gave it to a neighbour, I need the larger size you do not have.", "送给邻居了，我需要你们没有的大号尺寸。"),
    ),
}
