"""The records as rows in the column layout of ACLED, with what that loses. See ``render/exports/exchange.py``."""

from __future__ import annotations

from ..export import Exported
from ..scene import Scene
from .exchange import exported

__all__ = ["export"]


def export(scene: Scene) -> Exported:
    """Write the rows, and beside them what they are about and what they have lost."""
    return exported(scene, "acled")
