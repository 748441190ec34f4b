"""Puts the course itself (data, notebooks, labs, solutions) into a wheel, so that it works without the repository."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDERS = ("datasets", "labconfig", "labs", "notebooks", "solutions")


class CourseInWheel(BuildHookInterface):
    """An editable installation reads these folders where they are, and must not get a copy that grows old."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        there = [folder for folder in FOLDERS if Path(self.root, folder).is_dir()]  # a class edition has no solutions
        if version == "standard":
            build_data["force_include"].update({folder: f"crm_lab/_data/{folder}" for folder in there})
