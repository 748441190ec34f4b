"""Lab 01, words: which reading of CRM a statement describes, and which idea of the chapter a scene shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from crm_lab import concepts
from crm_lab.base.text import _
from crm_lab.exercises import Exercise, Mistake

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

# ---- three readings

READINGS = tuple(concepts.readings().index)

RIGHT_READINGS = {
    **dict.fromkeys(("s02", "s05", "s09", "s12", "s16", "s19"), "philosophy"),
    **dict.fromkeys(("s01", "s04", "s08", "s11", "s13", "s17", "s20"), "strategy"),
    **dict.fromkeys(("s03", "s06", "s07", "s10", "s14", "s15", "s18"), "system"),
}
PLANS_WITH_TOOLS = ("s04", "s11")  # they name a tool, and decide something
BELIEFS_AT_WORK = ("s05", "s12", "s19")


def statements(t: Tables) -> pd.DataFrame:
    """Twenty statements about CRM, one a row."""
    said = {
        "s01": _("Next year, two thirds of the marketing budget go to people who have bought before."),
        "s02": _("We would rather lose a sale than a customer's trust."),
        "s03": _("When the telephone rings, the caller's orders appear on the screen."),
        "s04": _("Small customers are served by the app, large ones by a person."),
        "s05": _("A complaint is a gift: somebody took the trouble to tell us."),
        "s06": _("Shop, app and call centre write into one database."),
        "s07": _("Every night, a program gives each customer a score."),
        "s08": _("We want a customer to stay for three years, not two."),
        "s09": _("Whoever talks with a customer speaks for the whole company."),
        "s10": _("Three days after each delivery, a reminder opens by itself."),
        "s11": _("We close the fax line and spend the money on account managers for our best hundred customers."),
        "s12": _("Before we decide, we ask how it looks from the customer's side."),
        "s13": _("We stop being the cheapest and compete by good advice."),
        "s14": _("The shop's customer number and the call centre's are the same field."),
        "s15": _("The app sends a message when a watched price falls."),
        "s16": _("Nobody in this house says that a customer is not their business."),
        "s17": _("Of every ¥100 of profit, ¥80 shall come from repeat orders by 2027."),
        "s18": _("The morning report is filled from the data warehouse."),
        "s19": _("A customer is a person we know, not a number we process."),
        "s20": _("Sales staff earn a bonus for customers kept, not for parcels sent."),
    }
    return pd.DataFrame({"id": list(said), "statement": list(said.values())})


def readings_with(numbers: tuple[str, ...] = (), reading: str = "", **others: str) -> dict[str, str]:
    """The readings, one taken for another; or those with some numbers taken for `reading`."""
    return {
        number: reading if number in numbers else others.get(right, right) for number, right in RIGHT_READINGS.items()
    }


readings = Exercise(
    name="readings",
    lab="01",
    title=_("Three readings of CRM"),
    points=3,
    sections=("readings-idea",),
    kind="choice",
    options=READINGS,
    reference=lambda t: dict(RIGHT_READINGS),
    supplies={"statements": statements},
    transfers=False,
    mistakes=(
        Mistake(
            "beliefs are plans",
            lambda t: readings_with(philosophy="strategy"),
            _("You see a plan wherever somebody speaks of customers. A belief sets no goal, no budget and no date."),
        ),
        Mistake(
            "plans are beliefs",
            lambda t: readings_with(strategy="philosophy"),
            _("You call plans a belief. Whoever names a goal, a budget or who serves whom has made a choice: a plan."),
        ),
        Mistake(
            "whatever names a tool",
            lambda t: readings_with(PLANS_WITH_TOOLS, "system"),
            _("You call it a system wherever a tool is named. Ask whether somebody decides there who gets what."),
        ),
        Mistake(
            "beliefs at work",
            lambda t: readings_with(BELIEFS_AT_WORK, "strategy"),
            _(
                "You take daily conduct for a plan. Conduct that follows from what people believe has no goal in "
                "figures."
            ),
        ),
        Mistake(
            "software is a plan",
            lambda t: readings_with(system="strategy"),
            _("You call software a plan. A program carries out what somebody decided; it decides nothing itself."),
        ),
    ),
    hints=(
        _("Ask of each statement what would have to change if it were dropped: minds, budgets or software?"),
        _("A belief or an attitude: philosophy. A choice, a goal, money: strategy. Software, data, a machine: system."),
    ),
    meaning=lambda t, answer: _(
        "All three are CRM, and a project needs them in this order: what we believe, what we choose, what we install. "
        "Who begins with the software buys an expensive address book."
    ),
)

# ---- words, roles, layers, values, roots

IDEAS = {
    "word": ("shopper", "customer", "consumer"),
    "role": ("initiator", "influencer", "decider", "buyer", "user"),
    "layer": ("relationship", "process", "access"),
    "value": ("customer", "exchange", "insight"),
    "root": ("database", "relationship", "one_to_one"),
}
RIGHT_IDEAS = {
    **dict(w1="consumer", w2="shopper", w3="customer"),
    **dict(r1="decider", r2="user", r3="initiator", r4="buyer", r5="influencer"),
    **dict(l1="access", l2="relationship", l3="process"),
    **dict(v1="insight", v2="customer", v3="exchange"),
    **dict(o1="relationship", o2="one_to_one", o3="database"),
}


def scenes(t: Tables) -> pd.DataFrame:
    """Seventeen scenes, one a row, each with what is asked about it."""
    told = {
        "w1": ("word", _("A boy does his homework by the lamp. What is he to Willow Lane?")),
        "w2": ("word", _("A woman looks at lamps in the app on the bus. She has not ordered so far. What is she?")),
        "w3": ("word", _("A mother pays for the lamp on her son's desk. What is she?")),
        "r1": ("role", _("The hotel's owner says yes to the towels. Which role is it?")),
        "r2": ("role", _("The hotel's guests dry their hands on them.")),
        "r3": ("role", _("A housekeeper was the first to say that the old towels were worn out.")),
        "r4": ("role", _("A clerk places the order and pays the invoice.")),
        "r5": ("role", _("A friend who runs a hotel told the owner which towels last.")),
        "l1": ("layer", _("Calls are led to an agent who speaks Cantonese. Which layer does this?")),
        "l2": ("layer", _("A list shows which customers are worth a visit.")),
        "l3": ("layer", _("A return goes from the warehouse to the accounts, and the money goes back.")),
        "v1": ("value", _("What a thousand customers bought tells us whom to call about tea. Which value is it?")),
        "v2": ("value", _("At Willow Lane, the same basket costs the customer less than at a rival.")),
        "v3": ("value", _("The order leaves a margin for us, and the parcel is on its way.")),
        "o1": ("root", _("A customer kept is worth more than one sale. Which root says so?")),
        "o2": ("root", _("Treat different customers differently.")),
        "o3": ("root", _("Use what people bought to choose the next offer.")),
    }
    return pd.DataFrame([(number, *row) for number, row in told.items()], columns=["id", "asks", "scene"])


def ideas_with(**others: str) -> dict[str, str]:
    """The ideas, with some scenes answered in another way."""
    return {**RIGHT_IDEAS, **others}


ideas = Exercise(
    name="ideas",
    lab="01",
    title=_("Seventeen scenes"),
    points=3,
    sections=("words-idea", "roles-idea", "roots-idea", "values-idea", "layers-idea"),
    kind="choice",
    options=tuple(dict.fromkeys(name for names in IDEAS.values() for name in names)),
    reference=lambda t: dict(RIGHT_IDEAS),
    supplies={"scenes": scenes},
    transfers=False,
    stretch=True,
    mistakes=(
        Mistake(
            "who pays decides",
            lambda t: ideas_with(r1="buyer", r4="decider"),
            _("You exchanged two roles at the hotel. Who says yes need not be the one who orders and pays."),
        ),
        Mistake(
            "who uses is the customer",
            lambda t: ideas_with(w1="customer", w3="shopper"),
            _("You call the one who uses the goods the customer. The customer is the one who pays."),
        ),
        Mistake(
            "first word",
            lambda t: ideas_with(r3="influencer", r5="initiator"),
            _("You exchanged who began and who advised. The first to name the need begins; the other one advises."),
        ),
        Mistake(
            "values turned round",
            lambda t: ideas_with(v2="exchange", v3="customer"),
            _(
                "Ask of each value who has it: what the customer saves is theirs, what the order leaves passes "
                "between us."
            ),
        ),
        Mistake(
            "doors are processes",
            lambda t: ideas_with(l1="process", l3="access"),
            _("You exchanged two layers. One is the doors by which people reach us, the other the work behind them."),
        ),
    ),
    hints=(
        _("The column asks names the family; choose only among its three or five words."),
        _(
            "concepts.role_guide(), layer_guide() and roots() describe the words. For the first three: visits, pays, "
            "uses."
        ),
    ),
    meaning=lambda t, answer: _(
        "One purchase can have five people behind it, and the order names only one. Before you write to a customer, "
        "ask which role the reader plays."
    ),
)
