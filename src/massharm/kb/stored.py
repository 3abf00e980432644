"""What the wheel carries beside its file, for search and for reading descriptions: made of the file by its build."""

from typing import TypeVar
from zlib import crc32

import msgspec

from massharm.kb.base import KnowledgeBase
from massharm.kb.store import PACKAGED

Made = TypeVar("Made")


def stored(kb: KnowledgeBase, name: str, model: type[Made]) -> Made | None:
    """Return what the wheel carries by this name; None if the file is not the wheel's own, or it is not made of it."""
    return None if kb.packaged is None else made_of(kb.packaged.checksum, name, model)


def made_of(checksum: int, name: str, model: type[Made]) -> Made | None:
    """Return what the wheel carries by this name; None if it is not made of the file of this CRC-32."""
    try:
        raw = PACKAGED.with_name(f"harms.{name}").read_bytes()
        of, made = msgspec.msgpack.decode(raw, type=tuple[int, model])  # type: ignore[valid-type]
    except (OSError, msgspec.DecodeError):
        return None
    return made if of == checksum else None


def encode(made: object, raw: bytes) -> bytes:
    """Return what was made of the bytes of a file, as the wheel carries it (`scripts/build_hook.py`)."""
    return msgspec.msgpack.encode((crc32(raw), made))
