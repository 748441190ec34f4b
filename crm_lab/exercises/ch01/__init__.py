"""Chapter 01, what CRM is: the exercises of its lab, in their order; the ways to misread them in misread."""

from crm_lab.exercises import register
from crm_lab.exercises.ch01.morning import birthdays, due, fired
from crm_lab.exercises.ch01.numbers import growth, targeting
from crm_lab.exercises.ch01.who import counts, relation
from crm_lab.exercises.ch01.words import ideas, readings

register(relation, counts, growth, birthdays, fired, due, readings, targeting, ideas)
