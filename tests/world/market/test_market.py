"""The market group as a whole: it is what the schema says and leaves the shop as it was."""

import hashlib
import json

from crm_lab import schema
from crm_lab.base.places import resource
from crm_lab.data.files import table_bytes
from crm_lab.schema.market import MARKET
from crm_lab.world import World

# what of the shop no price and no channel can change
SHOP = {
    "products": "f20f3d3e24e568d4f636fc99692517875677a13b88b176985b66013801f8293d",
    "dealers": "16e8e987a46e698a1518ebce7953d573e52f9b9be4ac08b52859ad62eff87799",
}


def test_the_market_changes_nothing_in_the_shop():
    world = World()
    for name, digest in SHOP.items():
        assert hashlib.sha256(table_bytes(schema.TABLES[name], world.tables[name])).hexdigest() == digest, name


def test_the_files_of_the_market_stay_within_their_budget():
    files = [resource("datasets") / table.file for table in MARKET]
    assert sum(file.stat().st_size for file in files) <= 550_000
    listed = json.loads((resource("datasets") / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert {table.file for table in MARKET} <= set(listed)


def test_the_truth_knows_the_market(company):
    truth = company.truth
    assert truth.structural["market"]["program"]["effect"] == 0.10
    assert truth.estimand["market"]["programme_log_sales"] == 0.10
