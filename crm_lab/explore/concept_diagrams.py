"""Diagrams of the ideas of CRM: readings, roles, values, layers, and the way from product to customer."""

import textwrap
from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from crm_lab.base.text import _, ngettext
from crm_lab.concepts.layers import layer_guide
from crm_lab.concepts.roles import ROLES, people_behind, role_guide
from crm_lab.explore.check import lacks_nothing
from crm_lab.explore.picture import Picture
from crm_lab.explore.style import BLUE, FONT, GREEN, GREY, INK, RED, capital, label, look, money, number, sheet

_COLOURS = (BLUE, GREEN, RED)


def readings_diagram(readings: pd.DataFrame) -> Picture:
    """The three readings of CRM, one band each, the idea on top and the tool at the foot.

    readings  from concepts.readings: chinese, crm_is and changes, indexed by reading

    >>> from crm_lab.concepts import readings
    >>> readings_diagram(readings())  # doctest: +ELLIPSIS
    Diagram of 3 readings of CRM, from idea to tool: philosophy (管理理念): the customer is ...
    """
    table = lacks_nothing(readings, ("chinese", "crm_is", "changes"), "readings")
    rows = [
        (label(code), str(row.chinese), [str(row.crm_is), _("changes {what}").format(what=row.changes)])
        for code, row in zip(table.index, table.itertuples(), strict=True)
    ]
    return _bands(
        _("Three readings of CRM: an idea, a plan, a tool"),
        _("Diagram of {n} readings of CRM, from idea to tool: "),
        rows,
    )


def layer_diagram(layers: pd.DataFrame) -> Picture:
    """IBM's three layers with what each manages, who works in it, and how many tables and rows lie there.

    layers  from concepts.layers: tables, rows, indexed by layer

    >>> from crm_lab.concepts import layers
    >>> layer_diagram(layers({"visits": pd.DataFrame({"visit_id": ["V1"]})}))  # doctest: +ELLIPSIS
    Diagram of 3 layers of CRM: relationship (关系管理): who the customers are, what they want and are worth; ...
    """
    table = lacks_nothing(layers, ("tables", "rows"), "layers")
    guide = layer_guide()
    counts = _("{tables} tables, {rows} rows · {users}")
    rows = [
        (
            label(code),
            guide.loc[code, "chinese"],
            [
                guide.loc[code, "manages"],
                counts.format(tables=row.tables, rows=number(row.rows), users=guide.loc[code, "users"]),
            ],
        )
        for code, row in zip(table.index, table.itertuples(), strict=True)
    ]
    biggest: Any = table["rows"].idxmax()
    title = _("Three layers, {rows} rows; most lie in “{layer}”")
    title = title.format(rows=number(table["rows"].sum()), layer=label(biggest))
    return _bands(title, _("Diagram of {n} layers of CRM: "), rows)


def value_diagram(values: pd.DataFrame) -> Picture:
    """The three values of a customer relationship, one band each, with its number.

    values  from concepts.three_values: measure, figure (¥), indexed by value

    >>> table = pd.DataFrame({"measure": ["at the rivals"], "figure": [120.0]}, index=["customer"])
    >>> value_diagram(table)
    Diagram of 1 values of a relationship: customer (客户价值): ¥120; at the rivals.
    """
    table = lacks_nothing(values, ("measure", "figure"), "values")
    chinese = {"customer": "客户价值", "exchange": "交换价值", "insight": "洞察价值"}
    rows = [
        (label(code), chinese.get(str(code), ""), [money(row.figure), str(row.measure)])
        for code, row in zip(table.index, table.itertuples(), strict=True)
    ]
    title = _("Three values: to the customer, in trade, of knowing")
    return _bands(title, _("Diagram of {n} values of a relationship: "), rows)


def role_grid(cases: pd.DataFrame) -> Picture:
    """Who plays which role in each purchase; the roles of the buyer are filled, the hidden ones only framed.

    cases  purchase, role, person, as concepts.purchases gives them

    >>> from crm_lab.concepts import purchases
    >>> role_grid(purchases())  # doctest: +ELLIPSIS
    Grid of 4 purchases by 5 roles; filled: the person the order names. teapot for oneself: 1 person, roles hidden: 0...
    """
    behind = people_behind(cases)
    wide = cases.pivot(index="purchase", columns="role", values="person").reindex(
        index=behind.index, columns=list(ROLES)
    )
    some = int((behind["hidden"] > 0).sum())
    with look():
        title = _("In {n} of {all} purchases the order hides somebody").format(n=some, all=len(behind))
        figure, axes = sheet(title, grid="none")
        for row, (purchase, persons) in enumerate(wide.iterrows()):
            axes.text(-0.1, -row - 0.5, textwrap.fill(str(purchase), 12), ha="right", va="center", size=FONT - 1)
            for column, role in enumerate(ROLES):
                _person(axes, column, row, persons[role], persons[role] == persons["buyer"])
        chinese = role_guide()["chinese"]
        for column, role in enumerate(ROLES):
            axes.text(column + 0.5, 0.1, f"{label(role)}\n{chinese[role]}", ha="center", va="bottom", weight="bold")
        axes.set(xlim=(-1.15, len(ROLES) + 0.02), ylim=(-len(wide), 0.75))
        axes.set_axis_off()
        return Picture(figure, _role_alt(behind))


def _person(axes: Axes, column: int, row: int, person: Any, shown: bool) -> None:
    """One cell of the grid; a role nobody plays stays empty."""
    if pd.isna(person):
        return
    look_of = {"fc": BLUE, "ec": BLUE} if shown else {"fc": "white", "ec": GREY, "ls": "--"}
    axes.add_patch(FancyBboxPatch((column + 0.06, -row - 0.86), 0.88, 0.72, "round,pad=0.02", lw=2, **look_of))  # type: ignore[arg-type]
    words = textwrap.fill(str(person), 11)
    axes.text(column + 0.5, -row - 0.5, words, ha="center", va="center", size=FONT - 1, color="white" if shown else INK)


def _role_alt(behind: pd.DataFrame) -> str:
    start = _("Grid of {n} purchases by {roles} roles; filled: the person the order names. ")
    parts = []
    part = _("{purchase}: {people}, roles hidden: {n}")
    for purchase, number_of, hidden in zip(behind.index, behind["people"], behind["hidden"], strict=True):
        people = ngettext("{n} person", "{n} people", number_of).format(n=number_of)
        parts.append(part.format(purchase=purchase, people=people, n=hidden))
    return start.format(n=len(behind), roles=len(ROLES)) + "; ".join(parts) + "."


def centred_diagram(table: pd.DataFrame) -> Picture:
    """From product-centred to customer-centred: where each way starts, whom it calls, what a call leaves.

    table  from concepts.targeting: people, value (¥ a call), with the rows product and customer

    >>> table = pd.DataFrame({"people": [900, 200], "value": [-2.0, 1.5]}, index=["product", "customer"])
    >>> centred_diagram(table)  # doctest: +ELLIPSIS
    Two rows of boxes. Product-centred (以产品为中心): an offer → everyone on the list, 900 people → −¥2.00 a call....
    """
    ways = lacks_nothing(table, ("people", "value"), "table").loc[["product", "customer"]]
    chains = [
        (_("product-centred"), "以产品为中心", [_("an offer"), _("everyone on the list")]),
        (_("customer-centred"), "以客户为中心", [_("what they asked for"), _("those it helps")]),
    ]
    alt = []
    with look():
        worth = ways["value"].tolist()
        title = _("Starting from the customer makes a call worth {more} more").format(more=cents(worth[1] - worth[0]))
        figure, axes = sheet(title, grid="none")
        rows = zip(chains, ways["people"], worth, strict=True)
        for row, ((name, chinese, boxes), people, value) in enumerate(rows):
            who = _("{who}, {n} people").format(who=boxes[1], n=number(people))
            words = [boxes[0], who, _("{value} a call").format(value=cents(value))]
            _chain(axes, -2.4 * row, f"{capital(name)}  {chinese}", words, _COLOURS[row])
            alt.append(f"{capital(name)} ({chinese}): " + " → ".join(words))
        axes.set(xlim=(0, 10), ylim=(-4.5, 0.3))
        axes.set_axis_off()
        return Picture(figure, _("Two rows of boxes. {rows}.").format(rows=". ".join(alt)))


def cents(value: Any) -> str:
    """A small amount with its cents: a call is worth a few yuan.

    >>> cents(-1.5)
    '−¥1.50'
    """
    return f"{'−' if value < 0 else ''}¥{abs(value):.2f}"


def _chain(axes: Axes, top: float, head: str, words: Sequence[str], colour: str) -> None:
    """A headline and three boxes with arrows between them."""
    axes.text(0, top, head, weight="bold", va="center")
    for place, text in enumerate(words):
        x, last = 3.5 * place, place == len(words) - 1
        fill = colour if last else "white"
        axes.add_patch(FancyBboxPatch((x + 0.1, top - 1.75), 2.8, 1.3, "round,pad=0.08", fc=fill, ec=colour, lw=2.5))
        lines = textwrap.fill(text, 16)
        axes.text(x + 1.5, top - 1.1, lines, ha="center", va="center", color="white" if last else INK)
        if place:
            arrow = FancyArrowPatch(
                (x - 0.5, top - 1.1), (x, top - 1.1), arrowstyle="-|>", mutation_scale=24, color=INK
            )
            axes.add_patch(arrow)


def _bands(title: str, start: str, rows: Sequence[tuple[str, str, Sequence[str]]]) -> Picture:
    """One band a row: its name and Chinese on a coloured field, its sentences beside it; and the alt text."""
    with look():
        figure, axes = sheet(title, grid="none")
        for row, (name, chinese, lines) in enumerate(rows):
            axes.add_patch(FancyBboxPatch((0.05, -row - 0.86), 2.4, 0.72, "round,pad=0.04", fc=_COLOURS[row % 3], lw=0))
            head = {"ha": "center", "va": "center", "color": "white"}
            axes.text(1.25, -row - 0.35, capital(name), weight="bold", **head)  # type: ignore[arg-type]
            axes.text(1.25, -row - 0.66, chinese, **head)  # type: ignore[arg-type]
            words = "\n".join(textwrap.fill(capital(line), 52) for line in lines)
            axes.text(2.75, -row - 0.5, words, va="center", linespacing=1.25)
        axes.set(xlim=(0, 10), ylim=(-len(rows), 0))
        axes.set_axis_off()
        parts = [f"{name} ({chinese}): {'; '.join(lines)}" for name, chinese, lines in rows]
        return Picture(figure, start.format(n=len(rows)) + ". ".join(parts) + ".")
