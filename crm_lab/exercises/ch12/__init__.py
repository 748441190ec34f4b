"""Chapter 12, staffing a call centre: the exercises of its lab, in their order."""

from crm_lab.exercises import register
from crm_lab.exercises.ch12.contacts import callers, stages
from crm_lab.exercises.ch12.days import forecast, service
from crm_lab.exercises.ch12.money import break_even, service_cost
from crm_lab.exercises.ch12.plan import agents, rota
from crm_lab.exercises.ch12.queues import patient, waits

register(callers, stages, service, forecast, waits, agents, service_cost, break_even, rota, patient)
