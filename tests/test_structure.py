"""A module that only its own package imports starts with an underscore; nothing else reaches into it."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "crm_lab"
TOOLS = ("author", "cli", "exercises")  # run, or found by their names, rather than imported


def modules(package: Path) -> dict[str, Path]:
    """Every module and subpackage below a package, by its dotted name."""
    found = {}
    for path in package.rglob("*.py"):
        parts = path.relative_to(package.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def importers(package: Path) -> dict[str, set[str]]:
    """For each module, those that import it or something from it."""
    every = modules(package)
    users: dict[str, set[str]] = {name: set() for name in every}
    for user, path in every.items():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in getattr(node, "names", [])] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            for name in names:
                users.get(name, set()).add(user)
    return users


def misnamed(package: Path) -> list[str]:
    """Modules without an underscore that no other package imports, and those with one that another does."""
    wrong = []
    for name, users in importers(package).items():
        house = ".".join(name.split(".")[:2])
        private = "._" in name
        abroad = {user for user in users if user != house and not user.startswith(f"{house}.")}
        if name.count(".") >= 2 and name.split(".")[1] not in TOOLS and private == bool(abroad):
            wrong.append(name)
    return sorted(wrong)


def test_what_only_its_own_package_imports_starts_with_an_underscore():
    assert misnamed(PACKAGE) == []


def test_a_reach_into_another_package_and_a_public_name_for_a_private_thing_are_seen(tmp_path):
    for name, text in {
        "lab/__init__.py": "",
        "lab/a/__init__.py": "from lab.a.own import x",
        "lab/a/own.py": "x = 1",
        "lab/a/_inner.py": "",
        "lab/b/__init__.py": "from lab.a._inner import y",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    assert misnamed(tmp_path / "lab") == ["lab.a._inner", "lab.a.own"]
