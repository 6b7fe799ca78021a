"""Where a record lies along the river, in words: km of the Panj and of the border, each scale with its origin."""

from __future__ import annotations

from ..data.model import Precision
from .placed import Placed

__all__ = ["river_place"]


def river_place(row: Placed, border_offset: float) -> dict[str, str] | None:
    """Where along the river: ``text`` with km of the Panj and bank, ``why`` with the origin of both scales of km.

    Parameters
    ----------
    border_offset
        Kilometres of border below the mouth of the Panj: ``border_km - river_km``.
    """
    if row.river_km_from is None or row.river_km_to is None:
        return None
    low, high = round(row.river_km_from), round(row.river_km_to)
    along = "Along the whole area: " if row.precision in (Precision.DISTRICT, Precision.REGION) else ""
    bank = f", {row.bank} bank" if row.bank else ""
    border = _km(round(low + border_offset), round(high + border_offset))
    return {
        "text": f"{along}Panj km {_km(low, high)}{bank}",
        "why": f"Panj km from the mouth at the Vakhsh. The same in border km, from the Uzbek tripoint: {border}.",
    }


def _km(low: int, high: int) -> str:
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"
