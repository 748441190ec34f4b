"""Diagrams of the call centre: how CTI joins telephone and computer, how it grew, the information hub of a CRM."""

from __future__ import annotations

from crm_lab.base.text import _
from crm_lab.explore._boxes import Arrow, Box
from crm_lab.explore._chart import Scale, figure
from crm_lab.explore._marks import Words
from crm_lab.explore._picture import Picture
from crm_lab.explore._style import BLUE, GREEN, GREY, ORANGE, PURPLE, SKY

_CANVAS = {"x": Scale(limits=(-0.6, 100.6)), "y": Scale(limits=(-0.6, 48.6))}
_ROUND = 1.5


def cti_diagram() -> Picture:
    """Computer telephony integration: the call and the customer's file reach the agent together.

    >>> cti_diagram()  # doctest: +ELLIPSIS
    With CTI the call and the file arrive together. Boxes: caller 来电者; switch, ACD 自动呼叫分配; CTI server ...
    """
    caller = _box(13, 39, 26, 14, _("caller\n来电者"), ORANGE)
    switch = _box(54, 39, 26, 14, _("switch, ACD\n自动呼叫分配"), ORANGE)
    server = _box(54, 8, 26, 14, _("CTI server\nCTI 服务器"), BLUE)
    database = _box(13, 8, 26, 14, _("CRM database\n客户数据库"), GREEN)
    agent = _box(90, 23.5, 18, 20, _("agent 坐席员\nheadset,\nscreen"), PURPLE)
    return figure(
        _("With CTI the call and the file arrive together"),
        *(caller, switch, server, database, agent),
        Arrow(caller, switch, _("1 call")),
        Arrow(switch, server, _("2 number"), both=True),
        Arrow(server, database, _("3 who?"), both=True),
        Arrow(switch, agent, _("4 voice")),
        Arrow(server, agent, _("4 file,\n5 notes"), both=True),
        **_CANVAS,
    )


def _box(x: float, y: float, width: float, height: float, words: str, colour: str) -> Box:
    return Box(x, y, width, height, words=words, colour=colour, round=_ROUND)


def growth_diagram() -> Picture:
    """How the call centre grew: each generation kept what was there and added one thing.

    >>> growth_diagram()  # doctest: +ELLIPSIS
    Each generation kept the last one and added to it. 1 Hotline 人工热线. People who answer, a list on paper. 2 ...
    """
    stages = (
        (_("1  Hotline\n人工热线"), _("people who answer, a list on paper"), GREY),
        (_("2  Voice menus\n自动语音"), _("IVR: a machine answers what is simple"), SKY),
        (_("3  CTI\n计算机电话集成"), _("queue, caller known, file on the screen"), BLUE),
        (_("4  Contact centre\n客户联络中心"), _("web, mail, chat: one history"), GREEN),
        (_("5  Cloud, AI\n云与人工智能"), _("rented, at home, chatbots first"), ORANGE),
    )
    marks = []
    for place, (name, added, colour) in enumerate(stages):
        left, middle = 2.5 * place, 9.6 * place + 4.3
        marks += [
            Box(left / 2 + 50, middle, 100 - left, 8.6, colour=colour, round=_ROUND),
            Words(left + 2, middle, name, bold=True, sides=("left", "center")),
            Words(41, middle, added, sides=("left", "center")),
        ]
    return figure(_("Each generation kept the last one and added to it"), *marks, **_CANVAS)


def hub_diagram() -> Picture:
    """The call centre as the information hub of the CRM: all channels come in, one history comes out.

    >>> hub_diagram()  # doctest: +ELLIPSIS
    All channels come in at the hub; one history serves all. Boxes: information hub 信息交互平台: one history ...
    """
    channels = (_("telephone\n电话"), _("web, chat\n网络"), _("app\n应用"), _("e-mail\n邮件"))
    users = (_("sales\n销售"), _("marketing\n营销"), _("service\n服务"), _("analysis\n分析"))
    name, what = _("information hub\n信息交互平台"), _("\none history\nof each\ncustomer")
    hub = Box(50, 24, 28, 34, name, what, BLUE, round=_ROUND)
    heights = [42.5 - 12.3 * place for place in range(len(channels))]
    sources = [_box(12, y, 24, 9, text, ORANGE) for y, text in zip(heights, channels, strict=True)]
    readers = [_box(88, y, 24, 9, text, GREEN) for y, text in zip(heights, users, strict=True)]
    arrows = [Arrow(box, hub, both=True) for box in (*sources, *readers)]
    title = _("All channels come in at the hub; one history serves all")
    return figure(title, hub, *sources, *readers, *arrows, **_CANVAS)
