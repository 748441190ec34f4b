"""JupyterLab as a learner meets it: a server of its own, a real browser, and the few things a hand does there."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

REPOSITORY = Path(__file__).parents[2]
SHOTS = REPOSITORY / "artefacts" / "screenshots"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
SETTINGS = {
    "@jupyterlab/docmanager-extension:plugin": {"autosave": False},
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
}
PATIENCE = 60_000  # ms a step may take on a slow machine before it counts as hanging


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """JupyterLab as `python run.py` opens it, for a learner without a past: `root` is their work folder.

    Autosave is off and a notebook's cells are all drawn, so that a test sees what it wrote and nothing else.
    """

    def __init__(self, root: Path, private: Path, *words: str):
        """words: what the learner writes after `python run.py`"""
        self.root, self.private, self.token, self.port = root, private, secrets.token_hex(8), _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = private / "server.log"
        self.forget()
        command = [sys.executable, "-m", "crm_lab.cli.start", "--no-browser", "--allow-root", f"--port={self.port}"]
        command += ["--ServerApp.port_retries=0", "--ip=127.0.0.1"]
        command += [f"--IdentityProvider.token={self.token}", "--LabApp.expose_app_in_browser=True", *words]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, cwd=root, env=self.environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        self._wait()

    def environment(self) -> dict[str, str]:
        """What the server, its kernels and a terminal in it see: nobody's own settings, this learner's folder."""
        names = ["CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR"]
        folders = {f"JUPYTER_{name}": str(self.private / name.split("_")[0].lower()) for name in names}
        folders |= {f"JUPYTERLAB_{name}_DIR": str(self.private / name.lower()) for name in ("SETTINGS", "WORKSPACES")}
        folders |= {"IPYTHONDIR": str(self.private / "ipython"), "CRM_LAB_WORK": str(self.root)}
        return {**os.environ, **folders, "JUPYTER_PREFER_ENV_PATH": "1"}

    def _wait(self) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until and self.process.poll() is None:
            try:
                self._ask("GET", "api/status")
                return
            except OSError:
                time.sleep(0.2)
        self.stop()
        raise RuntimeError("JupyterLab did not start:\n" + self.log.read_text()[-2000:])

    def forget(self) -> None:
        """Back to the settings of the start: JupyterLab stores the theme, open tabs, and whether slides were shown."""
        for folder in ("settings", "workspaces"):
            shutil.rmtree(self.private / folder, ignore_errors=True)
        for plugin, settings in SETTINGS.items():
            file = self.private / "settings" / f"{plugin.replace(':', '/')}.jupyterlab-settings"
            file.parent.mkdir(parents=True)
            file.write_text(json.dumps(settings))

    def end_kernels(self) -> None:
        """End all kernels, so that the next test starts with none."""
        for session in json.loads(self._ask("GET", "api/sessions")):
            self._ask("DELETE", f"api/sessions/{session['id']}")

    def _ask(self, method: str, what: str) -> bytes:
        request = urllib.request.Request(f"{self.url}/{what}", method=method)
        request.add_header("Authorization", f"token {self.token}")
        with urllib.request.urlopen(request, timeout=20) as answer:
            return bytes(answer.read())

    def stop(self) -> None:
        """End the server and, with it, its kernels."""
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Lab:
    """One browser page on a server: open a notebook, run it, read its outputs, move its controls."""

    def __init__(self, page: Page, server: Server):
        self.page, self.server = page, server
        self.errors: list[str] = []
        self.requests: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        page.on("request", lambda request: self.requests.append(request.url))

    # --- getting somewhere

    def open(self, path: str) -> None:
        """Open a notebook of the learner's folder and wait for its kernel."""
        self.page.goto(f"{self.server.url}/lab/tree/{path}?reset&token={self.server.token}")
        self.on(path)

    def on(self, path: str) -> None:
        """Wait until the notebook is the one in front and its kernel is ready."""
        self.page.wait_for_function(
            "path => window.jupyterapp?.shell?.currentWidget?.context?.path === path", arg=path, timeout=PATIENCE
        )
        self._choose_kernel()
        self.idle()
        expect(self.notebook.locator(".jp-Cell").first).to_be_visible()

    def _choose_kernel(self) -> None:
        """Answer the dialog that asks for a kernel, if one comes up before the kernel does."""
        dialog = self.page.locator(".jp-Dialog:has-text('Select Kernel') .jp-mod-accept")
        running = "() => !!window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel"
        for _ in range(600):
            if dialog.count():
                dialog.click()
            if self.page.evaluate(running):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError("no kernel started")

    def idle(self) -> None:
        """Wait until the kernel has had nothing to do for a moment; moving a slider counts as something."""
        self.page.wait_for_function(
            """() => {
                const status = window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status;
                const waiting = [...document.querySelectorAll('.jp-InputPrompt')].some(p => p.innerText.includes('*'));
                if (status !== 'idle' || waiting) { window.idleSince = undefined; return false; }
                window.idleSince ??= performance.now();
                return performance.now() - window.idleSince > 250;
            }""",
            timeout=PATIENCE,
            polling=50,
        )
        self.page.evaluate("() => { window.idleSince = undefined; }")

    def command(self, name: str, **arguments: Any) -> None:
        """Carry out a command of JupyterLab by its id."""
        self.page.evaluate(
            "([name, given]) => window.jupyterapp.commands.execute(name, given).then(() => null)", [name, arguments]
        )

    def theme(self, name: str) -> None:
        """Put on "JupyterLab Light" or "JupyterLab Dark"."""
        self.command("apputils:change-theme", theme=name)
        light = "true" if name.endswith("Light") else "false"
        expect(self.page.locator("body")).to_have_attribute("data-jp-theme-light", light)
        expect(self.page.locator("#jupyterlab-splash")).to_have_count(0)

    # --- the notebook

    @property
    def notebook(self) -> Locator:
        """The notebook in front."""
        return self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")

    def cell(self, which: int | str) -> Locator:
        """A cell by its place or its id."""
        if isinstance(which, str):
            ids = self.page.evaluate(
                "() => [...window.jupyterapp.shell.currentWidget.content.model.cells].map(cell => cell.id)"
            )
            which = ids.index(which)
        return self.notebook.locator(".jp-Cell").nth(which)

    def run_all(self) -> None:
        """Run > Run All Cells, until every cell has run, or one has failed, and the kernel rests."""
        self.command("notebook:clear-all-cell-outputs")  # a stored output must not pass for a fresh one
        self.page.locator(".lm-MenuBar-itemLabel", has_text="Run").first.click()
        self.page.locator(".lm-Menu-item:not(.lm-mod-hidden)", has_text="Run All Cells").first.click()
        self._choose_kernel()
        self.page.wait_for_function(
            """() => {
                const code = [...window.jupyterapp.shell.currentWidget.content.model.cells].filter(
                    cell => cell.type === 'code' && cell.sharedModel.source.trim());
                const ran = cell => cell.executionCount;
                const failed = cell => cell.outputs.toJSON().some(output => output.output_type === 'error');
                return code.every(ran) || code.some(cell => ran(cell) && failed(cell));
            }""",
            timeout=PATIENCE,
        )
        self.idle()

    def error_outputs(self) -> list[str]:
        """What the error outputs of the notebook say; empty when all went well."""
        return self.page.evaluate(
            """() => [...window.jupyterapp.shell.currentWidget.content.model.cells]
                .filter(cell => cell.type === 'code').flatMap(cell => cell.outputs.toJSON())
                .filter(output => output.output_type === 'error').map(output => `${output.ename}: ${output.evalue}`)"""
        )

    def output(self, which: int | str) -> Locator:
        """The outputs of a cell."""
        return self.cell(which).locator(".jp-Cell-outputArea")

    def write_and_run(self, which: int | str, source: str) -> None:
        """Replace a cell's source by typing over it, run it, wait."""
        self.cell(which).locator(".cm-content").first.click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(source)
        self._run_active()

    def run(self, which: int | str) -> None:
        """Run one cell as it stands, wait."""
        self.cell(which).locator(".cm-content").first.click()
        self._run_active()

    def add_and_run(self, below: int | str, source: str) -> None:
        """Add a cell below another one, as the key B does, type into it, run it, wait."""
        self.cell(below).locator(".jp-InputPrompt").first.click()
        self.page.keyboard.press("b")
        self.page.keyboard.press("Enter")
        self.page.keyboard.insert_text(source)
        self._run_active()

    def _run_active(self) -> None:
        self.page.keyboard.press("Control+Enter")
        self.page.wait_for_timeout(100)
        self.idle()

    def sources(self) -> list[str]:
        """The source of every cell, in order."""
        return self.page.evaluate(
            "() => [...window.jupyterapp.shell.currentWidget.content.model.cells].map(c => c.sharedModel.source)"
        )

    # --- controls

    def control(self, description: str) -> Locator:
        """The widget whose label is `description`."""
        label = self.notebook.locator(".widget-label").filter(has_text=description).first
        return label.locator("xpath=ancestor::*[contains(@class, 'jupyter-widgets')][1]")

    def controls(self, kind: str) -> list[str]:
        """The labels of all visible controls of a kind: "slider" or "dropdown"."""
        return [t.strip() for t in self.notebook.locator(f".widget-{kind} .widget-label").all_inner_texts()]

    def slide_to(self, description: str, key: str, times: int = 1) -> str:
        """Move a slider with the keyboard ("Home", "End", "ArrowRight" ...), wait, return its readout."""
        slider = self.control(description)
        handle = slider.locator(".noUi-handle").first
        handle.focus()
        for _ in range(times):
            self.page.keyboard.press(key)
        self.page.wait_for_timeout(100)
        self.idle()
        return self.readout(description)

    def readout(self, description: str) -> str:
        """The number beside a slider."""
        return self.control(description).locator(".widget-readout").inner_text()

    def slide_back_to(self, description: str, value: str) -> None:
        """Bring a slider to a value from its minimum, step by step."""
        now = self.slide_to(description, "Home")
        for _ in range(1_000):
            if now == value:
                self.page.wait_for_timeout(100)
                return self.idle()
            self.page.keyboard.press("ArrowRight")
            now = self.readout(description)
        raise AssertionError(f"{description}: {value} was not reached, only {now}")

    def tab_to(self, target: Locator) -> None:
        """Reach an element with the Tab key alone, from wherever the focus is."""
        for _ in range(60):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError("not reached with the Tab key")

    def choose(self, description: str, option: str | int) -> None:
        """Choose in a dropdown by text or place, wait."""
        select = self.control(description).locator("select")
        select.select_option(index=option) if isinstance(option, int) else select.select_option(label=option)
        self.page.wait_for_timeout(100)
        self.idle()

    def drag(self, description: str, share: float) -> None:
        """Drag a slider's handle to a share (0 to 1) of its track with the mouse, wait."""
        slider = self.control(description)
        handle, track = slider.locator(".noUi-handle").first.bounding_box(), slider.locator(".noUi-base").bounding_box()
        assert handle, description
        assert track, description
        middle = handle["y"] + handle["height"] / 2
        self.page.mouse.move(handle["x"] + handle["width"] / 2, middle)
        self.page.mouse.down()
        self.page.mouse.move(track["x"] + share * track["width"], middle, steps=5)
        self.page.mouse.up()
        self.page.wait_for_timeout(100)
        self.idle()

    # --- live slides

    def start_slides(self) -> None:
        """Show the notebook as live slides from its first cell, by the toolbar's deck button."""
        self.cell(0).click()
        self.notebook.locator("[data-jp-item-name='deck'] button, [data-jp-item-name='deck']").first.click()
        expect(self.page.locator("body")).to_have_attribute("data-jp-deck-mode", "presenting")

    def show_slide(self, which: str) -> None:
        """Go to the live slide that holds a cell."""
        place = "(async id => { const notebook = window.jupyterapp.shell.currentWidget.content;"
        place += " notebook.activeCellIndex = [...notebook.model.cells].findIndex(cell => cell.id === id); })"
        self.page.evaluate(place, which)
        expect(self.cell(which)).to_be_visible()

    def stop_slides(self) -> None:
        """Leave the live slides by the button of their remote control."""
        self.page.locator(".jp-Deck-Remote .jp-deck-mod-stop").click()
        expect(self.page.locator("body")).not_to_have_attribute("data-jp-deck-mode", "presenting")

    # --- records

    def screenshot(self, name: str) -> Path:
        """Keep what the page shows now as artefacts/screenshots/<name>.png."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        path = SHOTS / f"{name}.png"
        self.page.screenshot(path=path)
        return path

    def outside(self) -> list[str]:
        """Addresses the page asked that lie elsewhere."""
        own = (self.server.url, self.server.url.replace("http", "ws", 1), "data:", "blob:", "about:")
        return [url for url in self.requests if not url.startswith(own)]
