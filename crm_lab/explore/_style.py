"""The look of every figure, and how it writes money, shares and codes: one place to change them all."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import matplotlib
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager

from crm_lab.base.money import Money as Money
from crm_lab.base.money import money as money
from crm_lab.base.money import money_of as money_of
from crm_lab.base.text import _, language
from crm_lab.base.wording import lines_of, percentage
from crm_lab.base.wording import number as number
from crm_lab.base.wording import share as share

SIZE = (10.0, 5.625)  # inches, the shape of a slide
FONT = 18  # points when the figure fills a slide

# Okabe & Ito's palette: told apart by colour-blind readers, and in grey by lightness
BLUE, ORANGE, GREEN, RED, PURPLE, SKY = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9"
PALETTE = (BLUE, ORANGE, GREEN, RED, PURPLE, SKY)
INK, GREY, PALE = "#222222", "#7A7A7A", "#D9D9D9"
HATCHES = ("", "//", "..", "xx", "\\\\", "++")

CHINESE = "CRM Lab Sans SC"  # comes with the package: no machine is sure to have a Chinese font

_LOOK: dict[str, Any] = {
    "figure.facecolor": "white",
    "font.size": FONT,
    "axes.labelsize": FONT,
    "figure.titlesize": FONT + 2,
    "figure.titleweight": "bold",
    "xtick.labelsize": FONT - 2,
    "ytick.labelsize": FONT - 2,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "axes.axisbelow": True,
    "axes.grid": True,
    "grid.color": PALE,
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "lines.linewidth": 3,
    "hatch.linewidth": 1.2,
    "hatch.color": "white",
    "axes.prop_cycle": cycler(color=PALETTE),
}


@contextmanager
def look() -> Iterator[None]:
    """The style, for as long as the block lasts; the reader's own matplotlib settings stay as they are.

    >>> with look():
    ...     matplotlib.rcParams["font.size"]
    18.0
    """
    _add_chinese()
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_LOOK)  # type: ignore[arg-type]
        matplotlib.rcParams["font.family"] = fonts()
        yield


def fonts() -> list[str]:
    """The fonts of figures: the second writes what the first cannot. Chinese words and their figures share one.

    >>> fonts()[0]
    'DejaVu Sans'
    """
    return [CHINESE, "DejaVu Sans"] if language() == "zh_CN" else ["DejaVu Sans", CHINESE]


@cache
def _add_chinese() -> None:
    """The Chinese font for matplotlib, in bold too: there is one weight, and asking for another would be reported."""
    fontManager.addfont(Path(__file__).parent / "fonts" / "sans_sc.otf")
    entry = next(font for font in fontManager.ttflist if font.name == CHINESE)
    fontManager.ttflist.append(replace(entry, weight=700))


def sheet(title: str, height: float = SIZE[1], grid: str = "y") -> tuple[Figure, Axes]:
    """An empty figure with one pair of axes and its message as title, broken into lines that fit.

    title   a sentence computed from the data
    height  inches; the width is that of a slide
    grid    axis that gets grid lines: "x", "y", "both" or "none"

    >>> sheet("Half of the customers bring 97 % of the profit")[0].get_size_inches().tolist()
    [10.0, 5.625]
    """
    figure = Figure(figsize=(SIZE[0], height), layout="constrained")
    axes = figure.add_subplot()
    figure.suptitle(wrapped(title), x=0.01, ha="left")
    if grid != "both":
        axes.grid(False, axis="both" if grid == "none" else {"x": "y", "y": "x"}[grid])  # type: ignore[arg-type]
    return figure, axes


def wrapped(title: str, width: int = 58) -> str:
    """A title in lines that fit; a number keeps its per cent sign.

    >>> wrapped("Half of the customers bring 97 %", 30).splitlines()
    ['Half of the customers bring', '97\xa0%']
    """
    return "\n".join(lines_of(title.replace(" %", "\N{NO-BREAK SPACE}%"), width))


def capital(text: str) -> str:
    """The text with its first letter large, the rest as it is.

    >>> capital("can't lose"), capital("忠诚")
    ("Can't lose", '忠诚')
    """
    return text[:1].upper() + text[1:]


def label(code: object) -> str:
    """The words for a code of crm_lab.classify; an unknown code is shown with spaces for underscores.

    >>> label("cant_lose"), label("my_own_code")
    ("can't lose", 'my own code')
    """
    return _labels(language()).get(str(code), str(code).replace("_", " "))


@cache
def _labels(language: str) -> dict[str, str]:
    return {
        "champions": _("champions"),
        "loyal": _("loyal"),
        "potential_loyal": _("potential loyal"),
        "new": _("new"),
        "promising": _("promising"),
        "need_attention": _("need attention"),
        "about_to_sleep": _("about to sleep"),
        "cant_lose": _("can't lose"),
        "at_risk": _("at risk"),
        "hibernating": _("hibernating"),
        "current": _("current"),
        "lost": _("lost"),
        "target": _("target"),
        "potential": _("potential"),
        "non_customer": _("non-customer"),
        "transactional": _("transactional"),
        "consultative": _("consultative"),
        "integrated": _("integrated"),
        "important": _("important"),
        "main": _("main"),
        "ordinary": _("ordinary"),
        "small": _("small"),
        "star": _("star"),
        "grow": _("grow"),
        "keep": _("keep"),
        "watch": _("watch"),
        "latent": _("latent"),
        "spurious": _("spurious"),
        "none": _("none"),
        "unknown": _("unknown"),
        "rising": _("rising"),
        "steady": _("steady"),
        "falling": _("falling"),
        "problem": _("problem"),
        "absent": _("absent"),
        "revenue": _("revenue"),
        "profit": _("profit"),
        "past": _("past"),
        "account": _("account"),
        "buyer": _("buyer"),
        "active": _("active"),
        "shopper": _("shopper"),
        "customer": _("customer"),
        "consumer": _("consumer"),
        "first_order": _("first order"),
        "second_order": _("second order"),
        "third_order": _("third order"),
        "sign_up": _("sign-up"),
        "visit": _("visit"),
        "philosophy": _("philosophy"),
        "strategy": _("strategy"),
        "system": _("system"),
        "relationship": _("relationship"),
        "process": _("process"),
        "access": _("access"),
        "interaction": _("interaction"),
        "insight": _("insight"),
        "initiator": _("initiator"),
        "influencer": _("influencer"),
        "decider": _("decider"),
        "user": _("user"),
        "efficiency": _("efficiency"),
        "cost": _("cost"),
        "sales": _("sales"),
        "comparison": _("comparison"),
        "experiment": _("experiment"),
        "product": _("product"),
        "brand": _("brand"),
        "switching": _("switching"),
    }


def percent_axis(axes: Axes, x: str = "", y: str = "") -> None:
    """Write the axes that get a name here as percentages of 1.

    >>> axes = sheet("Two shares")[1]
    >>> percent_axis(axes, x="share of customers")
    >>> axes.xaxis.get_major_formatter()(0.5)
    '50 %'
    """
    for axis, name in ((axes.xaxis, x), (axes.yaxis, y)):
        if name:
            axis.set_label_text(name)
            axis.set_major_formatter(_percent)


def money_axis(axes: Axes, x: str = "", y: str = "", money: Money = money) -> None:
    """Write the axes that get a name here as amounts of money.

    >>> axes = sheet("Profit")[1]
    >>> money_axis(axes, y="profit")
    >>> axes.yaxis.get_major_formatter()(2500)
    '¥2.5K'
    """
    for axis, name in ((axes.xaxis, x), (axes.yaxis, y)):
        if name:
            axis.set_label_text(name)
            axis.set_major_formatter(partial(_short_money, money))


def _percent(value: float, position: Any = None) -> str:  # a tick: its value and where it stands in the row
    return percentage(f"{100 * value:.3g}".replace("-", "−"))


def _short_money(money: Money, value: float, position: Any = None) -> str:
    return money.short(value)
