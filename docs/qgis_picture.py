"""The picture of docs/ that QGIS paints: collections of the service, each in the style it leads to.

Run by a Python that has PyQGIS (Debian: ``python3-qgis``, then ``/usr/bin/python3``), without a
display: ``python3 docs/qgis_picture.py ADDRESS/api PICTURE COLLECTION…``, the first collection on
top. Prints as JSON what QGIS made of each.
"""

import json
import os
import sys
import tempfile
import urllib.request
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsLayout,
    QgsLayoutExporter,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLegendStyle,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QRectF
from qgis.PyQt.QtGui import QColor

LEGAL = "EPSG:2154"
MAP, LEGEND = (0, 0, 185, 150), (187, 4)
"""Millimetres: corner and size of the map, corner of the legend."""
PAGE = (262, 150)
DPI = 100
SEA = "#dfe7ea"


def add(root: str, collection: str) -> QgsVectorLayer:
    """Add a collection as QGIS users do, and load the style that it leads to."""
    told = json.load(urllib.request.urlopen(f"{root}/collections/{collection}"))  # noqa: S310
    uri = f"url='{root}' typename='{collection}' pagingEnabled='true'"
    layer = QgsVectorLayer(uri, told["title"], "OAPIF")
    (style,) = [one["href"] for one in told["links"] if one["href"].endswith(".qml")]
    with tempfile.NamedTemporaryFile(suffix=".qml") as file:
        file.write(urllib.request.urlopen(style).read())  # noqa: S310
        file.flush()
        _, loaded = layer.loadNamedStyle(file.name)
    QgsProject.instance().addMapLayer(layer)
    fields = layer.fields()
    report = {
        "collection": collection,
        "valid": layer.isValid(),
        "styled": loaded,
        "rows": len(list(layer.getFeatures())),
        "renderer": layer.renderer().type(),
        "labels": [item.label() for item in layer.renderer().legendSymbolItems()],
        "aliases": [layer.attributeDisplayName(number) for number in range(fields.count())],
    }
    print(json.dumps(report, ensure_ascii=False))
    return layer


def paint(layers: list[QgsVectorLayer], path: Path) -> None:
    """Paint the layers with their legend."""
    project = QgsProject.instance()
    project.setCrs(QgsCoordinateReferenceSystem(LEGAL))
    layout = QgsLayout(project)
    layout.initializeDefaults()
    layout.pageCollection().page(0).setPageSize(QgsLayoutSize(*PAGE))
    drawn = QgsLayoutItemMap(layout)
    drawn.attemptSetSceneRect(QRectF(*MAP))
    drawn.setCrs(project.crs())
    drawn.setLayers(layers)
    drawn.setBackgroundColor(QColor(SEA))
    to_legal = QgsCoordinateTransform(layers[-1].crs(), project.crs(), project)
    extent = to_legal.transformBoundingBox(layers[-1].extent())
    extent.scale(1.04)
    drawn.zoomToExtent(extent)
    layout.addLayoutItem(drawn)
    legend = QgsLayoutItemLegend(layout)
    legend.setLinkedMap(drawn)
    legend.setLegendFilterByMapEnabled(True)
    for part in (QgsLegendStyle.Subgroup, QgsLegendStyle.SymbolLabel):
        font = legend.style(part).font()
        font.setPointSize(8)
        legend.rstyle(part).setFont(font)
    legend.setWrapString("|")
    layout.addLayoutItem(legend)
    legend.attemptMove(QgsLayoutPoint(*LEGEND))
    settings = QgsLayoutExporter.ImageExportSettings()
    settings.dpi = DPI
    if QgsLayoutExporter(layout).exportToImage(str(path), settings) != QgsLayoutExporter.Success:
        raise SystemExit(f"{path}: not written")


def main() -> None:
    """Paint the collections that are named."""
    root, picture, *names = sys.argv[1:]
    application = QgsApplication([], False)  # noqa: FBT003 - no window
    application.initQgis()
    paint([add(root, name) for name in names], Path(picture))


if __name__ == "__main__":
    main()
