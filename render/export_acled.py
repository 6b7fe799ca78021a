"""The records as rows in the column layout of ACLED, with what that loses. See ``export_exchange.py``."""

from __future__ import annotations

from .export import Exported
from .export_exchange import exported
from .scene import Scene

__all__ = ["export"]


def export(scene: Scene) -> Exported:
    """Write the rows, and beside them what they are about and what they have lost."""
    return exported(scene, "acled")
