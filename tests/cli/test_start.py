"""JupyterLab is opened on the start page, quiet, with the learner's folder and this environment's kernel."""

import json
import os
import sys
from types import ModuleType

import pytest

from crm_lab.base.places import REPOSITORY
from crm_lab.cli import start, work


@pytest.fixture
def lab(monkeypatch, tmp_path):
    """A JupyterLab that only notes how it was called, and a work folder."""
    called = {}

    def main(words):
        called.update(words=words, folder=os.getcwd(), environment=dict(os.environ))

    module = ModuleType("jupyterlab.labapp")
    module.main = main
    monkeypatch.setitem(sys.modules, "jupyterlab.labapp", module)
    monkeypatch.setenv("CRM_LAB_WORK", str(tmp_path / "work"))
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/my/own")
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "0")
    monkeypatch.chdir(tmp_path)
    return called


@pytest.fixture
def course(tmp_path, monkeypatch):
    (tmp_path / "course/notebooks").mkdir(parents=True)
    (tmp_path / "course/notebooks/00_start.ipynb").write_text("{}")
    monkeypatch.setattr(work, "resource", lambda folder: tmp_path / "course" / folder)


def test_a_learner_gets_copies_and_the_start_page(lab, course, tmp_path, capsys):
    assert start.run(["--no-browser"]) == 0
    assert f"--ServerApp.root_dir={tmp_path / 'work'}" in lab["words"]
    assert "--LabApp.default_url=/lab/tree/notebooks/00_start.ipynb" in lab["words"]
    assert lab["words"][-1] == "--no-browser"
    assert lab["folder"] == str(tmp_path / "work")
    assert (tmp_path / "work/notebooks/00_start.ipynb").exists()
    assert str(tmp_path / "work") in capsys.readouterr().out


@pytest.mark.parametrize("words", [["--language", "zh_CN"], ["--language=zh"]])
def test_a_language_is_for_us_and_not_for_jupyterlab(lab, course, tmp_path, monkeypatch, words):
    monkeypatch.setenv("CRM_LAB_LANGUAGE", "en")
    assert start.run([*words, "--no-browser"]) == 0
    assert [word for word in lab["words"] if word.startswith(("--language", "zh"))] == []
    assert lab["words"][-1] == "--no-browser"
    assert lab["environment"]["CRM_LAB_LANGUAGE"] == "zh_CN"
    assert (tmp_path / "work/.crm-lab/language").read_text("utf-8") == "zh_CN\n"


def test_an_unknown_language_is_one_sentence(lab, course, capsys):
    assert start.run(["--language", "fr"]) == 1
    assert "Use one of: en, zh_CN" in capsys.readouterr().err
    assert lab == {}


def test_kernels_find_the_work_folder_and_this_environment(lab, course, tmp_path):
    start.run([])
    environment = lab["environment"]
    assert environment["CRM_LAB_WORK"] == str(tmp_path / "work")
    assert environment["JUPYTER_PREFER_ENV_PATH"] == "1"
    assert environment["JUPYTER_CONFIG_PATH"] == os.pathsep.join([str(REPOSITORY), "/my/own"])


def test_an_author_works_in_the_repository(lab):
    assert start.run(["author", "--port=9000"]) == 0
    assert f"--ServerApp.root_dir={REPOSITORY}" in lab["words"]
    assert "author" not in lab["words"]


def test_an_author_needs_a_repository(lab, monkeypatch, capsys):
    monkeypatch.setattr(start, "in_repository", lambda: False)
    assert start.run(["author"]) == 1
    assert "clone it" in capsys.readouterr().err
    assert lab == {}


def test_without_jupyterlab_the_remedy_is_named(course, monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("CRM_LAB_WORK", str(tmp_path / "work"))
    monkeypatch.setitem(sys.modules, "jupyterlab.labapp", None)
    assert start.run([]) == 1
    assert "Delete the folder .venv" in capsys.readouterr().err


def test_the_news_pop_up_is_silenced_by_a_setting_jupyterlab_knows():
    overrides = json.loads((REPOSITORY / "labconfig/default_setting_overrides.json").read_text("utf-8"))
    for plugin, settings in overrides.items():
        package, name = plugin.split(":")
        schema = sys.prefix + f"/share/jupyter/lab/schemas/{package}/{name}.json"
        with open(schema, encoding="utf-8") as file:
            assert settings.keys() <= json.load(file)["properties"].keys()
    assert overrides["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"
