"""The guards around running notebooks, each tried on a notebook that needs it."""

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import pytest

from crm_lab.author.notebooks import dumps, normalise
from crm_lab.base.places import REPOSITORY

GUARDS = REPOSITORY / "tests" / "guards"
LIMITS = ["--notebook-seconds", "8", "--notebook-megabytes", "400", "--nbval-cell-timeout", "4"]
IMAGE = """
from IPython.display import display
data = {{"image/png": "AAAA", "text/html": '<img alt="a" src="data:image/png;base64,{bytes}">', "text/plain": "{alt}"}}
display(data, raw=True)
"""


Messages = dict[str, list[str]]  # what nbval said of each notebook's cells: why it failed, empty where it passed
STATE = """
import os
from pathlib import Path
left = Path(os.environ["CRM_LAB_WORK"]) / "left.txt"
assert not left.exists()
left.touch()
"""


def stored(source: str, shown: list[dict[str, object]] | None = None) -> nbformat.NotebookNode:
    cell = nbformat.v4.new_code_cell(
        source, id="x", execution_count=1, outputs=list(map(nbformat.from_dict, shown or []))
    )
    return normalise(nbformat.v4.new_notebook(cells=[cell]))


def stream(text: str) -> list[dict[str, object]]:
    return [{"output_type": "stream", "name": "stdout", "text": text}]


def image(drawing: str, alt: str) -> list[dict[str, object]]:
    element = f'<img alt="a" src="data:image/png;base64,{drawing}">'
    data = {"image/png": "AAAA", "text/html": element, "text/plain": alt}
    return [{"output_type": "display_data", "metadata": {}, "data": data}]


NOTEBOOKS = {
    "as_stored": stored("print(1 + 1)", stream("2\n")),
    "other_output": stored("print(1 + 2)", stream("2\n")),
    "other_drawing": stored(IMAGE.format(bytes="BBBB", alt="3 bars"), image("AAAA", "3 bars")),
    "other_alt_text": stored(IMAGE.format(bytes="AAAA", alt="4 bars"), image("AAAA", "3 bars")),
    "connects": stored("import socket\nsocket.create_connection(('192.0.2.1', 80), timeout=2)"),
    "looks_up": stored("import socket\nsocket.getaddrinfo('willow-lane.example', 443)"),
    "sends": stored("import socket\nsocket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 9))"),
    "a_child_calls_out": stored(
        "import subprocess, sys\ncode = \"import socket; socket.create_connection(('192.0.2.1', 80), timeout=2)\"\n"
        "child = subprocess.run([sys.executable, '-c', code], capture_output=True, text=True)\n"
        "print('Refused: 192.0.2.1' in child.stderr)",
        stream("True\n"),
    ),
    "stays_at_home": stored(
        "import socket\nserver = socket.create_server(('127.0.0.1', 0))\n"
        "print(socket.create_connection(('localhost', server.getsockname()[1]), timeout=2).getpeername()[0])",
        stream("127.0.0.1\n"),
    ),
    **{f"remembers_nothing_{n}": stored(STATE) for n in range(3)},  # three on two workers: two must share one
    "dies": stored("import os\nos._exit(1)"),
    "hangs": stored("while True: pass"),
    "takes_memory": stored("ballast = b'x' * 500_000_000"),
    "takes_time": normalise(
        nbformat.v4.new_notebook(
            cells=[
                nbformat.v4.new_code_cell("import time\ntime.sleep(3)", id=f"nap-{n}", execution_count=1)
                for n in range(3)
            ]
        )
    ),
}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the notebooks of `ran` are kept as they came out of it."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def ran(kept: Path, tmp_path_factory: pytest.TempPathFactory) -> Messages:
    """All of NOTEBOOKS, run once as the gate runs them, with tighter limits."""
    folder = tmp_path_factory.mktemp("guarded")
    for name, notebook in NOTEBOOKS.items():
        (folder / f"{name}.ipynb").write_text(dumps(notebook), encoding="utf-8")
    report = folder / "report.xml"
    command = [sys.executable, GUARDS / "run_nbval.py", "-q", "-n2", "--dist=loadfile", f"--junitxml={report}"]
    command.append(f"--keep-executed={kept}")
    done = subprocess.run([*command, *LIMITS, folder], cwd=REPOSITORY, capture_output=True, text=True, timeout=300)
    assert report.is_file(), done.stdout + done.stderr
    messages: Messages = {name: [] for name in NOTEBOOKS}
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        name = next(
            name for name in NOTEBOOKS if f"{name}.ipynb" in case.get("classname", "").replace("ipynb", "ipynb")
        )
        failures = [*case.iter("failure"), *case.iter("error")]
        messages[name].append("".join((f.text or "") + f.get("message", "") for f in failures))
    return messages


PASS = [
    "as_stored",
    "other_drawing",
    "stays_at_home",
    "a_child_calls_out",
    *(f"remembers_nothing_{n}" for n in range(3)),
]


@pytest.mark.parametrize("name", PASS)
def test_what_may_pass_passes(ran: Messages, name: str) -> None:
    assert ran[name] == [""]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("other_output", "Cell outputs differ"),
        ("other_alt_text", "Cell outputs differ"),
        ("connects", "Refused: 192.0.2.1"),
        ("looks_up", "Refused: willow-lane.example"),
        ("sends", "Refused: 192.0.2.1"),
        ("dies", "The kernel died"),
        ("hangs", "Timeout of 4 seconds"),
        ("takes_memory", "MB of memory, more than 400"),
        ("takes_time", "s, more than 8"),
    ],
)
def test_what_must_fail_fails_and_says_why(ran: Messages, name: str, says: str) -> None:
    if name == "takes_memory" and not Path("/proc/self/status").exists():
        pytest.skip("this system does not tell a process's peak memory")
    assert says in ran[name][-1]


def test_what_ran_whole_is_kept_with_what_it_has_shown(ran: Messages, kept: Path) -> None:
    shown = {path.stem: nbformat.read(path, as_version=4).cells[0].outputs for path in kept.rglob("*.ipynb")}
    assert shown["other_output"][0].text == "3\n"  # what it shows, not what is stored
    assert "dies" not in shown
    assert "hangs" not in shown


@pytest.mark.parametrize("guard", ["", "1"])
def test_only_a_guarded_process_is_cut_off(guard: str) -> None:
    code = (
        "import socket\nsocket.setdefaulttimeout(0.2)\n"
        "try:\n    socket.socket().connect(('192.0.2.1', 80))\nexcept OSError as error:\n    print(error)"
    )
    environment = os.environ | {"PYTHONPATH": str(GUARDS), "CRM_LAB_GUARD": guard}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert ("Refused: 192.0.2.1" in done.stdout) == bool(guard)
