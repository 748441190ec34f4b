"""What wins orders and what becomes of them: every number behind it, with its units."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class TouchParameters:
    """What a new private customer met before the touch that opened the account.

    earlier     mean number of earlier touches, Poisson
    opens       share of the channels among earlier touches, the same whatever the last one is
    days        mean days between two touches, exponential
    """

    earlier: float = 1.2
    opens: dict[str, float] = field(
        default_factory=lambda: {
            "display": 0.46,
            "search": 0.10,
            "platform": 0.12,
            "email": 0.02,
            "mobile": 0.10,
            "community": 0.15,
            "referral": 0.05,
        }
    )
    days: float = 5.0


@dataclass(frozen=True)
class MailingParameters:
    """The monthly newsletter and who opens it.

    days        on which it is sent
    wrong       chance that somebody gets it whose consent is not in force
    opened      share opened with a plain subject line, and with the customer's name
    clicked     share of the opened in which a link is followed
    """

    days: tuple[str, ...] = ("2025-07-08", "2025-08-05", "2025-09-09", "2025-10-14", "2025-11-04", "2025-12-09")
    wrong: float = 0.015
    opened: tuple[float, float] = (0.24, 0.30)
    clicked: float = 0.18


@dataclass(frozen=True)
class StageParameters:
    """The way of the orders of companies and dealers, from the order to the money.

    since       orders from this day on
    way, way_shape  days from order to delivery of orders still on their way: Gamma with this mean and shape
    shares      mean share of the time from order to delivery spent in each of these stages; Gamma with shape `evenness`
    evenness    the higher, the more alike the orders
    large, checked  orders of this many ¥ or more stay so many times as long in the credit check as others
    late        the stage that holds a late order up takes so many times its usual share; which one it is: `culprits`
    culprits    share of late orders held up in each stage
    changed     share of orders changed by the customer after they were confirmed
    invoiced    mean days from delivery to the invoice: orders from portal or web, and orders by phone; exponential
    forgotten   share of delivered orders that are not invoiced until somebody looks
    paid        days from invoice to payment: mean and standard deviation, Gamma
    cancelled   mean hours after which a cancelled order is cancelled, exponential
    """

    since: str = "2025-07-01"
    way: float = 3.2
    way_shape: float = 3.0
    shares: dict[str, float] = field(
        default_factory=lambda: {
            "received": 0.05,
            "credit_check": 0.17,
            "confirmed": 0.18,
            "picked": 0.15,
            "shipped": 0.45,
        }
    )
    evenness: float = 4.0
    large: float = 1_500.0
    checked: float = 3.0
    late: float = 5.0
    culprits: dict[str, float] = field(
        default_factory=lambda: {
            "received": 0.05,
            "credit_check": 0.35,
            "confirmed": 0.25,
            "picked": 0.05,
            "shipped": 0.30,
        }
    )
    changed: float = 0.08
    invoiced: tuple[float, float] = (1.0, 5.0)
    forgotten: float = 0.05
    paid: tuple[float, float] = (28.0, 9.0)
    cancelled: float = 8.0


@dataclass(frozen=True)
class QuoteParameters:
    """Quotations and expenses.

    over        list value over the value the lead was estimated at: mean and standard deviation of the ln
    first       discount of the first quotation: lowest and highest share
    second      share of price objections answered by a second quotation, and what it takes off more: lowest and highest
    valid       days a quotation binds
    expenses    ¥ a month of a representative by kind, geometric mean
    spread      standard deviation of ln expenses between representatives, and from month to month
    receipt     share of claims with complete receipts
    """

    over: tuple[float, float] = (0.05, 0.10)
    first: tuple[float, float] = (0.0, 0.08)
    second: tuple[float, float, float] = (0.6, 0.03, 0.12)
    valid: int = 30
    expenses: dict[str, float] = field(default_factory=lambda: {"travel": 1_400.0, "meals": 520.0, "samples": 260.0})
    spread: tuple[float, float] = (0.35, 0.30)
    receipt: float = 0.94


@dataclass(frozen=True)
class WinningParameters:
    """All parameters of winning orders and carrying them out."""

    touches: TouchParameters = field(default_factory=TouchParameters)
    mailings: MailingParameters = MailingParameters()
    stages: StageParameters = field(default_factory=StageParameters)
    quotes: QuoteParameters = field(default_factory=QuoteParameters)
