"""How unequally profit is spread over customers: the Lorenz curve, the whale curve, the ABC chart."""

import pandas as pd

from crm_lab import classify
from crm_lab.base.text import _, ngettext
from crm_lab.explore.picture import Picture
from crm_lab.explore.style import (
    BLUE,
    FONT,
    GREY,
    HATCHES,
    ORANGE,
    SKY,
    label,
    look,
    money,
    number,
    percent_axis,
    share,
    sheet,
)


def lorenz_curve(values: pd.Series, top: float = 0.2, what: str = "revenue") -> Picture:
    """The Lorenz curve of `values`: the share of the total the customers bring, from the smallest to the largest.

    values  one amount in ¥ per customer, none below 0
    top     share of the largest customers named in the title, 0 to 1
    what    what the amounts are: "revenue" or "profit"

    Raises InputError for negative amounts; `whale` is for those.
    Source: M. O. Lorenz (1905), Methods of measuring the concentration of wealth.

    >>> lorenz_curve(pd.Series([10.0, 20, 30, 140]), top=0.25)
    Lorenz curve of the revenue of 4 customers, ...
    """
    curve, gini, best = classify.lorenz(values), classify.gini(values), classify.pareto_share(values, top)
    with look():
        title = _("The best {top} of the customers bring {best} of the {what}")
        figure, axes = sheet(title.format(top=share(top), best=share(best), what=label(what)), grid="both")
        axes.fill_between(curve["population"], curve["value"], curve["population"], color=BLUE, alpha=0.12, lw=0)
        axes.plot([0, 1], [0, 1], color=GREY, ls="--", lw=2)
        axes.plot(curve["population"], curve["value"], color=BLUE)
        axes.text(0.45, 0.53, _("all equal"), rotation=29, color=GREY, ha="center", va="center")
        axes.text(0.97, 0.05, _("Gini {gini:.2f}").format(gini=gini), color=BLUE, ha="right", weight="bold")
        axes.plot([1 - top], [1 - best], "o", color=ORANGE, ms=12, mec="black")
        note = _("{low} of the customers\nbring {rest}").format(low=share(1 - top), rest=share(1 - best))
        axes.annotate(note, (1 - top, 1 - best), (-24, 4), textcoords="offset points", ha="right", va="bottom")
        percent_axis(axes, _("share of customers, smallest first"), _("share of {what}").format(what=label(what)))
        axes.set(xlim=(0, 1), ylim=(0, 1.01))
        return Picture(figure, _lorenz_alt(len(curve) - 1, gini, top, best, what))


def _lorenz_alt(count: int, gini: float, top: float, best: float, what: str) -> str:
    text = ngettext(
        "Lorenz curve of the {what} of {n} customer, ordered from the smallest to the largest.",
        "Lorenz curve of the {what} of {n} customers, ordered from the smallest to the largest.",
        count,
    ) + _(
        " The curve hangs below the line of equality; the Gini coefficient is {gini:.2f}."
        " The best {top} of the customers bring {best} of the {what}, all others together {rest}."
    )
    parts = {"top": share(top), "best": share(best), "rest": share(1 - best)}
    return text.format(n=number(count), gini=gini, what=label(what), **parts)


def whale(values: pd.Series) -> Picture:
    """The whale curve: profit summed from the most to the least profitable customer, losses included.

    values  one amount in ¥ per customer; negative ones are losses

    Raises InputError when the total is not above 0.
    Source: R. S. Kaplan and V. G. Narayanan (2001), Measuring and managing customer profitability.

    >>> whale(pd.Series([90.0, 40, 0, -30]))
    Whale curve of the profit of 4 customers, ...
    """
    curve, known = classify.whale_curve(values), pd.Series(values)
    peak = curve.iloc[int(curve["value"].argmax())]
    with look():
        figure, axes = sheet(_whale_title(peak["population"], peak["value"], int((known < 0).sum())), grid="both")
        axes.axhline(1, color=GREY, ls="--", lw=2)
        kept = _("profit kept: {total}").format(total=money(known.sum()))
        axes.text(0.99, 0.97, kept, color=GREY, va="top", ha="right")
        axes.plot(curve["population"], curve["value"], color=BLUE)
        axes.plot(peak["population"], peak["value"], "o", color=ORANGE, ms=12, mec="black")
        percent_axis(axes, _("share of customers, most profitable first"), _("share of profit, summed"))
        axes.set(xlim=(0, 1.005), ylim=(0, 1.12 * peak["value"]))
        text = _("peak: {top}").format(top=share(peak["value"], 1))
        axes.annotate(text, tuple(peak[["population", "value"]]), (8, 10), textcoords="offset points", ha="right")
        return Picture(figure, _whale_alt(known, peak["population"], peak["value"]))


def _whale_title(customers: float, peak: float, losing: int) -> str:
    if not losing:
        return _("No customer loses money: the curve only rises")
    text = _("{losing} loss-making customers eat {eaten} of the profit the others bring")
    return text.format(losing=number(losing), eaten=share((peak - 1) / peak))


def _whale_alt(values: pd.Series, customers: float, peak: float) -> str:
    text = ngettext(
        "Whale curve of the profit of {n} customer, summed from the most to the least profitable.",
        "Whale curve of the profit of {n} customers, summed from the most to the least profitable.",
        len(values),
    ) + _(
        " It peaks at {peak} of the total profit of {total} after {customers} of the customers;"
        " {losing} customers with a loss pull it back to 100 %."
    )
    losing = int((values < 0).sum())
    return text.format(
        n=number(len(values)),
        peak=share(peak, 1),
        total=money(values.sum()),
        customers=share(customers),
        losing=number(losing),
    )


def abc_bars(values: pd.Series, cuts: tuple[float, float] = (0.8, 0.95), what: str = "revenue") -> Picture:
    """ABC chart: how many customers each class holds beside how much of the total it brings.

    values  one amount in ¥ per customer
    cuts    shares of the total at which class A and class B end, 0 to 1
    what    what the amounts are: "revenue" or "profit"

    >>> abc_bars(pd.Series([80.0, 12, 5, 3]))
    Bars for the ABC classes of 4 customers: ...
    """
    classes, known = classify.abc_classes(values, cuts), pd.Series(values)
    customers = classes.value_counts(normalize=True).reindex(["A", "B", "C"], fill_value=0)
    total = (known.groupby(classes.astype(str)).sum() / known.sum()).reindex(["A", "B", "C"], fill_value=0)
    with look():
        title = _("Class A: {customers} of the customers, {total} of the {what}")
        figure, axes = sheet(title.format(customers=share(customers["A"]), total=share(total["A"]), what=label(what)))
        for shift, part, name, colour, hatch in (
            (-0.2, customers, _("customers"), SKY, HATCHES[1]),
            (0.2, total, label(what), BLUE, ""),
        ):
            bars = axes.bar([i + shift for i in range(3)], part, 0.38, color=colour, hatch=hatch)
            axes.bar_label(bars, [f"{name}\n{share(value)}" for value in part], padding=4, size=FONT - 3)
        axes.set_xticks(range(3), [_("class {name}").format(name=name) for name in "ABC"])
        percent_axis(axes, y=_("share of all"))
        axes.margins(y=0.2)
        return Picture(figure, _abc_alt(classes, customers, total, what))


def _abc_alt(classes: pd.Series, customers: pd.Series, total: pd.Series, what: str) -> str:
    parts = [
        _("class {name} holds {customers} of the customers and brings {total} of the {what}").format(
            name=name, customers=share(customers[name]), total=share(total[name]), what=label(what)
        )
        for name in "ABC"
    ]
    start = ngettext(
        "Bars for the ABC classes of {n} customer:", "Bars for the ABC classes of {n} customers:", len(classes)
    )
    return start.format(n=number(len(classes))) + " " + "; ".join(parts) + "."
