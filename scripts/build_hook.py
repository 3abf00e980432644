"""A build hook of Hatchling: the wheel carries the manual page, made from the help of this very program."""

import runpy
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ManualPage(BuildHookInterface[Any]):  # type: ignore[misc]  # it is there only at a build
    """Put `massharm.1` where `man` looks for it; an editable install gets it too."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - Hatchling calls it so
        """Make the page before the wheel is packed."""
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        manual = runpy.run_path(str(root / "scripts" / "manual.py"))
        self._folder = tempfile.TemporaryDirectory()
        page = Path(self._folder.name) / "massharm.1"
        page.write_text(manual["page"](manual["today"]()), encoding="utf-8", newline="\n")
        build_data["shared_data"][str(page)] = "share/man/man1/massharm.1"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 - as above
        """Remove the page: the wheel holds it."""
        self._folder.cleanup()
