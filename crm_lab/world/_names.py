"""Names of people, cities and products, in each locale. Everything here is localised; no number depends on it."""

from __future__ import annotations

from functools import cache

POOL = 600
POOL_SEED = 20240101
LOCALES = ("en_US", "zh_CN")

CITIES = (
    ("Shanghai", "上海", "east"),
    ("Hangzhou", "杭州", "east"),
    ("Nanjing", "南京", "east"),
    ("Suzhou", "苏州", "east"),
    ("Ningbo", "宁波", "east"),
    ("Hefei", "合肥", "east"),
    ("Xiamen", "厦门", "east"),
    ("Qingdao", "青岛", "east"),
    ("Beijing", "北京", "north"),
    ("Tianjin", "天津", "north"),
    ("Shijiazhuang", "石家庄", "north"),
    ("Taiyuan", "太原", "north"),
    ("Dalian", "大连", "north"),
    ("Shenyang", "沈阳", "north"),
    ("Guangzhou", "广州", "south"),
    ("Shenzhen", "深圳", "south"),
    ("Dongguan", "东莞", "south"),
    ("Nanning", "南宁", "south"),
    ("Haikou", "海口", "south"),
    ("Wuhan", "武汉", "central"),
    ("Changsha", "长沙", "central"),
    ("Zhengzhou", "郑州", "central"),
    ("Nanchang", "南昌", "central"),
    ("Chengdu", "成都", "west"),
    ("Chongqing", "重庆", "west"),
    ("Xi'an", "西安", "west"),
    ("Kunming", "昆明", "west"),
    ("Guiyang", "贵阳", "west"),
)
CITY_WEIGHTS = (9, 7, 5, 5, 3, 2, 2, 3, 9, 4, 2, 1, 2, 2, 8, 8, 3, 2, 1, 5, 4, 3, 2, 6, 5, 3, 2, 2)

MATERIALS = (("Bamboo", "竹制"), ("Linen", "亚麻"), ("Stoneware", "粗陶"))
THINGS = {
    "kitchen": (
        ("chopping board", "砧板"),
        ("spice box", "调料盒"),
        ("soup bowl", "汤碗"),
        ("steamer", "蒸笼"),
        ("apron", "围裙"),
    ),
    "tea": (
        ("tea tray", "茶盘"),
        ("tea caddy", "茶罐"),
        ("teapot", "茶壶"),
        ("cup set", "杯具"),
        ("tea towel", "茶巾"),
    ),
    "textiles": (
        ("cushion", "靠垫"),
        ("throw", "盖毯"),
        ("table runner", "桌旗"),
        ("curtain", "窗帘"),
        ("slippers", "拖鞋"),
    ),
    "lighting": (
        ("table lamp", "台灯"),
        ("night light", "夜灯"),
        ("candle holder", "烛台"),
        ("lampshade", "灯罩"),
        ("lantern", "灯笼"),
    ),
    "storage": (
        ("basket", "收纳篮"),
        ("drawer box", "抽屉盒"),
        ("shoe rack", "鞋架"),
        ("laundry bag", "洗衣袋"),
        ("jewellery box", "首饰盒"),
    ),
    "garden": (
        ("flower pot", "花盆"),
        ("watering can", "浇水壶"),
        ("plant stand", "花架"),
        ("bird feeder", "喂鸟器"),
        ("garden bench", "花园长凳"),
    ),
    "stationery": (
        ("pen case", "笔袋"),
        ("notebook", "笔记本"),
        ("desk tidy", "桌面收纳"),
        ("photo frame", "相框"),
        ("calendar", "台历"),
    ),
    "bath": (
        ("bath mat", "浴垫"),
        ("soap dish", "皂碟"),
        ("towel set", "毛巾套装"),
        ("laundry basket", "脏衣篮"),
        ("stool", "浴凳"),
    ),
}


@cache
def people(locale: str) -> tuple[list[str], list[str]]:
    """Pools of given and family names; a million people cost no more Faker calls than one."""
    from faker import Faker

    faker = Faker(locale, use_weighting=False)
    faker.seed_instance(POOL_SEED)
    return [faker.first_name() for _ in range(POOL)], [faker.last_name() for _ in range(POOL)]


def full_name(locale: str, given: str, family: str) -> str:
    """A person's name in the order the locale writes it.

    >>> full_name("en_US", "Ann", "Lee"), full_name("zh_CN", "安", "李")
    ('Ann Lee', '李安')
    """
    return f"{family}{given}" if locale == "zh_CN" else f"{given} {family}"


def email(locale: str, given: str, family: str, number: int) -> str:
    """An address under a domain that can never exist (RFC 2606).

    >>> email("en_US", "Ann", "O'Hara", 41)
    'ann.ohara41@mail.example'
    """
    letters = "".join(c for c in f"{given}.{family}".lower() if c.isascii() and (c.isalpha() or c == "."))
    return f"{letters if locale == 'en_US' else 'c'}{number}@mail.example"


def product(locale: str, category: str, thing: int, material: int) -> str:
    """Name of a product.

    >>> product("en_US", "tea", 0, 0)
    'Bamboo tea tray'
    """
    language = LOCALES.index(locale)
    words = MATERIALS[material][language], THINGS[category][thing][language]
    return "".join(words) if locale == "zh_CN" else " ".join(words)
