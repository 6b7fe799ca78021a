"""One small example of every element that folium and its plugins offer, each added to a map by its own function."""

from __future__ import annotations

from collections.abc import Callable

import branca.colormap
import folium
import numpy as np
from branca.element import Element, Html, IFrame, JavascriptLink
from folium import plugins
from folium.elements import EventHandler
from folium.features import Control, GeoJsonPopup, GeoJsonTooltip
from folium.map import CustomPane
from folium.raster_layers import ImageOverlay, VideoOverlay
from folium.utilities import JsCode

HERE = [38.0, 70.0]
PATH = [[38.0, 70.0], [38.3, 70.4], [38.1, 70.9]]
BOX = [[37.8, 69.6], [38.2, 70.2]]
COLOUR = "#123456"
SQUARE = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "id": "a",
            "properties": {"name": "Own area", "times": ["2025-11-26"], "start": "2025-11-26", "end": "2025-11-30"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[69.6, 37.8], [70.2, 37.8], [70.2, 38.2], [69.6, 38.2], [69.6, 37.8]]],
            },
        }
    ],
}
DOT = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"name": "Own dot", "times": ["2025-11-26"], "time": "2025-11-26"},
            "geometry": {"type": "Point", "coordinates": [70.0, 38.0]},
        }
    ],
}
TOPO = {
    "type": "Topology",
    "arcs": [[[69.6, 37.8], [70.2, 37.8], [70.2, 38.2], [69.6, 37.8]]],
    "objects": {"own": {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "arcs": [[0]]}]}},
}
PIXELS = np.array([[[255, 0, 0, 255], [0, 255, 0, 255]], [[0, 0, 255, 255], [0, 0, 0, 255]]], dtype=np.uint8)


def _alone(make: Callable[[], Element]) -> Callable[[folium.Map], None]:
    return lambda made: make().add_to(made)


def _coloured(_feature: dict) -> dict[str, str]:
    return {"color": COLOUR}


def _grouped(made: folium.Map) -> None:
    group = folium.FeatureGroup(name="Own group").add_to(made)
    folium.CircleMarker(HERE, color=COLOUR).add_to(group)
    folium.LayerControl().add_to(made)


def _cluster(made: folium.Map) -> None:
    folium.Marker(HERE).add_to(plugins.MarkerCluster().add_to(made))


def _with_popup(popup: Callable[[], folium.Popup | str]) -> Callable[[folium.Map], None]:
    return lambda made: folium.CircleMarker(HERE, color=COLOUR, popup=popup()).add_to(made)


def _with_line(add: Callable[[folium.PolyLine], Element]) -> Callable[[folium.Map], None]:
    def added(made: folium.Map) -> None:
        line = folium.PolyLine(PATH, color=COLOUR).add_to(made)
        add(line).add_to(made)

    return added


def _pattern(make: Callable[[], Element]) -> Callable[[folium.Map], None]:
    def added(made: folium.Map) -> None:
        pattern = make().add_to(made)
        folium.GeoJson(SQUARE, style_function=lambda _: {"fillPattern": pattern}).add_to(made)

    return added


def _side_by_side(made: folium.Map) -> None:
    left, right = folium.TileLayer("OpenStreetMap").add_to(made), folium.TileLayer("CartoDB positron").add_to(made)
    plugins.SideBySideLayers(left, right).add_to(made)


def _sub_group(made: folium.Map) -> None:
    group = folium.FeatureGroup(name="Own group").add_to(made)
    folium.CircleMarker(HERE, color=COLOUR).add_to(plugins.FeatureGroupSubGroup(group, "part").add_to(made))


def _event(made: folium.Map) -> None:
    layer = folium.GeoJson(SQUARE)
    layer.add_child(EventHandler("click", JsCode("function (event) { event.target; }")))
    layer.add_to(made)


def _timeline(made: folium.Map) -> None:
    line = plugins.Timeline(SQUARE, get_interval=JsCode("feature => ({start: 0, end: 1})")).add_to(made)
    plugins.TimelineSlider().add_timelines(line).add_to(made)


def _grouped_control(made: folium.Map) -> None:
    group = folium.FeatureGroup(name="Own group").add_to(made)
    plugins.GroupedLayerControl(groups={"own": [group]}).add_to(made)


def _search(made: folium.Map) -> None:
    plugins.Search(layer=folium.GeoJson(SQUARE).add_to(made), search_label="name", geom_type="Polygon").add_to(made)


def _in_html(made: folium.Map) -> None:
    made.get_root().html.add_child(Element('<p id="own-html">Own words</p>'))


def _in_header(made: folium.Map) -> None:
    made.get_root().header.add_child(Element("<style>#own-html { color: red }</style>"))


def _in_script(made: folium.Map) -> None:
    made.get_root().script.add_child(
        Element(f"L.circleMarker([38, 70], {{color: '{COLOUR}'}}).addTo({made.get_name()});")
    )


def _library(made: folium.Map) -> None:
    made.get_root().header.add_child(JavascriptLink("https://cdn.example.org/own.js"), name="own")


def _js_link(made: folium.Map) -> None:
    made.add_js_link("own", "https://cdn.example.org/own.js")


def _css_link(made: folium.Map) -> None:
    made.add_css_link("own", "https://cdn.example.org/own.css")


def _keep_in_front(made: folium.Map) -> None:
    made.keep_in_front(folium.CircleMarker(HERE, color=COLOUR).add_to(made))


#: Name of the element -> function that adds it to a map.
ELEMENTS: dict[str, Callable[[folium.Map], None]] = {
    "Marker": _alone(lambda: folium.Marker(HERE)),
    "Marker draggable": _alone(lambda: folium.Marker(HERE, draggable=True)),
    "Marker with Icon": _alone(lambda: folium.Marker(HERE, icon=folium.Icon(color="red"))),
    "Marker with CustomIcon": _alone(lambda: folium.Marker(HERE, icon=folium.CustomIcon("https://example.org/a.png"))),
    "Marker with CustomIcon of pixels": _alone(lambda: folium.Marker(HERE, icon=folium.CustomIcon(PIXELS))),
    "Marker with DivIcon": _alone(lambda: folium.Marker(HERE, icon=folium.DivIcon("<b>Own</b>"))),
    "Marker with styled DivIcon": _alone(
        lambda: folium.Marker(HERE, icon=folium.DivIcon('<b style="color:red">Own</b>'))
    ),
    "Marker with tooltip": _alone(lambda: folium.Marker(HERE, tooltip="Own words")),
    "Circle": _alone(lambda: folium.Circle(HERE, radius=5000, color=COLOUR)),
    "CircleMarker": _alone(lambda: folium.CircleMarker(HERE, color=COLOUR)),
    "PolyLine": _alone(lambda: folium.PolyLine(PATH, color=COLOUR)),
    "Polygon": _alone(lambda: folium.Polygon(PATH, color=COLOUR)),
    "Rectangle": _alone(lambda: folium.Rectangle(BOX, color=COLOUR)),
    "ColorLine": _alone(lambda: folium.ColorLine(PATH, [0, 1], colormap=[COLOUR, COLOUR], nb_steps=2)),
    "FeatureGroup and LayerControl": _grouped,
    "GeoJson": _alone(lambda: folium.GeoJson(SQUARE, style_function=_coloured)),
    "GeoJson of points": _alone(lambda: folium.GeoJson(DOT)),
    "GeoJson with marker": _alone(lambda: folium.GeoJson(DOT, marker=folium.CircleMarker(color=COLOUR))),
    "GeoJson with highlight": _alone(
        lambda: folium.GeoJson(SQUARE, style_function=_coloured, highlight_function=lambda _: {"weight": 9})
    ),
    "GeoJsonTooltip": _alone(
        lambda: folium.GeoJson(SQUARE, style_function=_coloured, tooltip=GeoJsonTooltip(["name"]))
    ),
    "GeoJsonPopup": _alone(lambda: folium.GeoJson(SQUARE, style_function=_coloured, popup=GeoJsonPopup(["name"]))),
    "TopoJson": _alone(lambda: folium.TopoJson(TOPO, "objects.own")),
    "Choropleth": _alone(
        lambda: folium.Choropleth(SQUARE, data={"a": 1.0, "b": 2.0}, key_on="feature.id", bins=[0, 1, 2, 3])
    ),
    "Popup with words": _with_popup(lambda: "Own words"),
    "Popup lazy": _with_popup(lambda: folium.Popup("Own words", lazy=True)),
    "Popup with markup": _with_popup(lambda: folium.Popup(Html("<b>Own</b> words", script=True))),
    "Popup with IFrame": _with_popup(lambda: folium.Popup(IFrame("<b>Own</b>", width=100, height=100))),
    "Popup with Vega": _with_popup(lambda: folium.Popup().add_child(folium.Vega({"width": 9, "height": 9}))),
    "Popup with VegaLite": _with_popup(lambda: folium.Popup().add_child(folium.VegaLite({"width": 9, "height": 9}))),
    "Tooltip": _alone(lambda: folium.CircleMarker(HERE, color=COLOUR, tooltip="Own words")),
    "Tooltip with style": _alone(
        lambda: folium.CircleMarker(HERE, color=COLOUR, tooltip=folium.Tooltip("Own words", style="color:red"))
    ),
    "TileLayer": _alone(lambda: folium.TileLayer("OpenStreetMap")),
    "WmsTileLayer": _alone(lambda: folium.WmsTileLayer("https://example.org/wms", layers="a")),
    "ImageOverlay": _alone(lambda: ImageOverlay(PIXELS, BOX)),
    "ImageOverlay of an address": _alone(lambda: ImageOverlay("https://example.org/a.png", BOX)),
    "VideoOverlay": _alone(lambda: VideoOverlay("https://example.org/a.mp4", BOX)),
    "LatLngPopup": _alone(folium.LatLngPopup),
    "ClickForLatLng": _alone(folium.ClickForLatLng),
    "ClickForMarker": _alone(folium.ClickForMarker),
    "FitBounds": _alone(lambda: folium.FitBounds(BOX)),
    "FitOverlays": _alone(folium.FitOverlays),
    "CustomPane": _alone(lambda: CustomPane("own")),
    "LinearColormap": _alone(lambda: branca.colormap.LinearColormap(["red", "blue"])),
    "StepColormap": _alone(lambda: branca.colormap.StepColormap(["red", "blue"])),
    "RegularPolygonMarker": _alone(lambda: folium.RegularPolygonMarker(HERE)),
    "Control": _alone(lambda: Control("Scale", position="bottomright")),
    "EventHandler": _event,
    "Element in html": _in_html,
    "Element in header": _in_header,
    "Element in script": _in_script,
    "JavascriptLink in header": _library,
    "Map.add_js_link": _js_link,
    "Map.add_css_link": _css_link,
    "Map.keep_in_front": _keep_in_front,
    "AntPath": _alone(lambda: plugins.AntPath(PATH)),
    "BeautifyIcon": _alone(lambda: folium.Marker(HERE, icon=plugins.BeautifyIcon())),
    "BoatMarker": _alone(lambda: plugins.BoatMarker(HERE)),
    "CirclePattern": _pattern(plugins.CirclePattern),
    "Draw": _alone(plugins.Draw),
    "DualMap": _alone(plugins.DualMap),
    "FastMarkerCluster": _alone(lambda: plugins.FastMarkerCluster([HERE])),
    "FeatureGroupSubGroup": _sub_group,
    "FloatImage": _alone(lambda: plugins.FloatImage("https://example.org/a.png")),
    "Fullscreen": _alone(plugins.Fullscreen),
    "Geocoder": _alone(plugins.Geocoder),
    "GeoMan": _alone(plugins.GeoMan),
    "GroupedLayerControl": _grouped_control,
    "HeatMap": _alone(lambda: plugins.HeatMap([HERE])),
    "HeatMapWithTime": _alone(lambda: plugins.HeatMapWithTime([[HERE]])),
    "LocateControl": _alone(plugins.LocateControl),
    "MarkerCluster": _cluster,
    "MeasureControl": _alone(plugins.MeasureControl),
    "MiniMap": _alone(plugins.MiniMap),
    "MousePosition": _alone(plugins.MousePosition),
    "OverlappingMarkerSpiderfier": _alone(plugins.OverlappingMarkerSpiderfier),
    "PolyLineFromEncoded": _alone(lambda: plugins.PolyLineFromEncoded("_p~iF~cn~U_ulLn{vA")),
    "PolygonFromEncoded": _alone(lambda: plugins.PolygonFromEncoded("_p~iF~cn~U_ulLn{vA")),
    "PolyLineOffset": _alone(lambda: plugins.PolyLineOffset(PATH, offset=5)),
    "PolyLineTextPath": _with_line(lambda line: plugins.PolyLineTextPath(line, "own")),
    "Realtime": _alone(lambda: plugins.Realtime("https://example.org/a.geojson")),
    "ScrollZoomToggler": _alone(plugins.ScrollZoomToggler),
    "Search": _search,
    "SemiCircle": _alone(lambda: plugins.SemiCircle(HERE, 5000, direction=0, arc=90)),
    "SideBySideLayers": _side_by_side,
    "StripePattern": _pattern(plugins.StripePattern),
    "TagFilterButton": _alone(lambda: plugins.TagFilterButton(["own"])),
    "Terminator": _alone(plugins.Terminator),
    "TimeSliderChoropleth": _alone(
        lambda: plugins.TimeSliderChoropleth(SQUARE, {"a": {"1": {"color": COLOUR, "opacity": 1}}})
    ),
    "Timeline": _timeline,
    "TimestampedGeoJson": _alone(lambda: plugins.TimestampedGeoJson(DOT)),
    "TimestampedWmsTileLayers": _alone(
        lambda: plugins.TimestampedWmsTileLayers(folium.WmsTileLayer("https://example.org/wms", layers="a"))
    ),
    "TreeLayerControl": _alone(lambda: plugins.TreeLayerControl(overlay_tree={"label": "own"})),
    "VectorGridProtobuf": _alone(lambda: plugins.VectorGridProtobuf("https://example.org/{z}/{x}/{y}.pbf")),
}
