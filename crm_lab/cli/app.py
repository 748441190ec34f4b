"""The commands of `crm-lab`. Each imports what it needs when it is called, so that `crm-lab --help` is quick."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crm_lab.base.text import _

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help=_("CRM Lab: what you can do besides opening a notebook.")
)
data = typer.Typer(no_args_is_help=True)
app.add_typer(data, name="data", help=_("Check the company's data files, or write them anew."))
author = typer.Typer(no_args_is_help=True)
app.add_typer(author, name="author", help=_("For authors: begin a chapter."))

Number = Annotated[str, typer.Argument(help=_("Number of the chapter: 04, or 04a for one part of it."))]
FURTHER = {"allow_extra_args": True, "ignore_unknown_options": True}


@app.command(help=_("Open your copies in JupyterLab. Further options go to JupyterLab."), context_settings=FURTHER)
def start(context: typer.Context) -> None:
    from crm_lab.cli.start import start

    raise typer.Exit(start(context.args))


@app.command(help=_("Bring your copies up to date; files you have worked on are kept."))
def work() -> None:
    from crm_lab.cli.work import main

    main()


@app.command(help=_("Set your lab aside and get a fresh one."))
def reset(
    number: Number,
    folder: Annotated[str, typer.Option(help=_("labs, notebooks or solutions"))] = "labs",
) -> None:
    from crm_lab.cli.reset import main

    main(number, folder)


@app.command(help=_("Show how far you have come, in all labs or in one."))
def progress(
    number: Annotated[str | None, typer.Argument(help=_("Number of the lab: 04, or 04a for one part of it."))] = None,
    student: Annotated[str | None, typer.Option(help=_("Your student number, if the lab is on your own data."))] = None,
) -> None:
    from crm_lab import exercises, labs

    for lab in [number] if number else exercises.chapters():
        typer.echo(repr(labs.open(lab, student).progress()))


@app.command(help=_("Look for common troubles of set-up and say how to mend them."))
def doctor() -> None:
    from crm_lab.cli.doctor import main

    raise typer.Exit(main())


@app.command(help=_("Write a chapter as slides that need no network."))
def slides(
    number: Number,
    out: Annotated[Path | None, typer.Option(help=_("Folder for the slides."))] = None,
) -> None:
    from crm_lab.cli.slides import slides

    for path in slides(number, out):
        typer.echo(path)


@app.command(help=_("For authors: execute the notebooks and rebuild every derived file."))
def build(
    names: Annotated[list[str] | None, typer.Argument(help=_("Only notebooks whose name begins so: 04."))] = None,
    check: Annotated[bool, typer.Option("--check", help=_("Write nothing; fail if a file is out of date."))] = False,
    ran: Annotated[Path | None, typer.Option(help=_("Folder of notebooks that were executed just now."))] = None,
) -> None:
    from crm_lab.author.build import build

    build(names, check, ran)


@author.command(help=_("Write a chapter to begin with: notebook, lab, exercise, words and test."))
def new(
    number: Annotated[str, typer.Argument(help=_("Two digits, and a letter for one part: 05, 07a."))],
    slug: Annotated[str, typer.Argument(help=_("The title in lower case, words joined by _: segmenting."))],
) -> None:
    from crm_lab.author.template import new_chapter
    from crm_lab.base.files import REPOSITORY

    for path in new_chapter(number, slug, REPOSITORY):
        typer.echo(path.relative_to(REPOSITORY))
    typer.echo(_("Now: python run.py build {number}").format(number=number))


@data.command(help=_("Name data files that are missing, truncated or changed."))
def verify() -> None:
    from crm_lab.data import verify

    problems = verify()
    typer.echo("\n".join(problems) or _("The data files are as they were made."))
    raise typer.Exit(1 if problems else 0)


@data.command(help=_("Write the company's data files anew."))
def make() -> None:
    from crm_lab.data import make

    written = make()
    typer.echo("\n".join(map(str, written)) or _("The data files are as they should be; nothing was written."))


@data.command(help=_("Write a company of any size as Parquet files, to a new folder."))
def world(
    folder: Annotated[Path, typer.Argument(help=_("A folder that does not exist yet."))],
    customers: Annotated[int, typer.Option(help=_("Number of customers."))] = 100_000,
    seed: Annotated[int, typer.Option(help=_("Which company: the same seed gives the same one."))] = 0,
    locale: Annotated[str, typer.Option(help=_("Language of names and cities: en_US or zh_CN."))] = "en_US",
    jobs: Annotated[int, typer.Option(help=_("Processes that work at the same time."))] = 1,
) -> None:
    import signal
    import sys

    from crm_lab.data import write_world

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # an exit clears away what is half written
    typer.echo(_("All tables are in {folder}.").format(folder=write_world(folder, customers, seed, locale, jobs)))
