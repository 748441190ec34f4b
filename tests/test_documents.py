"""README and CONTRIBUTING say only what is there: commands, files and gates."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("README.md", "CONTRIBUTING.md")


def commands() -> set[str]:
    """The words run.py knows."""
    spec = importlib.util.spec_from_file_location("run_documented", ROOT / "run.py")
    run = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(run)
    documented = set(re.findall(r"^python run\.py ((?:--)?\w+)", run.__doc__, re.M))
    return documented | set(run.CRM_LAB)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_named_exists(name):
    named = set(re.findall(r"python run\.py ([a-z-]+)", (ROOT / name).read_text("utf-8")))
    assert len(named) >= 4
    assert named - commands() == set()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_linked_exists(name):
    links = re.findall(r"\]\(([^)#]+)\)", (ROOT / name).read_text("utf-8"))
    assert [link for link in links if "//" not in link and not (ROOT / link).exists()] == []


def test_the_picture_says_what_is_seen():
    (alt,) = re.findall(r"^!\[([^\]]*)\]\(docs/", (ROOT / "README.md").read_text("utf-8"), re.M)
    assert len(alt.split()) >= 15


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_path_named_exists(name):
    text = (ROOT / name).read_text("utf-8")
    paths = re.findall(r"`((?:crm_lab|tests|datasets|notebooks|labs|solutions)/[\w./]*)`", text)
    assert [path for path in paths if not (ROOT / path).exists() and not re.search(r"NN|/[xy]/|_y\b", path)] == []
