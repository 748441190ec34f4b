"""What a lesson's standard method finds in what the customers of one world say."""

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
from scipy import stats

from crm_lab.base.streams import stream
from crm_lab.world._voice import studies, surveys
from crm_lab.world._voice.voice_parameters import REQUESTS, StudyParameters
from crm_lab.world.parameters import Parameters

SURVEY = Parameters().voice.survey
LOADINGS = SURVEY.loadings
BLOCKS = {name: [f"{name}_{n}" for n in range(1, len(LOADINGS[name]) + 1)] for name in LOADINGS}
LARGE = replace(  # interviews of a whole town
    StudyParameters(),
    servqual_respondents=60_000,
    kano_respondents=30_000,
    ratings_respondents=60_000,
    price_respondents=60_000,
)
KANO_OF = {pair: category for category, pairs in studies.KANO_PAIRS.items() for pair in pairs}


def online(table):
    return table[table["answered"] == "online"]


def nps(scores):
    scores = scores.dropna()
    return 100 * float((scores >= 9).mean() - (scores <= 6).mean())


def indices(answers):
    """NPS, CSAT (% of 4 and 5), mean CES, mean of the three satisfaction answers."""
    return {
        "nps": nps(answers["nps"]),
        "csat": 100 * float((answers["csat"].dropna() >= 4).mean()),
        "ces": float(answers["ces"].mean()),
        "satisfaction": float(answers[BLOCKS["satisfaction"]].mean().mean()),
    }


def followed_up(surveys, value):
    """Hansen and Hurwitz (1946): those reached by phone speak for all who did not answer, outside the panel."""
    surveys = surveys[surveys["customer_id"].isna()]
    share = (surveys["answered"] == "online").mean()
    return share * value(online(surveys)) + (1 - share) * value(surveys[surveys["answered"] == "phone"])


def reliability(answers):
    return {name: float(cronbach(answers[columns])) for name, columns in BLOCKS.items()}


def pls_model(data, blocks, paths):
    """Path coefficients {"from>to": value} by least squares on the latent scores, and loadings {column: value}.

    data    frame of the answers;  blocks  {latent: [columns]};  paths  ["from>to", ...]
    """
    names = list(blocks)
    items = [_standard(data[blocks[name]].to_numpy(float)) for name in names]
    linked = np.zeros((len(names), len(names)))
    for path in paths:
        i, j = (names.index(name) for name in path.split(">"))
        linked[i, j] = linked[j, i] = 1
    weights = [np.ones(block.shape[1]) for block in items]
    for _ in range(300):
        scores = _scores(items, weights)
        inner = _standard(scores @ (linked * np.sign(np.corrcoef(scores.T))))
        new = [block.T @ inner[:, k] / len(block) for k, block in enumerate(items)]
        change = max(np.abs(a / np.abs(a).sum() - b / np.abs(b).sum()).max() for a, b in zip(new, weights, strict=True))
        weights = new
        if change < 1e-9:
            break
    scores = _scores(items, weights)
    for k, block in enumerate(items):  # a latent variable grows with its answers
        scores[:, k] *= np.sign((block.T @ scores[:, k]).sum())
    found = {}
    for to in dict.fromkeys(path.split(">")[1] for path in paths):
        sources = [path.split(">")[0] for path in paths if path.split(">")[1] == to]
        columns = scores[:, [names.index(name) for name in sources]]
        coefficients = np.linalg.lstsq(columns, scores[:, names.index(to)], rcond=None)[0]
        found |= {f"{source}>{to}": float(c) for source, c in zip(sources, coefficients, strict=True)}
    loadings = {
        column: float(block[:, i] @ scores[:, k] / len(block))
        for k, (name, block) in enumerate(zip(names, items, strict=True))
        for i, column in enumerate(blocks[name])
    }
    return found, loadings


def cronbach(items):
    """Raw alpha of the columns, rows with a gap left out."""
    items = items.dropna()
    k = items.shape[1]
    return k / (k - 1) * (1 - items.var(ddof=1).sum() / items.sum(axis=1).var(ddof=1))


def _scores(items, weights):
    return _standard(np.column_stack([block @ w for block, w in zip(items, weights, strict=True)]))


def _standard(values):
    return (values - values.mean(axis=0)) / values.std(axis=0)


def servqual_gaps(servqual):
    gap = servqual["perception"] - servqual["expectation"]
    return gap.groupby(servqual["dimension"]).mean().to_dict()


def servqual_reliability(servqual):
    wide = servqual.pivot(index="respondent_id", columns="question_id", values="perception")
    return {name: float(cronbach(wide.filter(like=name))) for name in servqual["dimension"].unique()}


def kano_categories(kano):
    """The category most people put each feature in."""
    pairs = zip(kano["functional"], kano["dysfunctional"], strict=True)
    category = pd.Series([KANO_OF.get(pair) for pair in pairs], kano.index)
    return pd.crosstab(kano["feature"], category).idxmax(axis=1).to_dict()


def csi(ratings):
    """Satisfaction with the attributes weighted by their mean importance, 1–10."""
    mean = ratings.groupby("attribute")[["importance", "satisfaction"]].mean()
    return float((mean["importance"] * mean["satisfaction"]).sum() / mean["importance"].sum())


def quadrants(ratings):
    """Importance-performance analysis, cut at the means of both (Martilla & James 1977)."""
    mean = ratings.groupby("attribute")[["importance", "satisfaction"]].mean()
    important, good = (mean > mean.mean()).to_numpy().T
    names = np.where(important, np.where(good, "keep_up", "concentrate"), np.where(good, "overkill", "low_priority"))
    return dict(zip(mean.index, names.tolist(), strict=True))


def price_points(answers):
    """Van Westendorp's points of one product: where two shares cross, with linear interpolation."""
    grid = np.unique(answers[["too_cheap", "cheap", "expensive", "too_expensive"]].to_numpy())

    def at_most(column):
        return np.searchsorted(np.sort(answers[column]), grid, side="right") / len(answers)

    def at_least(column):
        return 1 - np.searchsorted(np.sort(answers[column]), grid, side="left") / len(answers)

    pairs = {
        "opp": (at_least("too_cheap"), at_most("too_expensive")),
        "idp": (at_least("cheap"), at_most("expensive")),
        "pmc": (at_least("too_cheap"), 1 - at_least("cheap")),
        "pme": (at_most("too_expensive"), 1 - at_most("expensive")),
    }
    return {name: _crossing(grid, first - second) for name, (first, second) in pairs.items()}


def _crossing(grid, difference):
    at = np.flatnonzero(np.sign(difference[:-1]) * np.sign(difference[1:]) <= 0)[0]
    low, high = difference[at], difference[at + 1]
    return float(grid[at] + (grid[at + 1] - grid[at]) * (low / (low - high) if low != high else 0))


@cache
def paths(world):
    """Path coefficients by PLS from those who answered online."""
    return pls_model(online(world.surveys), BLOCKS, list(Parameters().voice.survey.paths))[0]


@cache
def labelled(world):
    """The posts with their true topics and mood."""
    return world.posts.join(world.truth.posts, on="post_id")


def post_figures(world):
    """Shares of the topics among posts and likes; share in a good mood; how many more likes a request gets."""
    table = labelled(world)
    likes = table.groupby("topic")["likes"].sum()
    request = table.groupby(table["topic"].isin(REQUESTS))["likes"].mean()
    return {
        "topics": table["topic"].value_counts(normalize=True).to_dict(),
        "likes": (likes / likes.sum()).to_dict(),
        "positive": table["positive"].mean(),
        "request_likes": request[True] / request[False],
    }


def scored(world):
    """The conversations with the share of the standard that was kept."""
    return world.transcripts.join(world.truth.transcripts.mean(axis=1).rename("score"), on="transcript_id")


def transcript_figures(world):
    """How often each point of the standard was kept, mean score and rating, and how they go together."""
    talks = scored(world)
    return {
        "kept": world.truth.transcripts.mean().to_dict(),
        "score": talks["score"].mean(),
        "rating": talks["rating"].mean(),
        "score_rating": talks["score"].corr(talks["rating"]),
    }


def everyone_asked(size):
    """Answers of a large company in which everyone answers, and who of them would have."""
    rng = stream(2024, "measure")
    satisfaction = rng.standard_normal(size)
    answers = surveys.draw_answers(Parameters(), satisfaction, rng)
    return answers, rng.random(size) < surveys.answer_chance(SURVEY, satisfaction)


def shelf():
    """A hundred products of the same high price, so that rounding to whole yuan does not count."""
    return pd.DataFrame({"product_id": [f"P{n:03d}" for n in range(100)], "list_price": 10_000.0})


def matches(dirty, truth, keys):
    """Precision and recall of the pairs of rows that agree in any of these columns of normalised text."""
    rows = dirty.assign(customer_id=truth["customer_id"].to_numpy(), at=np.arange(len(dirty)))
    found = set()
    for key in keys:
        pairs = rows[["at", key]].dropna().merge(rows[["at", key]].dropna(), on=key)
        found |= {(a, b) for a, b in zip(pairs["at_x"], pairs["at_y"], strict=True) if a < b}
    pairs = rows[["at", "customer_id"]].merge(rows[["at", "customer_id"]], on="customer_id")
    same = {(a, b) for a, b in zip(pairs["at_x"], pairs["at_y"], strict=True) if a < b}
    return len(found & same) / max(len(found), 1), len(found & same) / max(len(same), 1)


def normalised(dirty):
    """E-mail where it has a plausible shape; the last eight digits of the phone; the name in small letters."""
    email = dirty["email"].where(dirty["email"].str.fullmatch(r"[^@\s,]+@[^@\s,]+\.[a-z]+", na=False)).str.lower()
    phone = dirty["phone"].str.replace(r"\D", "", regex=True).str[-8:]
    return pd.DataFrame({"email": email, "phone": phone, "name": dirty["name"].str.lower().str.split().str.join(" ")})


KEYS = {"email": ["email"], "phone": ["phone"], "email_or_phone": ["email", "phone"], "name": ["name"]}


def matching(world):
    """Precision and recall of finding the rows of one customer by each key."""
    rows, truth = normalised(world.dirty_customers), world.dirty_customers_truth
    found = {name: matches(rows, truth, columns) for name, columns in KEYS.items()}
    return {part: {name: pair[n] for name, pair in found.items()} for n, part in enumerate(("precision", "recall"))}


def model(people=1_000_000):
    """What large samples of the model behind the answers show, nested as in the truth.

    people  how many answer the survey; the interviews are those of LARGE
    """
    answers, would = everyone_asked(people)
    coefficients, loadings = pls_model(answers[would], BLOCKS, list(SURVEY.paths))
    rated = studies.servqual(LARGE, 5), studies.ratings(LARGE, 5)
    return {
        "survey": {
            "everyone": indices(answers),
            "online": indices(answers[would]),
            "answer_rate": would.mean(),
            "pls_paths": coefficients,
            "pls_loadings": {name: tuple(loadings[column] for column in columns) for name, columns in BLOCKS.items()},
            "cronbach": reliability(answers[would]),
        },
        "servqual": {"gaps": servqual_gaps(rated[0]), "cronbach": servqual_reliability(rated[0])},
        "ratings": {"csi": csi(rated[1]), "quadrants": quadrants(rated[1])},
        "prices": relative_prices(*studies.prices(LARGE, shelf(), 5)),
    }


def relative_prices(answers, offers):
    """By price curve: van Westendorp's points, and the best of the prices offered, as multiples of the list price."""
    found = []
    for curve, product, price in studies.priced_products(LARGE, shelf()):
        points = price_points(answers[answers["product_id"] == product])
        buys = offers[offers["product_id"] == product].groupby("price")["would_buy"].mean()
        best = (buys * buys.index).idxmax()
        points = {name: value / price for name, value in points.items()}
        found.append(points | {"best_revenue": best_revenue(curve), "best_step": best / price})
    return tuple(found)


def best_revenue(curve):
    """The price at which price times buyers is largest, by the model: buyers accept up to a lognormal price."""
    price = np.linspace(0.1, 2, 19_001)
    return price[np.argmax(price * stats.norm.sf(np.log(price / curve.centre) / curve.spread))]


def measure(world):
    """What the posts, conversations and the dirty extract of one world show, nested as in the truth."""
    kept = {name: figures for name, figures in post_figures(world).items() if name in ("positive", "likes")}
    dirty = matching(world) | {"duplicates": world.dirty_customers_truth["duplicate"].mean()}
    return {"posts": kept, "transcripts": transcript_figures(world), "dirty": dirty}
