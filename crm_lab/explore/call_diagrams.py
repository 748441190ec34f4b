"""Diagrams drawn by code: how CTI joins telephone and computer, how call centres grew, the contact hub of a CRM."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from crm_lab.base.text import _
from crm_lab.explore.picture import Picture
from crm_lab.explore.style import BLUE, FONT, GREEN, GREY, INK, ORANGE, PURPLE, SKY, look, sheet

_SOFT = {BLUE: "#CFE4F2", ORANGE: "#FBE7C0", GREEN: "#CBEBE0", SKY: "#DDF0FB", PURPLE: "#F4DFEA", GREY: "#EDEDED"}


def _canvas(title: str, width: float = 100, height: float = 48) -> tuple[Any, Axes]:
    figure, axes = sheet(title, grid="none")
    axes.set(xlim=(-0.6, width + 0.6), ylim=(-0.6, height + 0.6), xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    return figure, axes


def _box(axes: Axes, at: tuple[float, float], size: tuple[float, float], text: str, colour: str) -> None:
    """A rounded box with its centre at `at`."""
    (x, y), (width, height) = at, size
    shape = FancyBboxPatch(
        (x - width / 2, y - height / 2), width, height, boxstyle="round,pad=0,rounding_size=1.5",
        fc=_SOFT[colour], ec=colour, lw=2.5,
    )  # fmt: skip
    axes.add_patch(shape)
    axes.text(x, y, text, ha="center", va="center", size=FONT, linespacing=1.15)


def _arrow(
    axes: Axes, start: tuple[float, float], end: tuple[float, float], text: str = "", both: bool = False
) -> None:
    """An arrow, its words beside the middle."""
    style = {"arrowstyle": "<|-|>" if both else "-|>", "lw": 2.5, "color": INK, "mutation_scale": 22, "shrinkA": 0}
    axes.annotate("", end, start, arrowprops={**style, "shrinkB": 0})
    if text:
        x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
        flat = abs(start[1] - end[1]) < abs(start[0] - end[0])
        shift, sides = ((0, 1), ("center", "bottom")) if flat else ((1, 0), ("left", "center"))
        axes.text(x + shift[0], y + shift[1], text, ha=sides[0], va=sides[1], size=FONT, linespacing=1.1)


def cti_diagram() -> Picture:
    """Computer telephony integration: the call and the customer's file reach the agent together.

    >>> cti_diagram().title
    'With CTI the call and the file arrive together'
    """
    with look():
        figure, axes = _canvas(_("With CTI the call and the file arrive together"))
        _box(axes, (13, 39), (26, 14), _("caller\n来电者"), ORANGE)
        _box(axes, (54, 39), (26, 14), _("switch, ACD\n自动呼叫分配"), ORANGE)
        _box(axes, (54, 8), (26, 14), _("CTI server\nCTI 服务器"), BLUE)
        _box(axes, (13, 8), (26, 14), _("CRM database\n客户数据库"), GREEN)
        _box(axes, (88, 23.5), (22, 20), _("agent 坐席\nheadset,\nscreen"), PURPLE)
        _arrow(axes, (26, 39), (41, 39), _("1 call"))
        _arrow(axes, (54, 32), (54, 15), _("2 number"), both=True)
        _arrow(axes, (41, 8), (26, 8), _("3 who?"), both=True)
        _arrow(axes, (67, 39), (80, 33.5))
        axes.text(74, 39, _("4 voice"), size=FONT, va="bottom")
        _arrow(axes, (67, 8), (80, 13.5), both=True)
        axes.text(74, 7, _("4 file, 5 notes"), size=FONT, va="top")
        text = _(
            "Diagram of 5 boxes and 5 steps. 1: a call enters the switch, which queues it. 2: the switch gives "
            "the number to the CTI server. 3: the server asks the CRM database who that is. 4: voice and customer file "
            "reach the same agent at once. 5: the agent's notes go back to the database."
        )
        return Picture(figure, text)


def growth_diagram() -> Picture:
    """How the call centre grew: each generation kept what was there and added one thing.

    >>> growth_diagram().title
    'Each generation kept the last one and added to it'
    """
    stages = (
        (_("1  Hotline\n人工热线"), _("people who answer, a list on paper")),
        (_("2  Voice menus\n自动语音"), _("IVR: a machine answers what is simple")),
        (_("3  CTI\n计算机电话集成"), _("queue, caller known, file on the screen")),
        (_("4  Contact centre\n客户联络中心"), _("web, mail, chat: one history")),
        (_("5  Cloud, AI\n云与人工智能"), _("rented, at home, chatbots first")),
    )
    with look():
        figure, axes = _canvas(_("Each generation kept the last one and added to it"))
        for place, ((name, added), colour) in enumerate(zip(stages, (GREY, SKY, BLUE, GREEN, ORANGE), strict=True)):
            left, low = 2.5 * place, 9.6 * place
            width = 100 - left
            axes.add_patch(
                FancyBboxPatch((left, low), width, 8.6, boxstyle="round,pad=0,rounding_size=1.5", fc=_SOFT[colour],
                               ec=colour, lw=2.5)
            )  # fmt: skip
            axes.text(left + 2, low + 4.3, name, va="center", size=FONT, weight="bold")
            axes.text(41, low + 4.3, added, va="center", size=FONT)
        text = _("Stairs of {n} generations from bottom to top: {stages}.")
        listed = "; ".join(f"{' '.join(name.split())}: {added}" for name, added in stages)
        return Picture(figure, text.format(n=len(stages), stages=listed))


def hub_diagram() -> Picture:
    """The call centre as the contact hub of the CRM: all channels come in, one history comes out.

    >>> hub_diagram().title
    'All channels come in at the hub; one history serves all'
    """
    channels = (_("telephone\n电话"), _("web, chat\n网络"), _("app\n应用"), _("e-mail\n邮件"))
    users = (_("sales\n销售"), _("marketing\n营销"), _("service\n服务"), _("analysis\n分析"))
    with look():
        figure, axes = _canvas(_("All channels come in at the hub; one history serves all"))
        for place, (channel, user) in enumerate(zip(channels, users, strict=True)):
            y = 42.5 - 12.3 * place
            _box(axes, (12, y), (24, 9), channel, ORANGE)
            _box(axes, (88, y), (24, 9), user, GREEN)
            _arrow(axes, (24, y), (36, 24 + (y - 24) * 0.4), both=True)
            _arrow(axes, (64, 24 + (y - 24) * 0.4), (76, y), both=True)
        _box(axes, (50, 24), (28, 30), _("contact hub\n联络枢纽\n\none history\nof each\ncustomer"), BLUE)
        text = _(
            "Diagram: {n} channels on the left ({channels}) are joined to one contact hub in the middle, which keeps "
            "one history of each customer; {m} users on the right ({users}) take from it and add to it."
        )
        words = {"channels": _list(channels), "users": _list(users)}
        return Picture(figure, text.format(n=len(channels), m=len(users), **words))


def _list(texts: Sequence[str]) -> str:
    """The texts of boxes in one line."""
    return "; ".join(" ".join(text.split()) for text in texts)
