"""Chapter 00, the primer: the eight exercises of its self-diagnostic, in their order.

Each names the sections of the primer that teach what it asks, so that `lab.advice()` can say what to read.
"""

from crm_lab.exercises import register
from crm_lab.exercises.ch00.queries import newest, payments
from crm_lab.exercises.ch00.tables import refunds, sales, silent, weekend
from crm_lab.exercises.ch00.tools import basket_value, charts

register(basket_value, silent, weekend, sales, refunds, charts, payments, newest)
