"""The ideas of CRM in pictures: readings, layers, values and roles, stages and effects, from product to customer."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from crm_lab.base.columns import columns
from crm_lab.base.text import _, ngettext
from crm_lab.concepts.layers import layer_guide
from crm_lab.concepts.roles import ROLES, people_behind, role_guide
from crm_lab.explore._boxes import FRAME, FULL, Arrow, Box
from crm_lab.explore._chart import Scale, figure, fold
from crm_lab.explore._marks import Bars, Intervals, Rule, Words
from crm_lab.explore._picture import Picture
from crm_lab.explore._style import BLUE, FONT, GREEN, GREY, ORANGE, RED, capital, label, money, number, share

_COLOURS = (BLUE, GREEN, RED)


def readings_diagram(readings: pd.DataFrame) -> Picture:
    """The three readings of CRM, one band each, the idea on top and the tool at the foot.

    readings  from concepts.readings: chinese, crm_is and changes, indexed by reading

    >>> from crm_lab.concepts import readings
    >>> readings_diagram(readings())  # doctest: +ELLIPSIS
    3 readings of CRM: an idea, a plan, a tool. Philosophy: 管理理念. The customer is what the company ...
    """
    columns(readings, ["chinese", "crm_is", "changes"], "readings")
    lines = [[f"{row.crm_is}.", _("changes {what}.").format(what=row.changes)] for row in readings.itertuples()]
    title = _("{n} readings of CRM: an idea, a plan, a tool").format(n=len(readings))
    return _bands(title, readings.index, readings["chinese"], lines)


def layer_diagram(layers: pd.DataFrame) -> Picture:
    """IBM's three layers with what each manages, who works in it, and how many tables and rows lie there.

    layers  from concepts.layers: tables, rows, indexed by layer

    >>> from crm_lab.concepts import layers
    >>> layer_diagram(layers({"visits": pd.DataFrame({"visit_id": ["V1"]})}))  # doctest: +ELLIPSIS
    Three layers, 1 rows; most lie in “access”. Relationship: 关系管理. Who the customers are, ...
    """
    columns(layers, ["tables", "rows"], "layers")
    guide = layer_guide().loc[layers.index]
    counts = _("{tables} tables, {rows} rows; {users}.")
    lines = [
        [f"{row.manages}.", counts.format(tables=tables, rows=number(rows), users=row.users)]
        for row, tables, rows in zip(guide.itertuples(), layers["tables"], layers["rows"], strict=True)
    ]
    title = _("Three layers, {rows} rows; most lie in “{layer}”")
    title = title.format(rows=number(layers["rows"].sum()), layer=label(layers["rows"].idxmax()))
    return _bands(title, layers.index, guide["chinese"], lines)


def value_diagram(values: pd.DataFrame) -> Picture:
    """The three values of a customer relationship, one band each, with its number against the other.

    values  from concepts.three_values: measure, unit ("¥" or "people"), figure, otherwise, indexed by value

    >>> table = {"measure": ["satisfied against not"], "unit": ["¥"], "figure": [120.0], "otherwise": [90.0]}
    >>> value_diagram(pd.DataFrame(table, index=["customer"]))
    Three values: of satisfaction, of talking, of knowing. Customer: 客户价值. ¥120 against ¥90. Satisfied against not.
    """
    columns(values, ["measure", "unit", "figure", "otherwise"], "values")
    chinese = {"customer": "客户价值", "interaction": "客户交流价值", "insight": "客户洞察价值"}
    against = _("{one} against {other}.")
    lines = []
    for row in values.itertuples():
        write = money if row.unit == money.sign else number
        lines.append([against.format(one=write(row.figure), other=write(row.otherwise)), f"{row.measure}."])
    names = [chinese.get(str(code), "") for code in values.index]
    return _bands(_("Three values: of satisfaction, of talking, of knowing"), values.index, names, lines)


def _bands(title: str, codes: Any, chinese: Any, lines: Sequence[Sequence[str]]) -> Picture:
    """One band a row: its name and Chinese on a coloured field, its sentences beside it."""
    marks: list[Any] = []
    for row, (code, name, said) in enumerate(zip(codes, chinese, lines, strict=True)):
        style: dict[str, Any] = {"colour": _COLOURS[row % 3], "fill": FULL, "edge": False, "round": 0.06}
        marks.append(Box(1.25, -row - 0.5, 2.4, 0.78, capital(label(code)), str(name), **style))
        text = "\n".join(fold(capital(line), 52) for line in said)
        marks.append(Words(2.75, -row - 0.5, text, sides=("left", "center")))
    return figure(title, *marks, x=Scale(limits=(0, 10)), y=Scale(limits=(-len(lines), 0)))


def role_grid(cases: pd.DataFrame) -> Picture:
    """Who plays which role in each purchase; the roles of the buyer are filled, the hidden ones only framed.

    cases  purchase, role, person, as concepts.purchases gives them

    >>> from crm_lab.concepts import purchases
    >>> role_grid(purchases()).title
    'In 3 of 4 purchases the order hides somebody'
    """
    behind = people_behind(cases)
    wide = cases.pivot(index="purchase", columns="role", values="person").reindex(behind.index, columns=list(ROLES))
    title = _("In {n} of {all} purchases the order hides somebody")
    title = title.format(n=int((behind["hidden"] > 0).sum()), all=len(behind))
    chinese = role_guide()["chinese"]
    heads = [
        Words(column + 0.5, 0.1, f"{label(role)}\n{chinese[role]}", bold=True, sides=("center", "bottom"))
        for column, role in enumerate(ROLES)
    ]
    marks: list[Any] = [*heads]
    for row, (purchase, persons) in enumerate(wide.iterrows()):
        marks.append(Words(-0.1, -row - 0.5, fold(str(purchase), 12), sides=("right", "center"), size=FONT - 1))
        marks += [
            _person(column, row, str(persons[role]), persons[role] == persons["buyer"])
            for column, role in enumerate(ROLES)
            if pd.notna(persons[role])
        ]
    note = _("Filled: the person the order names")
    x, y = Scale(limits=(-1.15, len(ROLES) + 0.02)), Scale(limits=(-len(wide), 0.75))
    return figure(title, *marks, x=x, y=y, note=note)


def _person(column: int, row: int, person: str, shown: bool) -> Box:
    """One cell of the grid."""
    kind = {"fill": FULL, "colour": BLUE} if shown else {"fill": FRAME, "colour": GREY, "broken": True}
    place = (column + 0.5, -row - 0.5, 0.9, 0.74)
    return Box(*place, words=fold(person, 11), size=FONT - 1, round=0.03, **kind)  # type: ignore[arg-type]


def formation_bars(table: pd.DataFrame) -> Picture:
    """What becomes of 1,000 visits: how many reach each stage after them.

    table  from concepts.formation: share, of_1000 and days, indexed by stage, the visits first

    >>> table = pd.DataFrame({"share": [None, 0.02, 0.5], "of_1000": [1000.0, 20, 10], "days": [None, None, 5]})
    >>> formation_bars(table.set_axis(["visit", "account", "first_order"]))  # doctest: +ELLIPSIS
    Of 1,000 visits 20 lead to a “account”, 10 to a “first order”. Bars of number out of 1,000 visits: ...
    """
    columns(table, ["share", "of_1000", "days"], "table")
    stages = table.iloc[1:]
    words = [_stage_words(row) for row in stages.itertuples()]
    counts = stages["of_1000"].tolist()
    title = _("Of 1,000 visits {first} lead to a “{one}”, {last} to a “{other}”").format(
        first=number(counts[0]), one=label(stages.index[0]), last=number(counts[-1]), other=label(stages.index[-1])
    )
    x = Scale(_("number out of 1,000 visits"), "{:.1f}".format, (0, 1.75 * max(counts)))
    return figure(title, Bars(counts, words), x=x, y=groups(stages.index), grid="x")


def _stage_words(row: Any) -> str:
    part = _("{part} of those before").format(part=share(row.share))
    return part if pd.isna(row.days) else _("{part}, {days:.0f} days").format(part=part, days=row.days)


def effect_bars(table: pd.DataFrame) -> Picture:
    """Efficiency, cost and sales: the change from one way to work to another, and how that is known.

    table  from concepts.effects: measure, first, second, change, low and high, evidence, indexed by effect

    >>> table = pd.DataFrame({"measure": ["orders"], "first": [20.0], "second": [25.0], "change": [0.25],
    ...     "low": [0.1], "high": [0.4], "evidence": ["experiment"]}, index=["sales"])
    >>> effect_bars(table)  # doctest: +ELLIPSIS
    Only an experiment shows an effect: 1 of 1 is one. Bars of change: sales orders +25 % (+10 % to ...
    """
    columns(table, ["measure", "first", "second", "change", "low", "high", "evidence"], "table")
    tested = int((table["evidence"] == "experiment").sum())
    title = ngettext(
        "Only an experiment shows an effect: {n} of {all} is one",
        "Only an experiment shows an effect: {n} of {all} are one",
        tested,
    ).format(n=tested, all=len(table))
    words = [f"{_change(row)}\n{row.first:.1f} → {row.second:.1f}, {label(row.evidence)}" for row in table.itertuples()]
    names = [f"{label(row.Index)}\n{fold(str(row.measure), 16)}" for row in table.itertuples()]
    low, high = min(0.0, *table["change"]), max(0.0, *table["change"])
    x = Scale(_("change"), share, (1.05 * low, high + 0.7 * (high - low)))
    return figure(title, Bars(table["change"].tolist(), words), x=x, y=groups(names), grid="x")


def _change(row: Any) -> str:
    """A change, with its interval where one is known."""
    if pd.isna(row.low):
        return _signed(row.change)
    text = _("{change} ({low} to {high})")
    return text.format(change=_signed(row.change), low=_signed(row.low), high=_signed(row.high))


def _signed(value: Any) -> str:
    rounded = share(value)
    return f"+{rounded}" if value > 0 and rounded != share(0) else share(0) if rounded == "−0 %" else rounded


def groups(codes: Any) -> Scale:
    """The axis of lying bars, one name for each code, the first on top.

    >>> groups(["cant_lose"]).ticks
    {0: "can't lose"}
    """
    names = {place: label(code) for place, code in enumerate(codes)}
    return Scale(limits=(len(names) - 0.5, -0.5), ticks=names)


def centred_diagram(table: pd.DataFrame) -> Picture:
    """From product-centred to customer-centred: where each way starts, whom it calls, what a call leaves.

    table  from concepts.targeting: people, value (¥ a call), with the rows product and customer

    >>> table = pd.DataFrame({"people": [900, 200], "value": [-2.0, 1.5]}, index=["product", "customer"])
    >>> centred_diagram(table).title
    'Two ways to choose: a call leaves −¥2.00, or ¥1.50'
    """
    columns(table, ["people", "value"], "table")
    worth: Any = table  # its cells are numbers
    product = (_("Product-centred  以产品为中心"), _("an offer"), _("everyone on the list, {n} people"), BLUE)
    customer = (
        _("Customer-centred  以客户为中心"),
        _("what they asked for"),
        _("those who asked often, {n} people"),
        GREEN,
    )
    marks: list[Any] = []
    for row, (code, (head, start, who, colour)) in enumerate({"product": product, "customer": customer}.items()):
        people, value = worth.loc[code, "people"], worth.loc[code, "value"]
        words = [start, who.format(n=number(people)), _("{value} a call").format(value=cents(value))]
        size: dict[str, Any] = {"width": 2.7, "height": 1.4, "colour": colour, "round": 0.1}
        boxes = [
            Box(1.6 + 3.45 * place, -2.4 * row - 1.1, words=fold(text, 15), fill=fill, **size)
            for place, (text, fill) in enumerate(zip(words, (FRAME, FRAME, FULL), strict=True))
        ]
        marks += [Words(0.2, -2.4 * row, head, bold=True, sides=("left", "center")), *boxes]
        marks += [Arrow(boxes[0], boxes[1]), Arrow(boxes[1], boxes[2])]
    values = {code: cents(worth.loc[code, "value"]) for code in ("product", "customer")}
    title = _("Two ways to choose: a call leaves {product}, or {customer}").format(**values)
    return figure(title, *marks, x=Scale(limits=(0, 10)), y=Scale(limits=(-4.5, 0.3)))


def targeting_bars(table: pd.DataFrame) -> Picture:
    """What a call is worth for each choice of people, with its 95 % interval.

    table  from concepts.targeting: value and error (¥ a call), people, indexed by choice

    >>> table = pd.DataFrame({"people": [90, 20], "value": [-2.0, 1.5], "error": [0.5, 1.0]})
    >>> targeting_bars(table.set_axis(["product", "customer"]))  # doctest: +ELLIPSIS
    A call leaves ¥1.50 for “those who asked”, and −¥2.00 for the whole list. Line at ¥0.00: no call. ...
    """
    columns(table, ["people", "value", "error"], "table")
    names = {"product": _("whole list"), "customer": _("those who asked"), "others": _("the others")}
    rows = table.rename(index=names)
    best: Any = rows["value"].idxmax()
    title = _("A call leaves {best} for “{who}”, and {all} for the whole list")
    title = title.format(best=cents(rows.loc[best, "value"]), who=best, all=cents(rows["value"].iloc[0]))
    words = [
        ngettext("{value}  ({n} person)", "{value}  ({n} people)", people).format(value=cents(value), n=number(people))
        for value, people in zip(rows["value"], rows["people"], strict=True)
    ]
    half = 1.96 * rows["error"]
    names_axis = Scale(limits=(len(rows) - 0.6, -0.7), ticks=dict(enumerate(rows.index)))
    return figure(
        title,
        Rule(0, "x", _("no call"), colour=ORANGE),
        Intervals(rows["value"].tolist(), (rows["value"] - half).tolist(), (rows["value"] + half).tolist(), words),
        x=Scale(_("{sign} a call leaves").format(sign=money.sign), cents),
        y=names_axis,
        grid="x",
    )


def cents(value: Any) -> str:
    """A small amount with its cents: a call is worth a few yuan.

    >>> cents(-1.5)
    '−¥1.50'
    """
    return money.exact(value)
