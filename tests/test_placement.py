"""What it costs to cover something on a map that cannot be moved."""

from __future__ import annotations

import numpy as np

from panjmap.render.placement import Space


def test_costs_of_many_boxes_are_the_same_looked_up_in_a_tree(monkeypatch):
    rng = np.random.default_rng(7)
    low = rng.uniform(0, 900, (700, 2))
    rects = np.hstack([low, low + rng.uniform(5, 90, (700, 2))])
    space = Space(1000, 1000, strict=True)
    space.boxes = [(*rect, 10.0 if i % 2 else 4.0) for i, rect in enumerate(rects[:400].tolist())]
    found = space.cost(rects)
    monkeypatch.setattr("panjmap.render.placement._MANY", 10**9)
    assert np.allclose(found, space.cost(rects), rtol=1e-9)
    assert found.max() > 0
