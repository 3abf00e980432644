"""`massharm cite REF...`: references as plain lines to paste, or in the formats of reference managers."""

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer

from massharm.cli import completion, output
from massharm.cli.options import Fields, Json, Open, Plain, argument, check_shapes, formats, option, refuse_two_answers
from massharm.errors import NotFound, WrongUse

if TYPE_CHECKING:
    from massharm.kb.base import KnowledgeBase
    from massharm.kb.records import Citation

FORMATS = ("text", "bibtex", "ris", "nbib", "csl-json")
"""The formats of references."""


def cite(
    refs: Annotated[
        list[str] | None,
        argument("REF...", "Numbers, ranges (3-7), keys, PMIDs or DOIs.", completion.references),
    ] = None,
    harm: Annotated[
        str | None,
        option("--for", metavar="HARM", text="All references of this harm.", values=completion.ids("harm")),
    ] = None,
    form: Annotated[str, formats(FORMATS, "text; for reference managers bibtex, ris, nbib or csl-json.")] = "text",
    style: Annotated[
        str | None,
        option("--style", metavar="NAME", text="Text in a style of CSL, such as apa, which needs two more packages."),
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Print the cautions in full.")] = False,
    opened: Open = False,
    plain: Plain = False,
    json: Json = False,
    fields: Fields = None,
) -> None:
    """Print references: lines to paste, or a file to import.

    Each reference is one line in Vancouver style, in the order asked for. A count of the cautions about them follows
    on standard error. Exits 1 if a reference is not found; the others are printed.
    """
    from massharm.kb.base import KnowledgeBase
    from massharm.search.resolve import resolve_citations

    _refuse_two_shapes(form, style, json=json, plain=plain)
    check_shapes(json=json, fields=fields)
    kb = KnowledgeBase.load()
    found, unknown = resolve_citations(kb, refs or ())
    faults, note = [], ""
    if unknown:
        numbers = f"numbers run from 0 to {max(kb.by_number, default=0)}"
        faults.append(f"no citation matches {', '.join(unknown)}; {numbers}; see: massharm list citation")
    try:
        cited, note = _cited_for(kb, harm)
        found += [citation for citation in cited if citation not in found]
    except NotFound as fault:
        faults.append(str(fault))
    if not found and not faults:
        raise WrongUse("name at least one citation, as in: massharm cite 17")
    if json:
        from massharm.exports.rows import cite_answer

        output.write_json(cite_answer(kb, [*(refs or ()), *([harm] if harm else ())], found, fields))
    elif plain:
        from massharm.pages.plain import plain_references

        output.show(plain_references(found, kb), output.PLAIN)
    else:
        if form == "text":
            _write_lines(found, style, kb.citation(0))
        else:
            _write_file(found, form, kb.citation(0))
        _note_cautions(found, verbose=verbose)
    if note:  # only now: an answer that fails says no more than why
        output.note(note)
    if opened:
        from massharm.cli.browser import open_citation

        open_citation(found, kb.citation(0))
    if faults:
        raise NotFound("; ".join(faults))


def _refuse_two_shapes(form: str, style: str | None, *, json: bool, plain: bool) -> None:
    if style is not None and (json or plain or form != "text"):
        other = "--json" if json else "--plain" if plain else f"--format {form}"
        raise WrongUse(f"--style shapes text; leave out {other}, or --style")
    refuse_two_answers(form, "text", json=json, plain=plain)


def _cited_for(kb: "KnowledgeBase", harm: str | None) -> tuple[list["Citation"], str]:
    """Return the references of a harm, and whose they are, where that was not typed; none where none is asked for.

    Raises:
        NotFound: no record has this name.
    """
    if harm is None:
        return [], ""
    from massharm.search.resolve import resolve
    from massharm.text import fold

    asked = resolve(kb, [harm])
    if asked.record is None:
        hint = f"; did you mean {', '.join(asked.candidates)}?" if asked.candidates else ""
        raise NotFound(f"no record is called “{harm}”{hint}")
    is_typed = fold(harm) in {fold(asked.record.name), fold(asked.record.id)}
    note = asked.note or ("" if is_typed else f"references of the {asked.record.kind} {asked.record.name}")
    return list(kb.cited(kb.references_of(asked.record))), note


def _write_lines(found: list["Citation"], style: str | None, article: "Citation | None") -> None:
    """Write a line a reference; on a terminal its addresses are links."""
    from massharm.citations import vancouver

    if style in {None, "vancouver"}:
        lines = [vancouver.reference(citation, article) for citation in found]
    else:
        from massharm.citations.styles import styled

        lines = styled(found, style, article)
    if sys.stdout.isatty():
        addresses = [vancouver.addresses(citation, article) for citation in found]
        output.write_linked(zip(lines, addresses, strict=True))
    else:
        for reference in lines:
            output.write_row(reference)


def _write_file(found: list["Citation"], form: str, article: "Citation | None") -> None:
    """Write one whole file, UTF-8 as its format demands; without a reference only the format that has an empty file."""
    if form == "csl-json":
        from massharm.citations.csl import csl_json

        output.write_json(csl_json(found, article))
    elif found:
        module = import_module(f"massharm.citations.{form}")
        text: str = getattr(module, form)(found, article)
        output.write_bytes(f"{text}\n".encode())


def _note_cautions(found: list["Citation"], *, verbose: bool) -> None:
    """Report what to beware of on standard error, after the references: in full, or how to read it."""
    from massharm.citations import vancouver

    output.flush()
    for citation in found:
        texts = tuple(vancouver.cautions(citation))
        # A correction or retraction comes first, and is never only counted.
        has_notice = citation.status is not None and citation.status.state is not None
        for text in texts if verbose else texts[:has_notice]:
            output.note(f"caution [{citation.number}]: {text}")
    numbers = [str(citation.number) for citation in found if any(vancouver.cautions(citation))]
    if numbers and not verbose:
        count = f"{len(numbers)} of {len(found)} references have" if len(found) > 1 else "this reference has"
        output.note(f"{count} a caution; to read it: massharm cite -v {' '.join(numbers)}")
