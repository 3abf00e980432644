"""What the wheel carries beside its file, for search and for reading descriptions: made of the file by its build."""

from typing import TypeVar
from zlib import crc32

import msgspec

from massharm.kb.base import KnowledgeBase
from massharm.kb.store import PACKAGED

Made = TypeVar("Made")


def stored(kb: KnowledgeBase, name: str, model: type[Made]) -> Made | None:
    """Return what the wheel carries by this name; None if the file is not the wheel's own, or it is not made of it."""
    if kb.packaged is None:
        return None
    try:
        raw = PACKAGED.with_name(f"harms.{name}").read_bytes()
        checksum, made = msgspec.msgpack.decode(raw, type=tuple[int, model])  # type: ignore[valid-type]
    except (OSError, msgspec.DecodeError):
        return None
    return made if checksum == kb.packaged.checksum else None


def encode(made: object, raw: bytes) -> bytes:
    """Return what was made of the bytes of a file, as the wheel carries it (`scripts/build_hook.py`)."""
    return msgspec.msgpack.encode((crc32(raw), made))
