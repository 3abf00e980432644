"""What can go wrong, in words for the user, each with its exit code."""

from enum import IntEnum


class Exit(IntEnum):
    """The program's exit codes, and those by which a shell reports that a signal ended it."""

    OK = 0
    NOTHING = 1
    WRONG = 2
    INTERNAL = 70
    INTERRUPTED = 130
    CLOSED_PIPE = 141


class MassharmError(Exception):
    """A fault told in one line that names the thing, the reason and the next step."""

    exit_code = Exit.WRONG


class BadData(MassharmError):
    """A knowledge base cannot be read or does not have the promised shape."""


class WrongUse(MassharmError):
    """The user's words cannot be carried out as they stand."""


class NotFound(MassharmError):
    """Nothing in the knowledge base answers to what was asked for."""

    exit_code = Exit.NOTHING
