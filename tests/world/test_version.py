"""What a seed makes has a version, and each version a line in the changelog."""

import re
from pathlib import Path

from crm_lab.world.parameters import WORLD_VERSION

CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"


def test_the_newest_line_of_the_changelog_is_the_version_of_the_world():
    versions = [int(number) for number in re.findall(r"^- \*\*(\d+)\*\*:", CHANGELOG.read_text("utf-8"), re.MULTILINE)]
    assert versions[0] == WORLD_VERSION
    assert versions == list(range(WORLD_VERSION, 0, -1))
