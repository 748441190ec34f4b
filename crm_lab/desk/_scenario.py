"""A conversation as data: what can be chosen at each turn, what it does, and where it leads.

`scenarios/late_parcel.toml` holds what is the same in every language, `late_parcel.en.toml` beside it the words:

    kind = "complaint"                  # one of KINDS            title = "The parcel that came too late"
    temperament = "choleric"            # one of TEMPERAMENTS     brief = "…"
    mood = 4                            # 0 furious … 10 delighted
    seconds = 300                       # the standard's handling time
    look_up = ["orders"]                # tables a good agent opens before answering
    article = "late_delivery"           # what the knowledge base says about it

    [turns.open]                        # the first turn          [open]
    greet = {step = "greeting", points = 2, mood = 1,             says = "Where is my order?"
             seconds = 10, next = "verify"}                       cross = "…"   # said instead below mood 4
    curt = {step = "greeting", points = 0, …}                     greet = "Good morning, Willow Lane, …"
    …                                                             [open.why]
    [endings]                           # from which mood on      curt = "The standard asks for …"
    kept = 7                                                      [endings]
    …                                                             kept = "…"

`next` names a turn, or "end": then the mood decides which ending it is. `next_cross` leads elsewhere below mood 4.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from crm_lab.base.errors import InputError, one_of
from crm_lab.base.text import _, language

SHIPPED = Path(__file__).with_name("scenarios")
STEPS = ("greeting", "identification", "listening", "answer", "objection", "closing")
KINDS = (
    "consultation",
    "complaint",
    "return",
    "objection",
    "excuse",
    "silent",
    "important",
    "rush",
    "call_back",
    "cross_sell",
    "privacy",
    "abuse",
)
TEMPERAMENTS = ("sanguine", "choleric", "phlegmatic", "melancholic")
CROSS = 4  # the mood below which a customer is cross
END = "end"


@dataclass(frozen=True)
class Option:
    """Something the agent may say.

    step     which part of the service standard it belongs to, one of STEPS
    points   what the standard gives for it, from 0
    mood     how the customer's mood moves
    seconds  how long it takes, with the customer's reply
    next     the turn it leads to, or "end"; `next_cross` below mood CROSS
    text     what is said, and `why` what is to be said of it afterwards
    """

    name: str
    step: str
    points: int
    mood: int
    seconds: int
    next: str
    next_cross: str
    text: str
    why: str


@dataclass(frozen=True)
class Turn:
    """What the customer says, in good and in bad mood, and what the agent may say then."""

    name: str
    says: str
    cross: str
    options: tuple[Option, ...]

    @property
    def best(self) -> int:
        """The most points this turn gives."""
        return max(option.points for option in self.options)


@dataclass(frozen=True)
class Scenario:
    """One conversation; see the module for what each part means."""

    name: str
    title: str
    brief: str
    kind: str
    temperament: str
    mood: int
    seconds: int
    look_up: tuple[str, ...]
    article: str
    outbound: bool
    turns: Mapping[str, Turn]
    endings: Mapping[str, int]
    ending_words: Mapping[str, str]

    @property
    def first(self) -> Turn:
        """The turn it begins with."""
        return next(iter(self.turns.values()))

    def ending(self, mood: int) -> str:
        """How it ends in a mood: the ending with the highest threshold that is reached."""
        return max((least, name) for name, least in self.endings.items() if mood >= least)[1]


def names(folder: Path = SHIPPED) -> list[str]:
    """The conversations in a folder."""
    return sorted(path.stem for path in folder.glob("*.toml") if "." not in path.stem)


@cache
def load(name: str, folder: Path = SHIPPED) -> Scenario:
    """A conversation in the edition's language, checked.

    Raises InputError with one sentence: what is wrong in which file.
    """
    one_of("conversation", name, names(folder))
    return parse(name, _read(folder / f"{name}.toml"), _words(name, folder))


def _words(name: str, folder: Path) -> Mapping[str, Any]:
    spoken = folder / f"{name}.{language()}.toml"
    return _read(spoken if spoken.is_file() else folder / f"{name}.en.toml")


def _read(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(_("The file {path} is missing.").format(path=path.name)) from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(_("{path} is not valid TOML: {why}.").format(path=path.name, why=error)) from None


def parse(name: str, rules: Mapping[str, Any], words: Mapping[str, Any]) -> Scenario:
    """A conversation from its two files. Raises InputError where they do not fit together."""
    try:
        made = _made(name, rules, words)
    except KeyError as error:
        raise InputError(_("{name}: {key} is missing.").format(name=name, key=error)) from None
    if fault := _fault(made):
        raise InputError(f"{name}: {fault}")
    return made


def _made(name: str, rules: Mapping[str, Any], words: Mapping[str, Any]) -> Scenario:
    turns = {turn: _turn(turn, options, words[turn]) for turn, options in rules["turns"].items()}
    return Scenario(
        name=name,
        title=words["title"],
        brief=words["brief"],
        kind=rules["kind"],
        temperament=rules["temperament"],
        mood=rules["mood"],
        seconds=rules["seconds"],
        look_up=tuple(rules.get("look_up", ())),
        article=rules.get("article", ""),
        outbound=rules.get("outbound", False),
        turns=turns,
        endings=rules["endings"],
        ending_words={ending: words["endings"][ending] for ending in rules["endings"]},
    )


def _turn(name: str, options: Mapping[str, Any], words: Mapping[str, Any]) -> Turn:
    made = tuple(
        Option(
            name=option,
            step=rule["step"],
            points=rule["points"],
            mood=rule["mood"],
            seconds=rule["seconds"],
            next=rule["next"],
            next_cross=rule.get("next_cross", rule["next"]),
            text=words[option],
            why=words["why"][option],
        )
        for option, rule in options.items()
    )
    return Turn(name, words["says"], words.get("cross", words["says"]), made)


def _fault(made: Scenario) -> str:
    """What breaks the rules of a conversation, or nothing."""
    options = [option for turn in made.turns.values() for option in turn.options]
    strange = {option.next for option in options} | {option.next_cross for option in options}
    strange -= {END, *made.turns}
    few = [turn.name for turn in made.turns.values() if len(turn.options) < 3]
    rules = {
        _("kind must be one of {0}.").format(", ".join(KINDS)): made.kind in KINDS,
        _("temperament must be one of {0}.").format(", ".join(TEMPERAMENTS)): made.temperament in TEMPERAMENTS,
        _("each step must be one of {0}.").format(", ".join(STEPS)): {option.step for option in options} <= {*STEPS},
        _("{0} lead nowhere.").format(", ".join(sorted(strange))): not strange,
        _("it needs at least six turns."): len(made.turns) >= 6,
        _("{0} needs at least three options.").format(", ".join(few)): not few,
        _("it needs at least three endings, one of them from mood 0."): len(made.endings) >= 3
        and min(made.endings.values()) == 0,
        _("mood must be from 0 to 10."): 0 <= made.mood <= 10,
        _("no turn may come before itself."): not _circle(made),
        _("{0} cannot be reached.").format(", ".join(sorted(_unreached(made)))): not _unreached(made),
    }
    return next((fault for fault, holds in rules.items() if not holds), "")


def _after(made: Scenario, turn: str) -> set[str]:
    options = made.turns[turn].options
    return {name for option in options for name in (option.next, option.next_cross)} & {*made.turns}


def _unreached(made: Scenario) -> set[str]:
    found: set[str] = set()
    ahead = {made.first.name}
    while ahead:
        found |= ahead
        ahead = set().union(*(_after(made, turn) for turn in ahead)) - found
    return {*made.turns} - found


def _circle(made: Scenario) -> bool:
    left = dict.fromkeys(made.turns)
    while left:
        last = [turn for turn in left if not _after(made, turn) & {*left}]
        if not last:
            return True
        for turn in last:
            del left[turn]
    return False
