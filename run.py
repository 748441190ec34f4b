"""CRM Lab, set up and started by one command.

python run.py                  open the course in JupyterLab, on your own copies in the folder work
python run.py --language zh_CN the same in Chinese, from now on; --language en goes back
python run.py setup            only set it up, or repair it
python run.py reset 04         set your lab 04 aside and get a fresh one
python run.py doctor           look for troubles of set-up and say how to mend them
python run.py author           open the repository itself, to change the course
python run.py author new ...   begin a chapter; "author messages" brings translations up to date
python run.py test [gate ...]  run every gate, or those named; "test --list" shows them
python run.py lock             pin the newest versions that pyproject.toml allows (needs uv)

The other commands of crm-lab work too, such as progress or slides: "python run.py crm-lab --help" shows them.
Further words starting with "-" go to JupyterLab, such as --no-browser or --port=9000.
It needs Python 3.11 or newer, and the network the first time. Everything it installs is in the folder .venv.
"""

import sys

# Before anything else, and in words an old Python can still read: this file must parse on Python 3.6.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(
        "CRM Lab needs Python 3.11 or newer, and this is Python {}.{}. Install a newer one "
        "and start it by its own name, for example: python3.11 run.py".format(*sys.version_info[:2])
    )

import hashlib
import os
import shutil
import signal
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "crm-lab-ready.txt"  # written last: without it nothing in .venv is trusted
LOCK, TEST_LOCK = "requirements.lock", "requirements-test.lock"
CRM_LAB = ("build", "data", "doctor", "progress", "reset", "slides", "work")  # commands passed on to crm-lab
COMPILE = [
    "pip",
    "compile",
    "pyproject.toml",
    "--python",
    "3.11",
    "--universal",
    "--generate-hashes",
    "--quiet",
    "--upgrade",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-header",
    "--no-annotate",
]


class SetupError(Exception):
    """Set-up cannot go on; the message says why and what to do."""


def main(words: list[str]) -> int:
    """Do what the command line asks and return the exit code."""
    if not words or words[0].startswith("-"):
        words = ["start", *words]
    command, rest = words[0], words[1:]
    commands = {"start": start, "author": author, "setup": setup, "test": test, "lock": lock, "crm-lab": crm_lab}
    if command in CRM_LAB or (command == "author" and rest and not rest[0].startswith("-")):
        command, rest = "crm-lab", words
    elif command not in commands or (command != "crm-lab" and {"-h", "--help"} & set(rest)):
        print(__doc__)
        return 0 if command in commands or command == "help" else 2
    try:
        return commands[command](rest)
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1


def start(words: list[str]) -> int:
    """Open the learner's copies in JupyterLab."""
    set_up(LOCK)
    return run_inside("-m", "crm_lab.cli.start", *words)


def author(words: list[str]) -> int:
    """Open the repository in JupyterLab."""
    return start(["author", *words])


def setup(words: list[str]) -> int:
    """Set up without opening anything, for a computer room or an image."""
    set_up(LOCK)
    print("Ready. Start with: python run.py")
    return 0


def test(words: list[str]) -> int:
    """Run the gates of tests/gates.py, all or those named."""
    set_up(LOCK, TEST_LOCK)
    return run_inside("tests/gates.py", *words)


def crm_lab(words: list[str]) -> int:
    """Run the command crm-lab, without a word about where it is installed."""
    set_up(LOCK)
    return run_inside("-m", "crm_lab.cli", *words)


def lock(words: list[str]) -> int:
    """Pin the newest versions pyproject.toml allows: both locks, and environment.yml from them."""
    uv = find_uv()
    if not uv:
        raise SetupError("Pinning needs uv. Install it (pip install uv) and run the command again.")
    for output, extra in ((LOCK, ["build"]), (TEST_LOCK, ["build", "--extra", "test", "--constraint", LOCK])):
        if subprocess.call([*uv, *COMPILE, "--output-file", output, "--extra", *extra], cwd=ROOT) != 0:
            raise SetupError(f"{output} could not be made; uv says above why. Nothing else was changed.")
    set_up(LOCK)
    return run_inside("-m", "crm_lab.author.pins")


def set_up(*locks: str) -> None:
    """Make .venv hold what the locks name. A finished one costs one short look; an unfinished one is made anew."""
    made, wanted = made_for(interpreter_version()), [fingerprint(name) for name in locks]
    done = STAMP.read_text("utf-8").splitlines() if STAMP.is_file() else []
    finished = bool(done) and done[0] == made
    if finished and set(wanted) <= set(done):
        return
    print(f"Setting up CRM Lab in {VENV}. This takes a minute or two, once.", flush=True)
    if not (finished and update(locks)):
        build(locks)
    STAMP.write_text("\n".join([made_for(interpreter_version()), *wanted]) + "\n", "utf-8")


def interpreter_version() -> str:
    """What the Python in .venv says it is, such as "3.11"; empty when it is missing or does not run."""
    ask = "import sys; print('{}.{}'.format(*sys.version_info))"
    try:
        answer = subprocess.run([str(PYTHON), "-I", "-S", "-c", ask], capture_output=True, text=True)
    except OSError:
        return ""
    return answer.stdout.strip() if answer.returncode == 0 else ""


def made_for(version: str) -> str:
    """First line of the stamp: an environment of another Python, or copied from another folder, does not work."""
    return f"Python {version} in {ROOT}"


def fingerprint(name: str) -> str:
    """One line of the stamp: the lock, and the hash of everything an installation from it depends on."""
    parts = [(ROOT / part).read_bytes() for part in (name, "pyproject.toml")]
    return "{} {}".format(name, hashlib.sha256(b"\n".join(parts)).hexdigest())


def update(locks: tuple[str, ...]) -> bool:
    """Bring a finished .venv up to newer locks. Untrusted from here on, until the stamp is written again."""
    STAMP.unlink()
    uv = find_uv()
    return install([*uv, "pip", "install", "--python", str(PYTHON)] if uv else pip(), locks)


def build(locks: tuple[str, ...]) -> None:
    """A new .venv, by uv where there is one; by venv and pip where there is none or it fails."""
    uv = find_uv()
    if (
        uv
        and make([*uv, "venv", "--quiet", "--no-project", "--python", base_python(), str(VENV)])
        and install([*uv, "pip", "install", "--python", str(PYTHON)], locks)
    ):
        return
    if not make([base_python(), "-m", "venv", str(VENV)]):
        provide_venv_module()
        make([base_python(), "-m", "venv", str(VENV)])
    if not install(pip(), locks):
        raise SetupError(
            "The packages could not be installed; the reason is above. Most often the network is missing or "
            "blocks the package index: check it, then run the same command again. It starts afresh."
        )


def make(command: list[str]) -> bool:
    """Remove .venv and let `command` make it. Whether there is a running interpreter afterwards."""
    try:
        if VENV.is_symlink() or VENV.is_file():
            VENV.unlink()
        elif VENV.exists():
            shutil.rmtree(VENV)
    except OSError as error:
        raise SetupError(
            f"{VENV} cannot be replaced ({error.strerror}). Close JupyterLab and every other program that uses it, "
            "delete the folder and run the same command again."
        ) from error
    return quietly(command) and bool(interpreter_version())


def install(installer: list[str], locks: tuple[str, ...]) -> bool:
    """The packages of the locks by hash, then crm_lab itself, editable, with nothing fetched for it."""
    for name in locks:
        if not quietly([*installer, "--quiet", "--require-hashes", "-r", str(ROOT / name)]):
            return False
    return quietly([*installer, "--quiet", "--no-deps", "--no-build-isolation", "-e", str(ROOT)])


def provide_venv_module() -> None:
    """Debian keeps Python's venv module in a package of its own: install it where that is allowed, else say so."""
    package = "python{}.{}-venv".format(*sys.version_info)
    install_it = ["apt-get", "install", "-y", "-qq", package]
    may = shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0
    if not (may and quietly(["apt-get", "update", "-qq"]) and quietly(install_it)):
        raise SetupError(
            f"This Python cannot make a virtual environment. On Debian and Ubuntu run: sudo apt install {package} "
            "(elsewhere: pip install uv), then run the same command again."
        )


def quietly(command: list[str]) -> bool:
    """Run a command; show the end of what it said only if it failed."""
    try:
        result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    except OSError as error:
        print(f"{command[0]}: {error.strerror}", file=sys.stderr)
        return False
    if result.returncode != 0:
        print("\n".join(result.stdout.splitlines()[-12:]), file=sys.stderr, flush=True)
    return result.returncode == 0


def find_uv() -> list[str]:
    """How to call uv, as a program or as a module of this Python; empty where it is missing or does not run."""
    for uv in (["uv"], [sys.executable, "-m", "uv"]):
        try:
            if subprocess.run([*uv, "--version"], capture_output=True).returncode == 0:
                return uv
        except OSError:
            continue
    return []


def pip() -> list[str]:
    """The pip of .venv."""
    return [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--retries", "2"]


def base_python() -> str:
    """This Python outside any virtual environment, because .venv itself may be about to go."""
    return getattr(sys, "_base_executable", None) or sys.executable


def run_inside(*words: str) -> int:
    """Run the Python of .venv from the repository. Ctrl-C is for the program inside to answer; an end is passed on."""
    environment = {**os.environ, "VIRTUAL_ENV": str(VENV)}
    environment.pop("PYTHONHOME", None)
    process = subprocess.Popen([str(PYTHON), *words], cwd=ROOT, env=environment)
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
