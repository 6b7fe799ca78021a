"""A quiet hillshade: NOAA GLOBE, 30 arc-seconds, warped to Web Mercator, fading out at its edges."""

from __future__ import annotations

import io
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

__all__ = ["Shade", "hillshade"]

#: Tile G10G of GLOBE: north-west corner and cells per degree.
NORTH, WEST, CELLS = 50.0, 0.0, 120
#: Light from the north-west, 45 degrees high; heights are doubled to read at this scale.
AZIMUTH, ALTITUDE, EXAGGERATION = 315.0, 45.0, 2.0
#: Brightness of level ground, and how far slopes depart from it (of 255).
LEVEL, CONTRAST = 205.0, 230.0
#: Width of the fading edge, in pixels.
FADE = 30
QUALITY = 55
EARTH_M_PER_DEGREE = 111_195.0


class Shade(NamedTuple):
    """An image in Web Mercator and its bounds (west, south, east, north, degrees)."""

    webp: bytes
    bounds: tuple[float, float, float, float]


def _cut(tile: NDArray[np.int16], bounds: tuple[float, float, float, float]) -> NDArray[np.float64]:
    west, south, east, north = bounds
    rows = slice(round((NORTH - north) * CELLS), round((NORTH - south) * CELLS))
    columns = slice(round((west - WEST) * CELLS), round((east - WEST) * CELLS))
    heights: NDArray[np.float64] = np.maximum(tile[rows, columns].astype(float), 0)
    return heights


def _smoothed(heights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Blur by a small kernel in both directions: steps of whole metres would show as terraces."""
    kernel = np.array([1.0, 4.0, 6.0, 4.0, 1.0]) / 16
    for axis in (0, 1):
        padded = np.pad(heights, [(2, 2) if a == axis else (0, 0) for a in (0, 1)], mode="edge")
        heights = sum(w * np.take(padded, range(i, i + heights.shape[axis]), axis) for i, w in enumerate(kernel))
    return heights


def _shaded(heights: NDArray[np.float64], latitudes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Brightness 0 to 255 of each cell; rows run from north to south."""
    step = EARTH_M_PER_DEGREE / CELLS
    down, right = np.gradient(heights * EXAGGERATION, step)
    right /= np.cos(np.radians(latitudes))[:, None]
    light_x = np.sin(np.radians(AZIMUTH)) * np.cos(np.radians(ALTITUDE))
    light_y = np.cos(np.radians(AZIMUTH)) * np.cos(np.radians(ALTITUDE))
    level = np.sin(np.radians(ALTITUDE))
    lit = (-right * light_x + down * light_y + level) / np.sqrt(right**2 + down**2 + 1)
    shade: NDArray[np.float64] = np.clip(LEVEL + CONTRAST * (lit - level), 20, 255)
    return shade


def _warped(shade: NDArray[np.float64], latitudes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rows evenly spaced in Web Mercator; columns are the same in both."""
    north, south = (np.arctanh(np.sin(np.radians(lat))) for lat in (latitudes[0], latitudes[-1]))
    pixel = np.radians(1 / CELLS)
    wanted = np.degrees(np.arcsin(np.tanh(np.linspace(north, south, round((north - south) / pixel) + 1))))
    place = np.interp(-wanted, -latitudes, np.arange(len(latitudes)))
    low = np.minimum(place.astype(int), len(latitudes) - 2)
    share = (place - low)[:, None]
    warped: NDArray[np.float64] = shade[low] * (1 - share) + shade[low + 1] * share
    return warped


def _fading(shape: tuple[int, int]) -> NDArray[np.float64]:
    """Opacity 0 to 255, falling smoothly to nothing at the edges."""
    ramps = []
    for size in shape:
        to_edge = np.minimum(np.arange(size), np.arange(size)[::-1]) / FADE
        ramps.append(np.clip(to_edge, 0, 1))
    opacity = np.minimum.outer(ramps[0], ramps[1])
    smooth: NDArray[np.float64] = 255 * opacity**2 * (3 - 2 * opacity)
    return smooth


def hillshade(tile: NDArray[np.int16], bounds: tuple[float, float, float, float]) -> Shade:
    """Shade a part of the tile; bounds should be multiples of 1/120 degree."""
    heights = _smoothed(_cut(tile, bounds))
    latitudes = bounds[3] - (np.arange(heights.shape[0]) + 0.5) / CELLS
    shade = _warped(_shaded(heights, latitudes), latitudes)
    opacity = _fading(shade.shape)
    grey = Image.fromarray(np.round(shade).astype(np.uint8))
    image = Image.merge("RGBA", [grey, grey, grey, Image.fromarray(np.round(opacity).astype(np.uint8))])
    file = io.BytesIO()
    image.save(file, "WEBP", quality=QUALITY, alpha_quality=60, method=6)
    return Shade(file.getvalue(), bounds)
