"""What is pinned is pinned once, Binder builds from the same versions, and a wheel works far from the repository."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from crm_lab.author import pins

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LOCKS = {"requirements.lock": ["build"], "requirements-test.lock": ["test"]}


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("name", [*LOCKS, "environment.yml", "pyproject.toml", ".ci/run", "run.py"])
def test_no_file_names_a_place_packages_come_from(name):
    assert re.findall(r"https?:|index-url[= ]\w|find-links[= ]\w| @ |\.(?:org|com|cn|io)\b", text(name)) == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_a_hash_for_every_package(name):
    blocks = re.split(r"\n(?=\S)", text(name).strip())
    assert len(blocks) > 100
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("name", LOCKS)
@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
def test_every_dependency_is_pinned_within_what_the_project_allows(name, python):
    pinned = pins.read_lock(text(name), python)
    wanted = [Requirement(line) for line in PROJECT["dependencies"]]
    wanted += [Requirement(line) for extra in LOCKS[name] for line in PROJECT["optional-dependencies"][extra]]
    wrong = [str(r) for r in wanted if pinned.get(canonicalize_name(r.name), "none") not in r.specifier]
    assert wrong == [], "run: python run.py lock"


def test_both_locks_name_the_same_versions():
    run, test = (pins.read_lock(text(name), "3.11") for name in LOCKS)
    assert {name: (pin, test[name]) for name, pin in run.items() if test.get(name, pin) != pin} == {}


def test_the_build_backend_is_in_the_lock_because_nothing_is_fetched_to_install_the_package():
    assert {"hatchling", "editables"} <= pins.read_lock(text("requirements.lock")).keys()


def test_binder_gets_the_versions_of_the_lock():
    made = pins.environment_yml(text("pyproject.toml"), text("requirements.lock"))
    assert text("environment.yml") == made, "run: python run.py lock"
    pinned = dict(re.findall(r"- ([\w.-]+)==(\S+)$", made, re.M))
    assert pinned.keys() == set(pins.direct_dependencies(text("pyproject.toml")))
    assert pinned.items() <= pins.read_lock(text("requirements.lock"), pins.BINDER_PYTHON).items()


def test_environment_yml_follows_a_changed_lock(tmp_path):
    for name in ("pyproject.toml", "requirements.lock"):
        (tmp_path / name).write_text(text(name), "utf-8")
    lock = (tmp_path / "requirements.lock").read_text("utf-8")
    (tmp_path / "requirements.lock").write_text(re.sub(r"(?m)^pandas==\S+", "pandas==9.9.9", lock), "utf-8")
    pins.main(tmp_path)
    assert "      - pandas==9.9.9\n" in (tmp_path / "environment.yml").read_text("utf-8")


def test_binder_accepts_the_repository(tmp_path):
    copy = tmp_path / "repository"
    copy.mkdir()
    for name in ("environment.yml", "pyproject.toml", "start"):
        shutil.copy(ROOT / name, copy)
    command = [
        sys.executable,
        "-m",
        "repo2docker",
        "--no-build",
        "--debug",
        "--user-id=1000",
        "--user-name=binder",
        str(copy),
    ]
    result = subprocess.run(command, capture_output=True, text=True)
    dockerfile = result.stderr + result.stdout
    assert result.returncode == 0, dockerfile
    assert f"Building conda environment for python={pins.BINDER_PYTHON}" in dockerfile
    assert '--file "environment.yml"' in dockerfile
    assert 'ENV R2D_ENTRYPOINT="${REPO_DIR}/start"' in dockerfile
    copied, built = dockerfile.index("COPY --chown=1000:1000 src/ ${REPO_DIR}"), dockerfile.index('"environment.yml"')
    assert copied < built, "the package itself must be there before pip is asked for `-e .`"
    assert os.access(ROOT / "start", os.X_OK)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel, built from the repository without network and without isolation."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.mark.slow
def test_a_wheel_holds_the_course_and_both_licences(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for folder in ("datasets", "labconfig", "labs", "notebooks", "solutions"):
        there = {path.name for path in (ROOT / folder).iterdir() if path.is_file()}
        assert there <= {Path(name).name for name in names if name.startswith(f"crm_lab/_data/{folder}/")}
    assert {"LICENSE", "LICENSE-CONTENT"} <= {Path(name).name for name in names}
    assert [name for name in names if "__pycache__" in name or name.startswith("tests")] == []


@pytest.fixture(scope="module")
def far_away(wheel, tmp_path_factory) -> Path:
    """A fresh environment with the wheel alone, which sees the packages of this one but not the repository."""
    folder = tmp_path_factory.mktemp("far") / "venv"
    venv.create(folder, with_pip=False)
    site = next(folder.glob("[lL]ib/python*/site-packages"), folder / "Lib" / "site-packages")
    zipfile.ZipFile(wheel).extractall(site)
    # a plain path line does not process the .pth files in it, so the editable installation stays out of sight
    (site / "packages.pth").write_text(f"{Path(pytest.__file__).parents[1]}\n")
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def there(python: Path, *words: str) -> str:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("CRM_LAB", "PYTHON"))}
    home = python.parents[1].parent
    result = subprocess.run(
        [python, *words], cwd=home, env=environment | {"HOME": str(home)}, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


@pytest.mark.slow
def test_a_wheel_works_outside_the_repository(far_away):
    assert str(ROOT) not in there(far_away, "-c", "import crm_lab; print(crm_lab.__file__)")
    assert int(there(far_away, "-c", "import crm_lab; print(len(crm_lab.load('orders')))")) > 5_000
    assert "reset" in there(far_away, "-m", "crm_lab.cli", "--help")
    assert there(far_away, "-m", "crm_lab.cli", "data", "verify") == "The data files are as they were made."


@pytest.mark.slow
def test_a_wheel_hands_out_the_course_in_the_home_folder(far_away):
    home = far_away.parents[1].parent
    assert there(far_away, "-m", "crm_lab.cli", "work") == f"Your copies are in {home / 'crm-lab'}."
    handed_out = {path.name for path in (home / "crm-lab").rglob("*.ipynb")}
    assert handed_out == {
        path.name for name in ("notebooks", "labs", "solutions") for path in (ROOT / name).glob("*.ipynb")
    }
