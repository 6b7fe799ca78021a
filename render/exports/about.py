"""What a table of records is about, as lines of a text beside it or of a sheet in it; and what its columns mean.

In: the answers of ``frame.about``. Out: pairs of a heading and a text, and plain text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..scene import Scene
from .frame import about

__all__ = ["about_lines", "about_text"]


def about_lines(scene: Scene) -> list[tuple[str, str]]:
    """Say what a file is about: heading and text, the line that it is not complete first after the title."""
    told = about(scene)
    lines = [
        ("Title", told["title"]),
        ("Not complete", told["note"]),
        *(("Counts", sentence) for sentence in told["counts"]),
        ("Counting", told["not_added"]),
        ("Protection", told["generalised"]),
        ("Records", f"{told['records']}, of which {told['on_the_map']} are on the map"),
        ("Data version", told["data_version"]),
        ("Coordinates", told["coordinates"]),
        ("Areas", told["districts"]),
        *(("Credit", credit) for credit in told["credits"]),
    ]
    return [(heading, text) for heading, text in lines if text]


def about_text(scene: Scene, sections: Iterable[tuple[str, Sequence[str]]] = ()) -> bytes:
    """Write the same as plain text, UTF-8, with sections of further lines under headings of their own."""
    parts = ["".join(f"{heading}: {text}\n" for heading, text in about_lines(scene))]
    parts += [f"{heading}\n" + "".join(f"- {line}\n" for line in lines) for heading, lines in sections if lines]
    return "\n".join(parts).encode("utf-8")
