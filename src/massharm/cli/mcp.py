"""`massharm mcp`: the answers as tools for assistants."""

import gc
import sys
from importlib.util import find_spec

from massharm.cli import output
from massharm.errors import WrongUse


def mcp() -> None:
    """Serve assistants over standard input and output.

    Speaks the Model Context Protocol, with four tools that only read: search, get, screen and redflags. An assistant
    starts this command itself. Needs the extra massharm[mcp].
    """
    if find_spec("mcp") is None:
        raise WrongUse("massharm mcp needs a package that is not installed: pip install 'mcp>=2,<3'")
    from massharm.assistants.server import serve
    from massharm.engine import Engine

    output.release()
    if sys.stdin.isatty():
        output.note("massharm mcp waits for an assistant on standard input; press Ctrl-C to end it")
    gc.enable()  # this run does not end after one answer
    serve(Engine())
