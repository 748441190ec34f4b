"""The commands of `crm-lab`. Each imports what it needs when it is called, so that `crm-lab --help` is quick."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from crm_lab.base.text import _, later


class Translated(TyperGroup):
    """Commands whose help is translated when it is asked for, not when it is defined."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        return _in_ones_language(super().get_command(ctx, cmd_name))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        _in_ones_language(self)
        super().format_help(ctx, formatter)


def _in_ones_language(command: Any) -> Any:
    for part in (command, *command.params) if command else ():
        if getattr(part, "help", None):
            part.help = _(part.help)
    return command


app = typer.Typer(
    cls=Translated,
    no_args_is_help=True,
    add_completion=False,
    help=later("CRM Lab: what you can do besides opening a notebook."),
)
data = typer.Typer(cls=Translated, no_args_is_help=True)
app.add_typer(data, name="data", help=later("Check the company's data files, or write them anew."))
author = typer.Typer(cls=Translated, no_args_is_help=True)
app.add_typer(author, name="author", help=later("For authors: begin a chapter, or a translation."))

Number = Annotated[str, typer.Argument(help=later("Number of the chapter: 04, or 04a for one part of it."))]
Language = Annotated[str | None, typer.Option(help=later("Language from now on: en or zh_CN."))]
FURTHER = {"allow_extra_args": True, "ignore_unknown_options": True}


@app.command(help=later("Open your copies in JupyterLab. Further options go to JupyterLab."), context_settings=FURTHER)
def start(context: typer.Context) -> None:
    from crm_lab.cli.start import start

    raise typer.Exit(start(context.args))


@app.command(help=later("Bring your copies up to date; files you have worked on are kept."))
def work(language: Language = None) -> None:
    from crm_lab.cli.work import main

    main(language)


@app.command(help=later("Set your lab aside and get a fresh one."))
def reset(
    number: Number,
    folder: Annotated[str, typer.Option(help=later("labs, notebooks or solutions"))] = "labs",
) -> None:
    from crm_lab.cli.reset import main

    main(number, folder)


@app.command(help=later("Show how far you have come, in all labs or in one."))
def progress(
    number: Annotated[
        str | None, typer.Argument(help=later("Number of the lab: 04, or 04a for one part of it."))
    ] = None,
    student: Annotated[
        str | None, typer.Option(help=later("Your student number, if the lab is on your own data."))
    ] = None,
) -> None:
    from crm_lab import exercises, labs

    for lab in [number] if number else exercises.chapters():
        typer.echo(repr(labs.open(lab, student).progress()))


@app.command(help=later("Look for common troubles of set-up and say how to mend them."))
def doctor() -> None:
    from crm_lab.cli.doctor import main

    raise typer.Exit(main())


@app.command(help=later("Write a chapter as slides that need no network."))
def slides(
    number: Number,
    out: Annotated[Path | None, typer.Option(help=later("Folder for the slides."))] = None,
) -> None:
    from crm_lab.cli.slides import slides

    for path in slides(number, out):
        typer.echo(path)


@app.command(help=later("For authors: execute the notebooks and rebuild every derived file."))
def build(
    names: Annotated[list[str] | None, typer.Argument(help=later("Only notebooks whose name begins so: 04."))] = None,
    check: Annotated[
        bool, typer.Option("--check", help=later("Write nothing; fail if a file is out of date."))
    ] = False,
    language: Annotated[str, typer.Option(help=later("Make the notebooks of this edition, in editions/."))] = "en",
    ran: Annotated[Path | None, typer.Option(help=later("Folder of notebooks that were executed just now."))] = None,
) -> None:
    from crm_lab.author import build as building
    from crm_lab.author.translating import build_edition

    if language == "en":
        return building.build(names, check, ran)
    for path in build_edition(language, names):
        typer.echo(path)


@author.command(help=later("Bring the files of translators up to date and say how far they are."))
def messages(
    names: Annotated[list[str] | None, typer.Argument(help=later("Notebooks to begin with: 04b."))] = None,
) -> None:
    from crm_lab.author.translating import refresh_messages

    refresh_messages(names)


@author.command(help=later("Write a chapter to begin with: notebook, lab, exercise, words and test."))
def new(
    number: Annotated[str, typer.Argument(help=later("Two digits, and a letter for one part: 05, 07a."))],
    slug: Annotated[str, typer.Argument(help=later("The title in lower case, words joined by _: segmenting."))],
) -> None:
    from crm_lab.author.template import new_chapter
    from crm_lab.base.places import REPOSITORY

    for path in new_chapter(number, slug, REPOSITORY):
        typer.echo(path.relative_to(REPOSITORY))
    typer.echo(_("Now: python run.py build {number}").format(number=number))


@data.command(help=later("Name data files that are missing, truncated or changed."))
def verify() -> None:
    from crm_lab.data import verify

    problems = verify()
    typer.echo("\n".join(problems) or _("The data files are as they were made."))
    raise typer.Exit(1 if problems else 0)


@data.command(help=later("Write the company's data files anew."))
def make() -> None:
    from crm_lab.data import make

    written = make()
    typer.echo("\n".join(map(str, written)) or _("The data files are as they should be; nothing was written."))


@data.command(help=later("Write a company of any size as Parquet files, to a new folder."))
def world(
    folder: Annotated[Path, typer.Argument(help=later("A folder that does not exist yet."))],
    customers: Annotated[int, typer.Option(help=later("Number of customers."))] = 100_000,
    seed: Annotated[int, typer.Option(help=later("Which company: the same seed gives the same one."))] = 0,
    locale: Annotated[
        str | None, typer.Option(help=later("Language of names and cities: en_US or zh_CN. By default yours."))
    ] = None,
    jobs: Annotated[int, typer.Option(help=later("Processes that work at the same time."))] = 1,
) -> None:
    import signal
    import sys

    from crm_lab.data import write_world

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # an exit clears away what is half written
    typer.echo(_("All tables are in {folder}.").format(folder=write_world(folder, customers, seed, locale, jobs)))
