"""Chapter 04, classifying customers: the exercises of its two labs, in their order.

Lab 04a: groups, concentration, pyramid; the ways to misread them in misread_a.
Lab 04b: scores, segments, loyalty, change; the ways to misread them in misread_b and misread_change.
"""

from crm_lab.exercises import register
from crm_lab.exercises.ch04.change import changing, marks, moves
from crm_lab.exercises.ch04.groups import position, relationship
from crm_lab.exercises.ch04.loyalty import loyalty, styles
from crm_lab.exercises.ch04.pyramid import field, peak, policy, pyramid
from crm_lab.exercises.ch04.scores import rfm, scores
from crm_lab.exercises.ch04.segments import segment_of, segment_value

register(relationship, position, pyramid, policy, field, peak)
register(rfm, scores, segment_of, segment_value, loyalty, styles, moves, changing, marks)
