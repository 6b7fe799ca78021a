"""What the gazetteer answers: candidates for a name, as values, as JSON-ready dictionaries and as a table to read."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from ..data.model import PlaceLevel
from ..data.text import printed

__all__ = ["Answer", "Candidate", "as_table"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean. Degrees (EPSG:4326), uncertainty in km, score 0 to 1, reason in plain words."""

    place_id: str
    name: str
    level: PlaceLevel
    country: str | None
    lat: float | None
    lon: float | None
    uncertainty_km: float | None
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a name may mean, best first. ``ambiguous``: the first is not the only plausible one. No match: empty."""

    query: str
    ambiguous: bool
    candidates: tuple[Candidate, ...]

    def as_dict(self) -> dict[str, object]:
        """Plain values for JSON, keys in the order of the command contract."""
        candidates = [asdict(candidate) | {"level": str(candidate.level)} for candidate in self.candidates]
        return {"query": self.query, "ambiguous": self.ambiguous, "candidates": candidates}


def as_table(answer: Answer) -> str:
    """Write an answer as lines: the name, whether it is ambiguous, then a candidate a line, best first."""
    if not answer.candidates:
        return printed([f"{answer.query}: no match"])
    verdict = "ambiguous, more than one place is plausible" if answer.ambiguous else answer.candidates[0].name
    rows = [
        (f"{c.score:.2f}", c.place_id, c.name, str(c.level), c.country or "-", _position(c), c.reason)
        for c in answer.candidates
    ]
    widths = [max(len(row[i]) for row in rows) for i in range(6)]
    lines = [
        "  " + "  ".join([*(f"{cell:<{w}}" for cell, w in zip(row, widths, strict=False)), row[6]]) for row in rows
    ]
    return printed([f"{answer.query}: {verdict}", *lines])


def _position(candidate: Candidate) -> str:
    if candidate.lat is None or candidate.lon is None:
        return "no point"
    error = f" ± {candidate.uncertainty_km:g} km" if candidate.uncertainty_km is not None else ""
    return f"{candidate.lat:.4f}, {candidate.lon:.4f}{error}"
