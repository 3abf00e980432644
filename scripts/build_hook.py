"""A build hook of Hatchling: the wheel carries the manual page, the knowledge base on one line, and an index."""

import runpy
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class MadeFiles(BuildHookInterface[Any]):  # type: ignore[misc]  # it is there only at a build
    """Put `massharm.1` where `man` looks for it, and the knowledge base with its index into the package.

    An editable install gets the page only: its knowledge base may change.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the files before the wheel is packed."""
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        manual = runpy.run_path(str(root / "scripts" / "manual.py"))
        self._folder = tempfile.TemporaryDirectory()
        page = Path(self._folder.name) / "massharm.1"
        page.write_text(manual["page"](manual["today"]()), encoding="utf-8", newline="\n")
        build_data["shared_data"][str(page)] = "share/man/man1/massharm.1"
        if version != "editable":
            for name, content in made_data(root / "data" / "harms.json").items():
                made = Path(self._folder.name) / name
                made.write_bytes(content)
                build_data["force_include"][str(made)] = f"massharm/data/{name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 - as above
        """Remove the files: the wheel holds them."""
        self._folder.cleanup()


def made_data(path: Path) -> dict[str, bytes]:
    """Return the knowledge base file on one line, the tables made of it, and the texts that `about` prints.

    Each table says to which file it belongs.
    """
    import msgspec  # noqa: PLC0415 - after the path is set

    from massharm import KnowledgeBase  # noqa: PLC0415 - as above
    from massharm.clinical import combinations, names, recognised, wordings  # noqa: PLC0415 - as above
    from massharm.kb import packaged  # noqa: PLC0415 - as above
    from massharm.kb.store import encode_compact  # noqa: PLC0415 - as above
    from massharm.search.index import NAME_LINES, stored_index  # noqa: PLC0415 - as above

    kb = KnowledgeBase.load(path)
    raw = encode_compact(kb.file)
    root = path.parents[1]
    index, name_lines = stored_index(kb)
    return {
        "changes.json": (root / "data" / "changes.json").read_bytes(),
        "method.md": (root / "docs" / "method.md").read_bytes(),
        "harms.json": raw,
        "harms.contents": msgspec.msgpack.encode(packaged.contents_of(raw)),
        "harms.index": packaged.encode(index, raw),
        f"harms.{NAME_LINES}": packaged.encode(name_lines, raw),
        "harms.wordings": packaged.encode(wordings.table_of(kb), raw),
        "harms.names": packaged.encode(names.specials_of(kb), raw),
        "harms.combinations": packaged.encode(combinations.table_of(kb), raw),
        "harms.recognised": packaged.encode(recognised.table_of(kb), raw),
    }
