"""Customers in groups: bars by relationship and style, the customer pyramid, current × potential value, loyalty."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from crm_lab.base.text import _, ngettext
from crm_lab.explore.check import aligned, numeric, some
from crm_lab.explore.picture import Picture
from crm_lab.explore.style import (
    BLUE,
    FONT,
    GREY,
    HATCHES,
    PALETTE,
    bar_words,
    label,
    look,
    money,
    money_axis,
    number,
    share,
    sheet,
)

RELATIONSHIPS = ("current", "lost", "target", "potential", "non_customer")
FIELDS = {"star": (1, 1), "grow": (0, 1), "keep": (1, 0), "watch": (0, 0)}  # column: value now; row: potential
LOYALTIES = {"loyal": (1, 1), "latent": (1, 0), "spurious": (0, 1), "none": (0, 0)}  # column: attitude; row: behaviour


def ordered(codes: pd.Series, order: Sequence[str]) -> list[str]:
    """The codes that occur: those in `order` first and in its order, others after them by name.

    >>> ordered(pd.Series(["mine", "lost", "current"]), ("current", "lost"))
    ['current', 'lost', 'mine']
    """
    found = set(codes.astype(str))
    return [code for code in order if code in found] + sorted(found - set(order))


def relationship_bars(codes: pd.Series) -> Picture:
    """How many people stand in each relationship to the company.

    codes  one code a person, from classify.relationship

    >>> relationship_bars(pd.Series(["current", "lost", "current"]))
    Bars of 3 people by relationship: current 2 (67 %), lost 1 (33 %).
    """
    known = some(codes, _("relationship")).astype(str)
    counts = known.value_counts().reindex(ordered(known, RELATIONSHIPS))
    with look():
        first = counts.index[0]
        title = _("{part} of the people on file are in the group “{code}”")
        figure, axes = sheet(title.format(part=share(counts[first] / len(known)), code=label(first)), grid="x")
        _bars(axes, counts, [f"{number(n)}  ({share(n / len(known))})" for n in counts])
        axes.set_xlabel(_("people"))
        parts = [f"{label(code)} {number(n)} ({share(n / len(known))})" for code, n in counts.items()]
        start = ngettext("Bars of {n} person by relationship:", "Bars of {n} people by relationship:", len(known))
        return Picture(figure, f"{start.format(n=number(len(known)))} {', '.join(parts)}.")


def _bars(axes: Axes, lengths: pd.Series, words: Sequence[str]) -> None:
    """Horizontal bars, the first on top, each with its words at its end."""
    axes.margins(x=0)
    axes.barh(range(len(lengths)), lengths, color=BLUE, height=0.7)
    bar_words(axes, lengths.tolist(), words)
    axes.set_yticks(range(len(lengths)), [label(code) for code in lengths.index])
    axes.invert_yaxis()
    axes.tick_params(axis="y", length=0)


def style_bars(styles: pd.Series, margin: pd.Series) -> Picture:
    """What a customer of each buying style brings on average.

    styles  one code a customer, from classify.buying_style
    margin  ¥ per customer

    >>> style_bars(pd.Series(["transactional", "integrated"]), pd.Series([100.0, 900.0]))  # doctest: +ELLIPSIS
    Bars of the average margin of 2 customers by buying style: transactional ¥100 (1 customer), integrated ¥900 ...
    """
    codes = some(styles, _("style")).astype(str)
    amounts = aligned(numeric(margin, _("margin")), codes, _("margin"), _("styles"))
    groups = amounts.groupby(codes).agg(["mean", "size"])
    groups = groups.loc[ordered(codes, ("transactional", "consultative", "integrated"))]
    counts = [ngettext("{n} customer", "{n} customers", n).format(n=number(n)) for n in groups["size"]]
    with look():
        best: Any = groups["mean"].idxmax()
        title = _("The style “{style}” brings most: {amount} a customer")
        figure, axes = sheet(title.format(style=label(best), amount=money(groups.loc[best, "mean"])), grid="x")
        _bars(axes, groups["mean"], [f"{money(mean)}\n{n}" for mean, n in zip(groups["mean"], counts, strict=True)])
        money_axis(axes, x=_("average margin per customer"))
        axes.locator_params(axis="x", nbins=5)
        parts = [f"{label(c)} {money(m)} ({n})" for c, m, n in zip(groups.index, groups["mean"], counts, strict=True)]
        start = _("Bars of the average margin of {n} customers by buying style:").format(n=number(len(codes)))
        return Picture(figure, f"{start} {', '.join(parts)}.")


def value_pyramid(classes: pd.Series, profit: pd.Series) -> Picture:
    """The customer pyramid: few important customers at the top, many small ones at its foot, and the money in each.

    classes  one code a customer, from classify.value_classes
    profit   ¥ per customer

    >>> value_pyramid(pd.Series(["important", "small"]), pd.Series([900.0, 100.0]))  # doctest: +ELLIPSIS
    Customer pyramid of 2 customers, from the top: important 1 (50 % of the customers) with ¥900 (90 % of the profit)...
    """
    codes = some(classes, _("classes")).astype(str)
    amounts = aligned(numeric(profit, _("profit")), codes, _("profit"), _("classes"))
    tiers = amounts.groupby(codes).agg(["size", "sum"]).loc[ordered(codes, ("important", "main", "ordinary", "small"))]
    total = amounts.sum()
    with look():
        top = tiers.iloc[0]
        title = _("{n} {tier} customers bring {amount}, the {foot} ones {rest}").format(
            n=number(top["size"]), tier=label(tiers.index[0]), amount=money(top["sum"]),
            foot=label(tiers.index[-1]), rest=money(tiers["sum"].iloc[-1]),
        )  # fmt: skip
        figure, axes = sheet(title, grid="none")
        _pyramid(axes, tiers, total)
        return Picture(figure, _pyramid_alt(tiers, len(codes), total))


def _pyramid(axes: Axes, tiers: pd.DataFrame, total: float) -> None:
    """One layer a class. The picture shows the order, the words the amounts: no area could show 20 against 1,600."""
    n = len(tiers)
    for level, (code, row) in enumerate(tiers.iterrows()):
        top, foot = level / n, (level + 1) / n
        corners = ([-top, top, foot, -foot], [-level, -level, -level - 0.94, -level - 0.94])
        axes.fill(*corners, color=PALETTE[level % 6], hatch=HATCHES[level % 6], ec="white", lw=0)
        line = _("{tier}: {n} customers ({part})").format(
            tier=label(code), n=number(row["size"]), part=share(row["size"] / tiers["size"].sum())
        )
        axes.text(1.08, -level - 0.47, f"{line}\n{_amount(row['sum'], total)}", va="center", linespacing=1.3)
        axes.plot([(top + foot) / 2 + 0.02, 1.05], [-level - 0.47] * 2, color=GREY, lw=1)
    axes.set(xlim=(-1, 3.3), ylim=(-n, 0.02))
    axes.set_axis_off()


def _amount(amount: float, total: float) -> str:
    part = _(" ({part} of the profit)").format(part=share(amount / total)) if total > 0 else ""
    return f"{money(amount)}{part}"


def _pyramid_alt(tiers: pd.DataFrame, count: int, total: float) -> str:
    parts = [
        _("{tier} {n} ({part} of the customers) with {amount}").format(
            tier=label(code), n=number(row["size"]), part=share(row["size"] / count), amount=_amount(row["sum"], total)
        )
        for code, row in tiers.iterrows()
    ]
    return _("Customer pyramid of {n} customers, from the top: ").format(n=number(count)) + "; ".join(parts) + "."


def loyalty_grid(behaviour: pd.Series, attitude: pd.Series, classes: pd.Series) -> Picture:
    """The loyalty matrix: repeat buying upwards, attitude to the right, and how many customers are in each field.

    behaviour  repeat buying per customer, in the unit given to classify.loyalty
    attitude   attitude per customer; missing if not asked
    classes    one code a customer, from classify.loyalty

    >>> loyalty_grid(pd.Series([6, 1]), pd.Series([9, None]), pd.Series(["loyal", "unknown"]))  # doctest: +ELLIPSIS
    Loyalty matrix of 1 customer whose attitude is known: loyal 1 (100 %), ...
    """
    codes = some(classes, _("classes")).astype(str)
    buys = aligned(numeric(behaviour, _("behaviour")), codes, _("behaviour"), _("classes"))
    likes = aligned(pd.Series(attitude, dtype=float), codes, _("attitude"), _("classes"))
    counts = codes.value_counts().reindex([*LOYALTIES, "unknown"], fill_value=0)
    known = int(counts.drop("unknown").sum())
    parts = (counts / max(known, 1)).drop("unknown")
    with look():
        title = _("{latent} like us but seldom buy; {spurious} buy without liking us")
        figure, axes = sheet(
            title.format(latent=share(parts["latent"]), spurious=share(parts["spurious"])), grid="none"
        )
        for code, place in LOYALTIES.items():
            inside = codes == code
            words = [label(code), _("{n} customers ({part})").format(n=number(counts[code]), part=share(parts[code]))]
            if inside.any():
                words.append(
                    _("medians: buying {buys:.3g}, attitude {likes:.3g}").format(
                        buys=buys[inside].median(), likes=likes[inside].median()
                    )
                )
            _tile(axes, *place, parts[code], words)
        _cross(axes, _("attitude towards us"), _("repeat buying"))
        axes.set_title(
            _("attitude unknown: {n} customers").format(n=number(counts["unknown"])), size=FONT - 2, loc="right"
        )
        return Picture(figure, _loyalty_alt(known, counts, parts))


def _loyalty_alt(known: int, counts: pd.Series, parts: pd.Series) -> str:
    start = ngettext(
        "Loyalty matrix of {n} customer whose attitude is known: ",
        "Loyalty matrix of {n} customers whose attitude is known: ",
        known,
    ).format(n=number(known))
    fields = ", ".join(f"{label(code)} {number(counts[code])} ({share(parts[code])})" for code in LOYALTIES)
    return start + fields + _(". The attitude of {n} more is unknown.").format(n=number(counts["unknown"]))


def _tile(axes: Axes, column: int, row: int, depth: float, words: Sequence[str]) -> None:
    """One field of a 2 × 2 grid, darker the more is in it."""
    axes.add_patch(Rectangle((column + 0.02, row + 0.02), 0.96, 0.96, fc=BLUE, alpha=0.12 + 0.5 * min(depth, 1), lw=0))
    axes.text(column + 0.5, row + 0.72, words[0], ha="center", va="center", weight="bold")
    axes.text(column + 0.5, row + 0.36, "\n".join(words[1:]), ha="center", va="center", size=FONT - 2, linespacing=1.4)


def _cross(axes: Axes, x: str, y: str) -> None:
    axes.set(xlim=(0, 2), ylim=(0, 2), xlabel=x, ylabel=y)
    axes.set_xticks([0.5, 1.5], [_("low"), _("high")])
    axes.set_yticks([0.5, 1.5], [_("low"), _("high")], rotation=90, va="center")
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


def current_potential_map(current: pd.Series, potential: pd.Series, classes: pd.Series) -> Picture:
    """Value today × value a customer could bring: how many customers stand in each field, and with what money.

    current    ¥ per customer today
    potential  ¥ per customer they could bring
    classes    one code a customer, from classify.current_potential

    >>> now, later = pd.Series([9.0, 1]), pd.Series([5.0, 7])
    >>> current_potential_map(now, later, pd.Series(["keep", "grow"]))  # doctest: +ELLIPSIS
    Value map of 2 customers, value now to the right, potential upwards: star 0 (¥0 now, ¥0 possible), ...
    """
    codes = some(classes, _("classes")).astype(str)
    amounts = pd.DataFrame(
        {
            "now": aligned(numeric(current, _("current")), codes, _("current"), _("classes")),
            "later": aligned(numeric(potential, _("potential")), codes, _("potential"), _("classes")),
        }
    )
    sums = amounts.groupby(codes).sum().reindex(list(FIELDS), fill_value=0.0)
    counts = codes.value_counts().reindex(list(FIELDS), fill_value=0)
    with look():
        title = _("{n} customers of little value today could bring {amount}")
        figure, axes = sheet(
            title.format(n=number(counts["grow"]), amount=money(sums.loc["grow", "later"])), grid="none"
        )
        for code, place in FIELDS.items():
            now, later = (money(value) for value in sums.loc[code])
            people = _("{n} customers ({part})").format(n=number(counts[code]), part=share(counts[code] / len(codes)))
            words = [label(code), people, _("{now} now, {later} possible").format(now=now, later=later)]
            _tile(axes, *place, counts[code] / len(codes), words)
        _cross(axes, _("value today"), _("value they could bring"))
        return Picture(figure, _fields_alt(len(codes), counts, sums))


def _fields_alt(count: int, counts: pd.Series, sums: pd.DataFrame) -> str:
    parts = [
        _("{field} {n} ({now} now, {later} possible)").format(
            field=label(code),
            n=number(counts[code]),
            now=money(sums.loc[code, "now"]),
            later=money(sums.loc[code, "later"]),
        )
        for code in FIELDS
    ]
    start = _("Value map of {n} customers, value now to the right, potential upwards: ").format(n=number(count))
    return start + ", ".join(parts) + "."
