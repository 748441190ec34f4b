"""Files of every kind: their shapes, their numbers and dates, who and what counts. See order_files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from tests.data.shop.order_files import (
    COLUMNS,
    NAMES,
    ORDERS,
    Case,
    continued,
    dated,
    extended,
    figures,
    file,
    files,
    german,
    named,
    ods,
    order_total,
    rows,
    sparse,
    sums,
    text,
    xlsx,
)

EXTRA = ("1005", "2024-04-20", "dan@example.com", [("POT-02", 1, 1234.50)])
MORE = [*ORDERS[:3], EXTRA, ORDERS[3]]
ALL = figures()
DE = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)
FR = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
ES = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)
PL = (
    "stycznia",
    "lutego",
    "marca",
    "kwietnia",
    "maja",
    "czerwca",
    "lipca",
    "sierpnia",
    "września",
    "października",
    "listopada",
    "grudnia",
)
RU = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)
PLAIN = text(rows())


def _renamed(names: Sequence[str]) -> dict[str, str]:
    return {ours: names[NAMES.index(theirs)] for ours, theirs in COLUMNS.items()}


def _in(encoding: str, names: Sequence[str], people: dict[str, str], name: str) -> Case:
    orders = [(n, d, people[who], lines) for n, d, who, lines in ORDERS]
    return Case(name, file(text(rows(orders), names=names), encoding=encoding), _renamed(names), figures(orders))


ZH = ["订单号码", "日期", "客户", "货号", "数量", "单价"]
TW = ["訂單編號", "日期", "客戶", "商品編號", "數量", "單價"]
JA = ["注文番号", "注文日", "顧客", "商品コード", "数量", "単価"]
SHAPES = [
    Case("plain", file(PLAIN), expected=ALL),
    Case("tabs", file(text(rows(), "\t"), "orders.txt"), expected=ALL),
    Case("bars", file(text(rows(), "|")), expected=ALL),
    Case("old Macintosh line ends", file(PLAIN.replace("\n", "\r")), expected=ALL),
    Case("order on its first line, number repeated", file(text(continued(1))), expected=ALL, told="first line"),
    Case("order on its first line, nothing repeated", file(text(continued(0))), expected=ALL, told="first line"),
    Case("the same in a workbook with merged cells", file(xlsx([NAMES, *continued(0)]), "orders.xlsx"), expected=ALL),
    Case("a sum above the lines of an order", file(text(sums(True))), expected=ALL, told="sum of the other lines"),
    Case("a sum below them", file(text(sums(False))), expected=ALL, told="sum of the other lines"),
    Case(
        "a sum below them, called so", file(text(sums(False, "Subtotal"))), expected=ALL, told="sum of the other lines"
    ),
    Case("titles above the names", file("My shop\nOrders 2024\n\n" + PLAIN), expected=ALL, told="Lines above"),
    Case("titles with separators", file("My shop,,,,,\nFrom,2024-01-01,to,2024-12-31,,\n" + PLAIN), expected=ALL),
    Case("names on a line that is told", file("a,b,c,d,e,f\n" + PLAIN), expected=ALL, more={"header": 2}),
    Case("no names, and not said", file(text(rows(), names=None)), refusal="header=False"),
    Case(
        "no names, and said",
        file(text(rows(), names=None)),
        {role: NAMES.index(name) + 1 for role, name in COLUMNS.items()},
        ALL,
        more={"header": False},
    ),
    Case("a total at the end", file(PLAIN + "Total,,,,10,3878.49\n"), expected=ALL, told="total"),
    Case("a total in another column", file(PLAIN + ",,Gesamtsumme:,,10,3878.49\n"), expected=ALL),
    Case("a total in Chinese", file(PLAIN + "合计,,,,10,3878.49\n"), expected=ALL),
    Case("footers", file(PLAIN + "\n6,records\nSeller: a shop\n"), expected=ALL),
    Case("two files that overlap", files(text(rows(ORDERS[:3])), text(rows(ORDERS[1:]))), expected=ALL, told="newer"),
    Case("an order cut in two by the end of a file", files(text(rows()[:1]), text(rows()[1:])), expected=ALL),
    Case(
        "two sheets that overlap",
        file(xlsx([NAMES, *rows(ORDERS[:3])], [NAMES, *rows(ORDERS[1:])]), "o.xlsx"),
        expected=ALL,
    ),
    Case(
        "a sheet of notes first",
        file(xlsx([["Read me"], ["please"]], [NAMES, *rows()]), "o.xlsx"),
        expected=ALL,
        told="sheets",
    ),
    Case(
        "numbers of a workbook beside German texts",
        file(
            xlsx([NAMES, ["1", "2024-05-01", "ann", "A", 1, 2.125], ["2", "2024-05-03", "bob", "B", 2, "12,50"]]),
            "o.xlsx",
        ),
        expected=figures([("1", "2024-05-01", "ann", [("A", 1, 2.125)]), ("2", "2024-05-03", "bob", [("B", 2, 12.5)])]),
    ),
    Case("OpenDocument", file(ods([NAMES, *rows()]), "orders.ods"), expected=ALL),
    Case("UTF-16", file(text(rows(), "\t"), encoding="utf-16"), expected=ALL),
    Case("UTF-16 without a mark", file(text(rows(), "\t"), encoding="utf-16-le"), expected=ALL),
    _in("gb18030", ZH, {"ann@example.com": "阿青", "bob@example.com": "小满", "cy@example.com": "李雷"}, "GB18030"),
    _in("big5", TW, {"ann@example.com": "王小明", "bob@example.com": "林小姐", "cy@example.com": "陳先生"}, "Big5"),
    _in(
        "cp932",
        JA,
        {"ann@example.com": "山田太郎", "bob@example.com": "鈴木", "cy@example.com": "佐藤花子"},
        "Shift-JIS",
    ),
    _in(
        "cp1250",
        [*NAMES[:5], "cena"],
        {"ann@example.com": "Łukasz Żak", "bob@example.com": "Świętosława", "cy@example.com": "Paweł"},
        "cp1250",
    ),
    _in(
        "cp1251",
        [*NAMES[:5], "цена"],
        {"ann@example.com": "Иванов", "bob@example.com": "Петрова", "cy@example.com": "Ёлкин"},
        "cp1251",
    ),
    _in(
        "cp1252",
        [*NAMES[:5], "Stückpreis"],
        {"ann@example.com": "Müller", "bob@example.com": "Zoë", "cy@example.com": "Größl"},
        "cp1252",
    ),
    Case(
        "cells guarded against a spreadsheet",
        file(text([[f'="{cell}"' for cell in row] for row in rows()])),
        expected=ALL,
    ),
    Case(
        "apostrophes and tabs against it",
        file(text([["'" + r[0], *r[1:3], "\t" + r[3], *r[4:]] for r in rows()])),
        expected=ALL,
    ),
    Case("numbers cut off by Excel", file(text([["6.91793E+18", *row[1:]] for row in rows()])), refusal="Excel"),
    Case(
        "numbers rounded by Excel",
        file(text([["202605010000000" + "0000", *row[1:]] for row in rows()])),
        refusal="Excel",
    ),
    Case(
        "customers cut off by Excel",
        file(text([[*row[:2], "8.61389E+12", *row[3:]] for row in rows()])),
        refusal="Excel",
    ),
    Case(
        "an amount without quotation marks in the first line",
        file(text(rows()[1:2] + rows()[:1] + rows()[2:]).replace("1234.50", "1,234.50")),
        expected=ALL,
        told="more cells",
    ),
    Case(
        "nothing can be told apart",
        file(PLAIN.replace(",MUG", ",MUG,BLUE").replace(",POT", ",POT,RED").replace(",TRAY", ",TRAY,X")),
        refusal="more cells",
    ),
    Case(
        "a quotation mark never closed",
        file(PLAIN.replace("MUG-01,3", '"MUG-01,3')),
        refusal="cannot be read as a table",
    ),
]

NUMBERS = [
    Case("German", file(text(rows(money=german), ";")), expected=ALL, told="decimal comma"),
    Case("German with codes", file(text(rows(money=lambda p: german(p) + " EUR"), ";")), expected=ALL),
    Case("German with signs before", file(text(rows(money=lambda p: "€ " + german(p)), ";")), expected=ALL),
    Case(
        "pieces with three decimals",
        file(text([[*r[:4], r[4] + ",000", german(float(r[5]))] for r in rows()], ";")),
        expected=ALL,
    ),
    Case(
        "parts of a unit, with units",
        file(
            text(
                [
                    ["1", "2024-05-01", "ann", "TEA-01", "0,750 kg", "8,00"],
                    ["2", "2024-05-03", "bob", "TEA-01", "1,500 kg", "8,00"],
                ],
                ";",
            )
        ),
        expected=figures(
            [("1", "2024-05-01", "ann", [("T", 0.75, 8.0)]), ("2", "2024-05-03", "bob", [("T", 1.5, 8.0)])]
        ),
    ),
    Case(
        "a point for thousands",
        file(text([["1", "2024-05-01", "ann", "A", "1", "2.000"], ["2", "2024-05-03", "bob", "B", "1", "12,50"]], ";")),
        expected=figures(
            [("1", "2024-05-01", "ann", [("A", 1, 2000.0)]), ("2", "2024-05-03", "bob", [("B", 1, 12.5)])]
        ),
    ),
    Case(
        "a comma for thousands",
        file(text([["1", "2024-05-01", "ann", "A", "1", "2,000"], ["2", "2024-05-03", "bob", "B", "1", "12.50"]])),
        expected=figures(
            [("1", "2024-05-01", "ann", [("A", 1, 2000.0)]), ("2", "2024-05-03", "bob", [("B", 1, 12.5)])]
        ),
    ),
    Case(
        "nothing proves the mark, but it is told",
        file(text([["1", "2024-05-01", "ann", "A", "1", "2.000"], ["2", "2024-05-03", "bob", "B", "1", "7.500"]])),
        expected=figures(
            [("1", "2024-05-01", "ann", [("A", 1, 2000.0)]), ("2", "2024-05-03", "bob", [("B", 1, 7500.0)])]
        ),
        more={"decimal": ","},
    ),
    Case("Swiss", file(text(rows(money=lambda p: "CHF " + f"{p:,.2f}".replace(",", "'")))), expected=ALL),
    Case(
        "French",
        file(text(rows(money=lambda p: f"{p:,.2f}".replace(",", "\u202f").replace(".", ",") + " €"), ";")),
        expected=ALL,
    ),
    Case("dollars of Australia", file(text(rows(money="AU ${:,.2f}".format))), expected=ALL),
    Case("Chinese signs", file(text(rows(money="￥{:,.2f}元".format))), expected=ALL),
    Case("reais", file(text(rows(money=lambda p: "R$ " + german(p)), ";")), expected=ALL),
    Case("złoty", file(text(rows(money=lambda p: german(p).replace(".", "\u00a0") + " zł"), ";")), expected=ALL),
    Case(
        "two currencies",
        file(text(rows()).replace("99.99", "$99.99").replace(",12.50", ",€12.50")),
        refusal="currency=",
    ),
    Case(
        "two currencies, one asked for",
        file(text(extended(lambda _i, o, _l: ["USD" if o[0] == "1005" else "EUR"], MORE), names=[*NAMES, "Currency"])),
        {**COLUMNS, "currency": "Currency"},
        ALL,
        told="another currency",
        more={"currency": "EUR"},
    ),
]

DATES = [
    Case(name, file(text(rows(day=day))), expected=ALL, more=more, told=told)
    for name, day, more, told in [
        ("ISO with Z", lambda d: d + "T10:00:00.000Z", {}, ""),
        ("day first", dated("%d/%m/%Y"), {}, "day, month, year"),
        ("month first", dated("%m/%d/%Y %H:%M"), {}, "month, day, year"),
        ("points", dated("%d.%m.%Y"), {}, ""),
        ("points and two digits", dated("%d.%m.%y"), {}, ""),
        ("points with blanks", dated("%d. %m. %Y"), {}, ""),
        ("year of two digits first", dated("%y/%m/%d"), {}, "year, month, day"),
        ("year of two digits first with hyphens", dated("%y-%m-%d"), {}, "year, month, day"),
        ("month names", dated("%b-%d-%y"), {}, ""),
        ("English with a zone", dated("%b %d, %Y 5:05:04 PM PDT"), {}, ""),
        ("a named zone", lambda d: d + " 10:00:00 Europe/Berlin", {}, ""),
        ("an offset with its name", dated("%a %b %d %Y 10:00:00 GMT+0200 (CEST)"), {}, ""),
        ("as Unix writes it", dated("%a %b %d 10:00:00 %Y"), {}, ""),
        ("German", named(DE, "{d}. {m} {y} um 10:30 Uhr"), {}, ""),
        ("French", named(FR, "{d} {m} {y} 10h30"), {}, ""),
        ("Spanish", named(ES, "{d} de {m} de {y}"), {}, ""),
        ("Polish", named(PL, "{d} {m} {y}"), {}, ""),
        ("Russian", named(RU, "{d} {m} {y} г."), {}, ""),
        ("Chinese", dated("%Y年%m月%d日"), {}, ""),
        ("Chinese afternoon", dated("%Y/%m/%d 下午 03:22:10"), {}, ""),
        ("Korean afternoon", dated("%Y. %m. %d. 오후 3:20"), {}, ""),
        ("seconds", lambda d: str(int(datetime.fromisoformat(d).replace(tzinfo=UTC).timestamp())), {}, "1970"),
        (
            "milliseconds",
            lambda d: str(int(datetime.fromisoformat(d).replace(tzinfo=UTC).timestamp()) * 1000),
            {},
            "1970",
        ),
        (
            "days of a spreadsheet",
            lambda d: str((datetime.fromisoformat(d) - datetime(1899, 12, 30)).days),
            {},
            "day numbers",
        ),
        ("eight digits", dated("%Y%m%d"), {}, ""),
    ]
]
EARLY = [
    ("1", "2024-01-01", "ann", [("A", 1, 5.0)]),
    ("2", "2024-02-01", "bob", [("A", 1, 5.0)]),
    ("3", "2024-03-01", "ann", [("A", 1, 5.0)]),
]
SERIALS = rows(day=lambda d: str((datetime.fromisoformat(d) - datetime(1899, 12, 30)).days))
DATES += [
    Case(
        "days of a spreadsheet and a text",
        file(text([*SERIALS, ["", "Total", "", "", "10", "9"]])),
        expected=ALL,
        told="day numbers",
    ),
    Case("all on the first, with points", file(text(rows(EARLY, dated("%d.%m.%Y")))), expected=figures(EARLY)),
    Case(
        "all on the first, in a European file",
        file(text(rows(EARLY, dated("%d/%m/%Y"), german), ";")),
        expected=figures(EARLY),
    ),
    Case(
        "told that the day is first",
        file(text(rows(EARLY, dated("%d/%m/%Y")))),
        expected=figures(EARLY),
        more={"dayfirst": True},
    ),
    Case(
        "told that it is not",
        file(text(rows(EARLY, dated("%m/%d/%Y")))),
        expected=figures(EARLY),
        more={"dayfirst": False},
    ),
    Case(
        "sorted, and not otherwise certain",
        file(
            text(
                [
                    ["1", "01/02/2024", "ann", "A", "1", "5"],
                    ["2", "03/02/2024", "bob", "A", "1", "5"],
                    ["3", "01/03/2024", "ann", "A", "1", "5"],
                ]
            )
        ),
        expected=figures(
            [
                ("1", "2024-02-01", "ann", [("A", 1, 5)]),
                ("2", "2024-02-03", "bob", [("A", 1, 5)]),
                ("3", "2024-03-01", "ann", [("A", 1, 5)]),
            ]
        ),
        told="dayfirst=",
    ),
    Case(
        "a year far off",
        file(PLAIN + "1009,2042-01-01,zoe@example.com,MUG-01,1,12.50\n"),
        expected=figures([*ORDERS, ("1009", "2042-01-01", "zoe@example.com", [("M", 1, 12.5)])]),
        told="far off",
    ),
]

NO = "dan@example.com"


def status(word: str, column: str = "Status", **more: Any) -> Case:
    table = extended(lambda _i, o, _l: [word if o[2] == NO else "paid"], MORE)
    return Case(f"status {word}", file(text(table, names=[*NAMES, column])), expected=ALL, told=column, **more)


def guest(word: str) -> Case:
    guests = [(str(n), "2024-04-0" + str(n - 2000), word, [("MUG-01", 1, 12.5)]) for n in (2001, 2002, 2003)]
    return Case(f"guest {word!r}", file(text(rows([*ORDERS[:3], *guests, ORDERS[3]]))), expected=ALL)


PEOPLE = [
    Case(
        "capitals and blanks in e-mails",
        file(PLAIN.replace("1004,2024-05-28,ann@example.com", "1004,2024-05-28, Ann@Example.COM ")),
        expected=ALL,
        told="E-mail",
    ),
    *map(guest, ["0", "Guest", "-", "", "Gast", "游客", "null"]),
    *map(
        status,
        [
            "cancelled",
            "Canceled by Customer",
            "refunded",
            "voided",
            "failed",
            "Storniert",
            "annulée",
            "交易关闭",
            "退款成功",
            "(删除)等待付款",
        ],
    ),
    Case(
        "statuses that count, as told",
        file(text(extended(lambda _i, o, _l: ["B" if o[2] == NO else "A"], MORE), names=[*NAMES, "st"])),
        {**COLUMNS, "status": "st"},
        ALL,
        more={"status": ["A"]},
    ),
    Case(
        "a status nobody knows",
        file(text(extended(lambda *_: ["Abgeholt"]), names=[*NAMES, "Status"])),
        expected=ALL,
        told="Unknown status",
    ),
    Case(
        "partly refunded",
        file(
            text(
                extended(
                    lambda i, o, _l: [
                        "partially_refunded" if o[0] == "1001" else "paid",
                        "12.50" if o[0] == "1001" and i == 0 else "",
                    ]
                ),
                names=[*NAMES, "Status", "Refunded Amount"],
            )
        ),
        expected=figures(off={"1001": 12.5}),
        told="Refund",
    ),
    Case(
        "refunded in full by amount",
        file(text(extended(lambda _i, o, _l: ["1234.50" if o[2] == NO else "0"], MORE), names=[*NAMES, "Refund"])),
        expected=ALL,
        told="in full",
    ),
    Case(
        "branches by letter",
        file(text([[("A", "B", "C", "C")[int(r[0]) - 1001] + r[0], *r[1:]] for r in rows()])),
        expected=ALL,
    ),
    Case("all numbers begin with C", file(text([["C" + r[0], *r[1:]] for r in rows()])), expected=ALL),
    Case(
        "a credit by number and minus",
        file(PLAIN + "C1005,2024-05-29,ann@example.com,POT-02,-1,1234.50\n"),
        expected=figures(off={"1004": 1234.5}),
        told="Credit",
    ),
    Case(
        "numbers of a day, not of an order",
        file(text([[str(n % 3), f"2024-05-{n + 1:02}", f"c{n}", "A", "1", "5"] for n in range(12)])),
        refusal="does not number the orders",
    ),
]


def line(product: str, pieces: str = "1", money: str = "5.00") -> str:
    return f"1002,2024-03-15,bob@example.com,{product},{pieces},{money}\n"


LETTERS = [(str(n), "2024-05-01", "ann", [(f"LAMP-{n}", 1, 5.0)]) for n in range(1, 9)] + [
    ("9", "2024-05-02", "bob", [("ROBO-DOG", 1, 59.0)])
]
LINES = [
    *[
        Case(f"fee {word}", file(PLAIN + line(word)), expected=ALL, told="fee")
        for word in ("Versandkosten", "Postage", "Shipping: Standard", "运费", "Frais de port", "Porto")
    ],
    *[
        Case(
            f"discount {word}",
            file(PLAIN + line(word, "1", "-5.00")),
            expected=figures(off={"1002": 5.0}),
            told="taken off",
        )
        for word in ("Discount", "Rabatt", "Rabatt 10%", "Coupon", "优惠券", "SUMMER24")
    ],
    Case("a code of letters is goods", file(text(rows(LETTERS))), expected=figures(LETTERS)),
    Case(
        "fees that count, as told",
        file(PLAIN + line("Postage")),
        expected=figures(off={"1002": -5.0}),
        more={"fees": False},
    ),
    Case(
        "equal lines are two sales",
        file(PLAIN.replace("1002,", line("MUG-01", "3", "12.50") + "1002,", 1)),
        expected=figures(off={"1002": -37.5}),
        told="kept as two sales",
    ),
    Case("a file pasted behind itself", file(PLAIN + text(rows(), names=None)), expected=ALL, told="twice"),
    Case(
        "repeats with numbers of lines",
        file(
            text(
                [[*r, str(n)] for n, r in enumerate([*rows(), rows()[-1]]) for n in [min(n, 5)]],
                names=[*NAMES, "Line id"],
            )
        ),
        expected=ALL,
        told="twice",
    ),
]

AMOUNT = {**{k: v for k, v in COLUMNS.items() if k != "price"}, "amount": "price"}
TOTAL = {**{k: v for k, v in COLUMNS.items() if k != "price"}, "total": "price"}
BARE = {k: v for k, v in COLUMNS.items() if k not in ("order_id", "quantity")}
BY_LINE = [[*r[:5], f"{int(r[4]) * float(r[5]):.2f}"] for r in rows()]
BY_ORDER = [[*r[:5], f"{order_total(o):.2f}"] for o in ORDERS for r in rows([o])]
FIRST = [[*r[:5], f"{order_total(o):.2f}" if i == 0 else ""] for o in ORDERS for i, r in enumerate(rows([o]))]
DISCOUNTS = {"1001": 10.0, "1003": 4.0}


def off(values: Any) -> str:
    return text(extended(values), names=[*NAMES, "Rabatt"])


MONEY = [
    Case("amounts", file(text(BY_LINE)), AMOUNT, ALL),
    Case("amounts taken for prices", file(text(BY_LINE)), expected=ALL, told="grows with"),
    Case("totals on every line", file(text(BY_ORDER)), TOTAL, ALL),
    Case("totals on the first line", file(text(FIRST)), TOTAL, ALL),
    Case("totals taken for prices", file(text(BY_ORDER)), expected=ALL, told="order total"),
    Case(
        "totals called so",
        file(text(BY_ORDER, names=[*NAMES[:5], "Order Total"])),
        {**COLUMNS, "price": "Order Total"},
        ALL,
        told="order total",
    ),
    Case(
        "totals beside prices",
        file(text([[*r, t[5]] for r, t in zip(rows(), BY_ORDER, strict=True)], names=[*NAMES, "all"])),
        {**COLUMNS, "total": "all"},
        ALL,
    ),
    *[
        Case(
            f"discount {name}",
            file(off(values)),
            {**COLUMNS, "discount": "Rabatt"},
            figures(off=DISCOUNTS),
            told="Discount",
        )
        for name, values in {
            "on the first line": lambda i, o, _l: [str(DISCOUNTS.get(o[0], 0)) if i == 0 else ""],
            "on all lines": lambda _i, o, _l: [str(DISCOUNTS.get(o[0], 0))],
            "of the line": lambda i, o, _l: [str((0.7, 0.3)[i] * DISCOUNTS.get(o[0], 0))],
            "with a minus": lambda i, o, _l: [str(-DISCOUNTS.get(o[0], 0)) if i == 0 else ""],
        }.items()
    ],
    Case(
        "discounts in percent",
        file(off(lambda _i, o, _l: ["10%" if o[0] == "1002" else ""])),
        {**COLUMNS, "discount": "Rabatt"},
        figures(off={"1002": 3.75}),
    ),
    Case(
        "a discount not mapped",
        file(off(lambda i, o, _l: [str(DISCOUNTS.get(o[0], 0)) if i == 0 else ""])),
        expected=ALL,
        told="not taken off",
    ),
    Case(
        "postage within the total",
        file(
            text(
                [[*r[:5], f"{order_total(o) + 4.9:.2f}", "4.90"] for o in ORDERS for r in rows([o])],
                names=[*NAMES, "ship"],
            )
        ),
        {**TOTAL, "shipping": "ship"},
        ALL,
        told="Postage",
    ),
    Case("neither orders nor pieces", file(text([r for r in rows() for _ in range(int(r[4]))])), BARE, ALL),
]
BAD = [
    Case("a picture", file(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), refusal="PNG"),
    Case("nothing", file(b""), refusal="empty"),
    Case(
        "a password",
        file(b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "o.xlsx"),
        refusal="password",
    ),
    Case("two gigabytes", sparse, refusal="2.0 GB"),
    Case("a web page", file("<html><table></table></html>", "orders.xls"), refusal="web page"),
    Case("JSON", file(json.dumps([{"a": 1}])), refusal="JSON"),
    Case("an archive", file(b"PK\x03\x04rest", "o.zip"), refusal="CSV"),
    Case("unknown, without a mapping", file(PLAIN), None, refusal="guess to confirm"),
]
KINDS: list[Case] = [*SHAPES, *NUMBERS, *DATES, *PEOPLE, *LINES, *MONEY, *BAD]
