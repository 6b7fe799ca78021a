"""A white picture, for documents that only need some picture."""

from __future__ import annotations

import struct
import zlib


def png(width: int = 2161, height: int = 2055) -> bytes:
    """A white picture of 300 dpi."""

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xff" * (-(-width // 8))) * height)
    dots = struct.pack(">IIB", 11811, 11811, 1)
    parts = (chunk(b"IHDR", head), chunk(b"pHYs", dots), chunk(b"IDAT", rows), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)
