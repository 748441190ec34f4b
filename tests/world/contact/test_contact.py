"""The files of the contact group stay small."""

from crm_lab.base.places import resource
from crm_lab.schema.contact import CONTACT


def test_the_files_keep_within_their_budget():
    size = sum((resource("datasets") / table.file).stat().st_size for table in CONTACT)
    assert size <= 550_000
