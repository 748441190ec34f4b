"""What authors and translators run: bring catalogues up to date, say how far they are, make an edition with outputs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from crm_lab.author.build import Made, execute_all, reference_answers, require_sound, sources_of, with_labs
from crm_lab.author.catalogues import EDITIONS
from crm_lab.author.editions import has_edition, localise, refresh, reports, require_complete
from crm_lab.author.notebooks import dumps
from crm_lab.base.errors import one_of
from crm_lab.base.files import write_atomic
from crm_lab.base.places import REPOSITORY


def refresh_messages(names: Iterable[str] | None = None) -> None:
    """Bring the catalogues of translators up to date and say how far they are; nothing is executed.

    names   notebooks whose catalogues are begun if they are not there yet, such as "04b"; none only refreshes

    Raises InputError when a catalogue that was declared complete is not.
    """
    wanted = tuple(names or ())
    notebooks = with_labs(sources_of(REPOSITORY, wanted))
    Made(REPOSITORY, refresh(REPOSITORY, notebooks, package=not wanted, begin=bool(wanted))).write()
    say_how_far(REPOSITORY)


def say_how_far(root: Path) -> None:
    """Print how far each catalogue is; InputError when one that was declared complete is not."""
    found = list(reports(root))
    for one in found:
        print(one)
    require_complete(root, found)


def build_edition(language: str, names: Iterable[str] | None = None, out: Path | None = None) -> list[Path]:
    """Make the notebooks of another language with their outputs, in a folder of their own; the files written.

    language  such as "zh_CN"
    names     only notebooks whose name begins with one of these; those nobody has begun to translate are left out
    out       by default `editions/<language>` in the repository

    Raises InputError when there is none, when a notebook fails in this language or a figure lacks its words.
    """
    one_of("language", language, EDITIONS)
    notebooks = with_labs(sources_of(REPOSITORY, tuple(names or ())))
    stems = {name: name.removesuffix(".ipynb") for name in notebooks}
    begun = [name for name in notebooks if has_edition(REPOSITORY, language, stems[name])]
    chosen = {name: localise(notebooks[name], REPOSITORY, language, stems[name]) for name in begun}
    results = execute_all(chosen, REPOSITORY, None, language)
    require_sound(results, reference_answers)
    target = out or REPOSITORY / "editions" / language
    for name, notebook in results.items():
        write_atomic(target / name, dumps(notebook))
    return [target / name for name in results]
