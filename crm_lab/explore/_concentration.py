"""How unequally money is spread over customers: the Lorenz curve and the whale curve."""

import pandas as pd

from crm_lab import classify
from crm_lab.base.text import _
from crm_lab.explore._chart import Scale, figure
from crm_lab.explore._marks import Area, Line, Points, Rule, Words
from crm_lab.explore._picture import Picture
from crm_lab.explore._style import BLUE, GREY, label, money_of, number, share


def lorenz_curve(values: pd.Series, top: float = 0.2, what: str = "revenue") -> Picture:
    """The Lorenz curve of `values`: the share of the total the customers bring, from the smallest to the largest.

    values  one amount of money per customer, none below 0
    top     share of the largest customers named in the title, 0 to 1
    what    what the amounts are: "revenue" or "profit"

    Raises InputError for negative amounts; `whale` is for those.
    Source: M. O. Lorenz (1905), Methods of measuring the concentration of wealth.

    >>> lorenz_curve(pd.Series([10.0, 20, 30, 140]), top=0.25)  # doctest: +ELLIPSIS
    The best 25 % of the customers bring 70 % of the revenue. All equal. Line of share of revenue over share of ...
    """
    curve, gini, best = classify.lorenz(values), classify.gini(values), classify.pareto_share(values, top)
    people, amount = curve["population"], curve["value"]
    title = _("The best {top} of the customers bring {best} of the {what}")
    note = _("{low} of the customers\nbring {rest}").format(low=share(1 - top), rest=share(1 - best))
    return figure(
        title.format(top=share(top), best=share(best), what=label(what)),
        Area(people, amount, people, colour=BLUE, alpha=0.12),
        Line([0, 1], [0, 1], colour=GREY, style="--", width=2, quiet=True),
        Words(0.45, 0.53, _("all equal"), GREY, turn=29),
        Line(people, amount),
        Points([1 - top], [1 - best], [note], away=(-24, 4)),
        Words(0.97, 0.05, _("Gini {gini:.2f}").format(gini=gini), BLUE, bold=True, sides=("right", "bottom")),
        x=Scale(_("share of customers, smallest first"), share, (0, 1)),
        y=Scale(_("share of {what}").format(what=label(what)), share, (0, 1.01)),
        grid="both",
        note=_("{n} customers").format(n=number(len(people) - 1)),
    )


def whale(values: pd.Series) -> Picture:
    """The whale curve: profit summed from the most to the least profitable customer, losses included.

    values  one amount of money per customer; negative ones are losses

    Raises InputError when the total is not above 0.
    Source: R. S. Kaplan and V. G. Narayanan (2001), Measuring and managing customer profitability.

    >>> whale(pd.Series([90.0, 40, 0, -30]))  # doctest: +ELLIPSIS
    1 loss-making customers eat 23 % of the profit the others bring. Line at 100 %: profit kept: ¥100. Line of ...
    """
    curve, known = classify.whale_curve(values), pd.Series(values)
    peak = curve.iloc[int(curve["value"].argmax())]
    losing = int((known < 0).sum())
    title = _("{losing} loss-making customers eat {eaten} of the profit the others bring").format(
        losing=number(losing), eaten=share((peak["value"] - 1) / peak["value"])
    )
    note = _("peak: {top}").format(top=share(peak["value"], 1))
    return figure(
        title if losing else _("No customer loses money: the curve only rises"),
        Rule(1, words=_("profit kept: {total}").format(total=money_of(values)(known.sum()))),
        Line(curve["population"], curve["value"]),
        Points([peak["population"]], [peak["value"]], [note], away=(8, 10)),
        x=Scale(_("share of customers, most profitable first"), share, (0, 1.005)),
        y=Scale(_("share of profit, summed"), share, (0, 1.12 * peak["value"])),
        grid="both",
        note=_("{n} customers").format(n=number(len(known))),
    )
