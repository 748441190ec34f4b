"""Floor 8: the command `crm-lab`."""


def main() -> None:
    """Run the command line. An InputError is the user's to mend, so only its sentence is shown."""
    import sys

    from crm_lab.base.errors import InputError
    from crm_lab.cli.app import app

    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a console may lack ✓ or ¥
    try:
        app()
    except InputError as error:
        sys.exit(str(error))
