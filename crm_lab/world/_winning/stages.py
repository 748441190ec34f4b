"""The way of each order of a company or dealer, from the order to the money, stage by stage.

When an order came and when it arrived is known; the time between is shared out among the stages. A large order stays
longer in the credit check; a late one is held up in one stage. After the delivery come invoice and payment: orders
taken by phone are invoiced late, some are forgotten.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.schema.contact import FAILURES
from crm_lab.schema.winning import STAGES
from crm_lab.world._coded import coded
from crm_lab.world._contact.moments import DAY, NOW, minutes, moments
from crm_lab.world._winning.winning_parameters import StageParameters

TRADE = ("business", "dealer")
LATE = FAILURES.index("late")
NEVER = 2 * NOW


def make_order_stages(
    parameters: StageParameters, customers: pd.DataFrame, orders: pd.DataFrame, seed: int, block: int
) -> pd.DataFrame:
    """The table order_stages of one block, by order and time.

    orders  with the column failure of their trouble, see failures.draw_trouble
    """
    rng = stream(seed, "order_stages", block)
    trade = customers.loc[customers["kind"].isin(TRADE), "customer_id"]
    orders = orders[(orders["ordered_at"] >= parameters.since) & orders["customer_id"].isin(trade)]
    begin, end = minutes(orders["ordered_at"]), minutes(orders["delivered_at"])
    open_ = (orders["status"] == "open").to_numpy()
    planned = begin + np.round(
        rng.gamma(parameters.way_shape, parameters.way / parameters.way_shape, len(orders)) * DAY
    ).astype("int64")
    end = np.where(open_, np.maximum(planned, NOW + 1), end)
    at = dict(zip(parameters.shares, _on_the_way(parameters, orders, begin, end, rng).T, strict=True))
    changed = rng.random(len(orders)) < parameters.changed
    at["changed"] = np.where(changed, (at["confirmed"] + at["picked"]) // 2, NEVER)
    at["delivered"] = end
    at["invoiced"], at["paid"] = _money(parameters, orders, end, rng)
    cancelled = (orders["status"] == "cancelled").to_numpy()
    at["cancelled"] = (
        begin + 1 + np.round(rng.exponential(parameters.cancelled / 24, len(orders)) * DAY).astype("int64")
    )
    for name in at:
        going = cancelled & (name not in ("received", "cancelled")) | ~cancelled & (name == "cancelled")
        at[name] = np.where(going, NEVER, at[name])
    when = np.stack([at[name] for name in STAGES], axis=1)
    row, stage = np.nonzero(when < NOW)
    order = np.lexsort((stage, when[row, stage], row))
    row, stage = row[order], stage[order]
    count = np.bincount(row, minlength=len(orders))
    return pd.DataFrame(
        {
            "order_id": coded(orders["order_id"], row),
            "step_no": np.arange(1, len(row) + 1) - np.repeat(np.cumsum(count) - count, count),
            "stage": coded(STAGES, stage),
            "entered_at": moments(when[row, stage]),
        }
    )


def _on_the_way(
    parameters: StageParameters, orders: pd.DataFrame, begin: np.ndarray, end: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """When each order entered each stage up to shipped, minutes, (orders, stages)."""
    names, size = list(parameters.shares), len(orders)
    weight = np.tile(list(parameters.shares.values()), (size, 1))
    large = (orders["revenue"] >= parameters.large).to_numpy()
    weight[large, names.index("credit_check")] *= parameters.checked
    late = (orders["failure"] == LATE).to_numpy()
    culprit = rng.choice(len(names), size, p=list(parameters.culprits.values()))
    weight[late, culprit[late]] *= parameters.late
    time = weight * rng.gamma(parameters.evenness, 1 / parameters.evenness, weight.shape)
    passed = time.cumsum(axis=1) / time.sum(axis=1, keepdims=True)
    entered = np.concatenate([np.zeros((size, 1)), passed[:, :-1]], axis=1)
    return np.asarray(begin[:, None] + np.floor(entered * (end - begin)[:, None]).astype("int64"))


def _money(
    parameters: StageParameters, orders: pd.DataFrame, delivered: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Minutes of invoice and payment; NEVER for an invoice that was forgotten."""
    mean = np.where(orders["channel"] == "phone", parameters.invoiced[1], parameters.invoiced[0])
    wait = 1 + np.round(rng.exponential(1.0, len(orders)) * mean * DAY).astype("int64")
    mean_paid, sd_paid = parameters.paid
    shape = (mean_paid / sd_paid) ** 2
    credit = 1 + np.round(rng.gamma(shape, mean_paid / shape, len(orders)) * DAY).astype("int64")
    forgotten = rng.random(len(orders)) < parameters.forgotten
    invoiced = np.where(forgotten, NEVER, delivered + wait)
    return invoiced, np.where(forgotten, NEVER, invoiced + credit)
