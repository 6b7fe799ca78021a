"""Two things that matplotlib lacks: a named group of artists, and an image at the resolution of the paper."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.artist import Artist
from matplotlib.transforms import Affine2D, Transform
from PIL import Image

from ..placement import Rect

__all__ = ["Group", "Picture"]


class Group(Artist):  # type: ignore[misc, unused-ignore]
    """Artists under one name, in the order in which they were added; the name is that of a group of the SVG."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name, self.members = name, list[Artist]()

    def draw(self, renderer: Any) -> None:  # noqa: ANN401 - matplotlib's signature
        """Draw all members."""
        renderer.open_group(self.name, gid=self.name)
        for member in self.members:
            member.draw(renderer)
        renderer.close_group(self.name)


class Picture(Artist):  # type: ignore[misc, unused-ignore]
    """An image in a box: at the resolution of the paper in a PNG, as it is in an SVG or a PDF."""

    def __init__(self, pixels: npt.NDArray[np.uint8], rect: Rect, to_paper: Transform) -> None:
        super().__init__()
        self.pixels, self.rect, self.to_paper = pixels, rect, to_paper

    def draw(self, renderer: Any) -> None:  # noqa: ANN401 - matplotlib's signature
        """Draw the image."""
        corners = self.to_paper.transform([(self.rect[0], self.rect[3]), (self.rect[2], self.rect[1])])
        (left, low), (right, top) = corners.tolist()
        gc = renderer.new_gc()
        if renderer.option_scale_image():
            size = Affine2D().scale(right - left, top - low)
            renderer.draw_image(gc, left, low, self.pixels[::-1], size)
        else:
            across, up = round(right) - round(left), round(top) - round(low)
            sized = Image.fromarray(self.pixels).resize((across, up), Image.Resampling.BILINEAR)
            renderer.draw_image(gc, round(left), round(low), np.asarray(sized)[::-1])
        gc.restore()
