"""Exit codes, and the errors that end the program with one of them and a message for the user."""

from enum import IntEnum


class Exit(IntEnum):
    """The program's exit codes; the last two are those by which a shell reports SIGINT and SIGPIPE."""

    OK = 0
    NOTHING = 1
    WRONG = 2
    INTERNAL = 70
    INTERRUPTED = 130
    CLOSED_PIPE = 141


class MassharmError(Exception):
    """Base of the errors that users see; the message is one line: the thing, the reason and the next step."""

    exit_code = Exit.WRONG


class BadData(MassharmError):
    """A knowledge base cannot be read or does not have the documented structure."""


class WrongUse(MassharmError):
    """The arguments cannot be used as they are: a word is unknown, or two options contradict each other."""


class NotFound(MassharmError):
    """Nothing in the knowledge base matches the query."""

    exit_code = Exit.NOTHING
