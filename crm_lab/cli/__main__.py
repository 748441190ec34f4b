"""`python -m crm_lab.cli` is `crm-lab`, for places where the script is not on PATH."""

from crm_lab.cli import main

main()
