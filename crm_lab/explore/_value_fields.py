"""Customers by value and by loyalty: the pyramid, current × potential value, behaviour × attitude."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from crm_lab.base.columns import codes, complete, matched, numbers
from crm_lab.base.text import _
from crm_lab.explore._boxes import Box
from crm_lab.explore._chart import Scale, figure
from crm_lab.explore._marks import Area, Line, Words
from crm_lab.explore._picture import Picture
from crm_lab.explore._style import FONT, GREY, HATCHES, PALETTE, Money, label, money_of, number, share

CLASSES = ("important", "main", "ordinary", "small")
FIELDS = {"star": (1, 1), "grow": (0, 1), "keep": (1, 0), "watch": (0, 0)}  # column: value now; row: potential
LOYALTIES = {"loyal": (1, 1), "latent": (1, 0), "spurious": (0, 1), "none": (0, 0)}  # column: attitude; row: behaviour


def ordered(found: pd.Series, order: Sequence[str]) -> list[str]:
    """The codes that occur: those in `order` first and in its order, others after them by name.

    >>> ordered(pd.Series(["mine", "lost", "current"]), ("current", "lost"))
    ['current', 'lost', 'mine']
    """
    there = set(found)
    return [code for code in order if code in there] + sorted(there - set(order))


def _codes(values: pd.Series) -> pd.Series:
    return complete(codes(values, "classes"), "classes").astype(str)


def value_pyramid(classes: pd.Series, profit: pd.Series) -> Picture:
    """The customer pyramid: few important customers at the top, many small ones at its foot, and the money in each.

    classes  one code a customer, from classify.value_classes
    profit   money per customer

    >>> value_pyramid(pd.Series(["important", "small"]), pd.Series([900.0, 100.0]))
    1 important customers bring ¥900, the small ones ¥100. Important: 1 customers (50 %), ¥900 (90 % of the profit).
    Small: 1 customers (50 %), ¥100 (10 % of the profit).
    """
    members = _codes(classes)
    amounts = matched(numbers(profit, "profit"), members.index, "profit", "classes")
    tiers = amounts.groupby(members).agg(["size", "sum"]).loc[ordered(members, CLASSES)]
    top, foot, total, money = tiers.iloc[0], tiers.iloc[-1], amounts.sum(), money_of(profit)
    title = _("{n} {tier} customers bring {amount}, the {foot} ones {rest}").format(
        n=number(top["size"]), tier=label(tiers.index[0]), amount=money(top["sum"]),
        foot=label(tiers.index[-1]), rest=money(foot["sum"]),
    )  # fmt: skip
    marks = [mark for level in range(len(tiers)) for mark in _tier(tiers, level, total, money)]
    return figure(title, *marks, x=Scale(limits=(-1, 3.3)), y=Scale(limits=(-len(tiers), 0.02)))


def _tier(tiers: pd.DataFrame, level: int, total: float, money: Money) -> list[Any]:
    """One layer and its words. It shows the order, the words the amounts: no area could show 20 against 1,600."""
    n, (size, amount) = len(tiers), tiers.iloc[level]
    top, foot, look_of = level / n, (level + 1) / n, level % len(PALETTE)
    corners = ([-top, top, foot, -foot], [-level, -level, -level - 0.94, -level - 0.94])
    text = _("{tier}: {n} customers ({part}),\n{amount}").format(
        tier=label(tiers.index[level]), n=number(size), part=share(size / tiers["size"].sum()), amount=money(amount)
    )
    if total > 0:
        text += _(" ({part} of the profit)").format(part=share(amount / total))
    return [
        Area(*corners, colour=PALETTE[look_of], hatch=HATCHES[look_of]),
        Line([(top + foot) / 2 + 0.02, 1.05], [-level - 0.47] * 2, colour=GREY, width=1, quiet=True),
        Words(1.08, -level - 0.47, text, sides=("left", "center")),
    ]


def loyalty_grid(behaviour: pd.Series, attitude: pd.Series, classes: pd.Series) -> Picture:
    """The loyalty matrix: repeat buying upwards, attitude to the right, and how many customers are in each field.

    behaviour  repeat buying per customer, in the unit given to classify.loyalty
    attitude   attitude per customer; missing if not asked
    classes    one code a customer, from classify.loyalty

    >>> loyalty_grid(pd.Series([6, 1]), pd.Series([9, None]), pd.Series(["loyal", "unknown"]))  # doctest: +ELLIPSIS
    0 % like us but seldom buy; 0 % buy without liking us. Boxes: loyal: 1 customers (100 %), medians: buying 6, ...
    """
    members = _codes(classes)
    buys = matched(numbers(behaviour, "behaviour"), members.index, "behaviour", "classes")
    likes = matched(numbers(attitude, "attitude", missing_ok=True), members.index, "attitude", "classes")
    counts = members.value_counts().reindex([*LOYALTIES, "unknown"], fill_value=0)
    parts = (counts / max(int(counts.drop("unknown").sum()), 1)).drop("unknown")
    words = {}
    for code in LOYALTIES:
        inside = members == code
        words[code] = [_("{n} customers ({part})").format(n=number(counts[code]), part=share(parts[code]))]
        if inside.any():
            middle = {"buys": buys[inside].median(), "likes": likes[inside].median()}
            words[code].append(_("medians: buying {buys:.3g}, attitude {likes:.3g}").format(**middle))
    title = _("{latent} like us but seldom buy; {spurious} buy without liking us")
    title = title.format(latent=share(parts["latent"]), spurious=share(parts["spurious"]))
    note = _("Attitude unknown: {n} customers").format(n=number(counts["unknown"]))
    return _four(title, LOYALTIES, words, parts, (_("attitude towards us"), _("repeat buying")), note)


def current_potential_map(current: pd.Series, potential: pd.Series, classes: pd.Series) -> Picture:
    """Value today × value a customer could bring: how many customers stand in each field, and with what money.

    current    money per customer today
    potential  money per customer they could bring
    classes    one code a customer, from classify.current_potential

    >>> now, later = pd.Series([9.0, 1]), pd.Series([5.0, 7])
    >>> current_potential_map(now, later, pd.Series(["keep", "grow"]))  # doctest: +ELLIPSIS
    1 customers of little value today could bring ¥7. Boxes: star: 0 customers (0 %), ¥0 now, ¥0 possible; grow: 1 ...
    """
    members = _codes(classes)
    given = {"current": current, "potential": potential}
    amounts = pd.DataFrame(
        {name: matched(numbers(value, name), members.index, name, "classes") for name, value in given.items()}
    )
    sums = amounts.groupby(members).sum().reindex(list(FIELDS), fill_value=0.0)
    counts = members.value_counts().reindex(list(FIELDS), fill_value=0)
    parts, money = counts / len(members), money_of(current, potential)
    words = {
        code: [
            _("{n} customers ({part})").format(n=number(counts[code]), part=share(parts[code])),
            _("{now} now, {later} possible").format(now=money(now), later=money(later)),
        ]
        for code, now, later in zip(FIELDS, sums["current"], sums["potential"], strict=True)
    }
    title = _("{n} customers of little value today could bring {amount}")
    title = title.format(n=number(counts["grow"]), amount=money(sums.loc["grow", "potential"]))
    return _four(title, FIELDS, words, parts, (_("value today"), _("value they could bring")))


def _four(
    title: str, places: Mapping[str, tuple[int, int]], words: Mapping[Any, list[str]], parts: pd.Series,
    names: tuple[str, str], note: str = "",
) -> Picture:  # fmt: skip
    """Two by two fields, each darker the larger its part."""
    boxes = [
        Box(
            column, row, 0.96, 0.96, label(code), tuple(words[code]),
            fill=0.12 + 0.5 * min(parts[code], 1), edge=False, size=FONT - 1,
        )
        for code, (column, row) in places.items()
    ]  # fmt: skip
    ends = {0: _("low"), 1: _("high")}
    x, y = (Scale(name, limits=(-0.5, 1.5), ticks=ends) for name in names)
    return figure(title, *boxes, x=x, y=y, note=note)
