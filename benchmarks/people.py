"""Making people: Willow Lane's customers against a loop of Faker calls, and against Mimesis."""

from __future__ import annotations

import pandas as pd
from faker import Faker
from mimesis import Generic, Locale

from benchmarks.timing import Result, against
from crm_lab import World
from crm_lab.world._clock import Clock
from crm_lab.world._identities import make_customers, make_profiles
from crm_lab.world._traits import draw_traits
from crm_lab.world.parameters import Parameters

SIZE = 2_000
COLUMNS = ["name", "email", "phone", "city", "birthday"]


def with_faker() -> pd.DataFrame:
    """Five columns by one Faker call for each cell, as one would write it first."""
    fake = Faker("en_US")
    fake.seed_instance(0)
    rows = [
        (fake.name(), fake.email(), fake.phone_number(), fake.city(), fake.date_of_birth(maximum_age=70))
        for _ in range(SIZE)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def with_mimesis() -> pd.DataFrame:
    """The same five columns by one Mimesis call for each cell."""
    made = Generic(Locale.EN, seed=0)
    person, address = made.person, made.address
    rows = [
        (person.full_name(), person.email(), person.telephone(), address.city(), person.birthdate())
        for _ in range(SIZE)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def whole_world() -> World:
    """All tables: these people, and what they bought in two years."""
    return World(customers=SIZE, seed=0)


def run() -> list[Result]:
    """The customers table alone, then the whole world, each against both loops."""
    parameters, world = Parameters(), whole_world()
    traits = draw_traits(parameters, Clock(parameters), 0, 0, SIZE)
    last = world.orders.groupby("customer_id")["ordered_at"].max().reindex(world.customers["customer_id"]).to_numpy()
    satisfaction, advice = traits["satisfaction"].to_numpy(), world.customers["advice_contacts"].to_numpy()

    def customers() -> pd.DataFrame:
        profiles = make_profiles(parameters, traits, 0, 0, "en_US")
        return make_customers(parameters, profiles, satisfaction, last, advice, world.today)

    peers = {"Faker": with_faker, "Mimesis": with_mimesis}
    table, world = f"customers table, {SIZE:,} people", f"World({SIZE:,}) with two years of orders"
    return [
        against(ours, action, f"{name} loop, {SIZE:,} people, 5 columns", peer)
        for ours, action in {table: customers, world: whole_world}.items()
        for name, peer in peers.items()
    ]
