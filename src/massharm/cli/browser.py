"""`--open`: a citation in the browser of the user, the one place that starts it."""

from collections.abc import Sequence

from massharm.citations import vancouver
from massharm.cli import output
from massharm.errors import MassharmError, NotFound, WrongUse
from massharm.kb.records import Citation
from massharm.text import line


def open_citation(found: Sequence[Citation], article: Citation | None) -> None:
    """Open the DOI of the one citation found, else its page of PubMed or PubMed Central, else its web page.

    Raises:
        WrongUse: there are several.
        NotFound: it has no address.
        MassharmError: no browser can be started.
    """
    import webbrowser

    if len(found) > 1:
        raise WrongUse(f"--open opens one citation, not {len(found)}; name one, as in: massharm cite 17 --open")
    for citation in found:
        address = next(iter(vancouver.addresses(citation, article).values()), None)
        if address is None:
            raise NotFound(f"no DOI, PMID or web page of citation {citation.number} is known: there is nothing to open")
        output.flush()
        if not webbrowser.open(line(address)):
            raise MassharmError(f"no browser can be started; the address is {address}")
        output.note(f"Opened {address}")
