"""Writes the project whose atlas QGIS exports: run by the Python that has PyQGIS, not by ours.

``python3 qgis_project.py FOLDER``, where each GeoPackage carries the style that QGIS reads. The
page has what ours has: title, map framed on an EPCI, legend, scale bar, north, sources.
"""

import sys
from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemPicture,
    QgsLayoutItemScaleBar,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsPalLayerSettings,
    QgsPrintLayout,
    QgsProject,
    QgsProperty,
    QgsUnitTypes,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtGui import QColor

LAYOUT = "Livrets"
BELOW_TO_ABOVE = ("around", "epcis", "communes", "qpv", "colleges", "france_services",
                  "centres_incendie", "sites_departementaux", "gares", "hopitaux",
                  "operations")  # fmt: skip
ARROW = "/usr/share/qgis/svg/arrows/NorthArrow_02.svg"
MARGIN = 0.1
SMALLEST_TEXT = 6


def main() -> None:
    """Write ``livrets.qgz`` beside the layers."""
    folder = Path(sys.argv[1])
    application = QgsApplication([], False)  # noqa: FBT003 - without windows
    application.initQgis()
    project = QgsProject.instance()
    project.setCrs(QgsCoordinateReferenceSystem("EPSG:2154"))
    layers = {}
    for name in BELOW_TO_ABOVE:
        path = folder / f"{name}.gpkg"
        if path.exists():
            layer = QgsVectorLayer(f"{path}|layername={name}", name, "ogr")
            layers[name] = project.addMapLayer(layer)
    name_own_communes(layers["communes"])
    layers["epcis"].setLabelsEnabled(False)
    layers["around"].renderer().symbol().setColor(QColor("#ece8de"))
    root = project.layerTreeRoot()
    for name in BELOW_TO_ABOVE:
        if name in layers:
            node = root.findLayer(layers[name].id())
            root.insertChildNode(0, node.clone())
            root.removeChildNode(node)
    project.layoutManager().addLayout(lay_out(project, layers["epcis"]))
    project.write(str(folder / "livrets.qgz"))
    application.exitQgis()


def name_own_communes(layer: QgsVectorLayer) -> None:
    """Name every commune of the EPCI of the page, as far as QGIS finds room for it."""
    settings = QgsPalLayerSettings()
    settings.fieldName = "name"
    style = settings.format()
    style.setSize(SMALLEST_TEXT)
    settings.setFormat(style)
    settings.placement = QgsPalLayerSettings.Horizontal
    own = QgsProperty.fromExpression("\"epci\" = attribute(@atlas_feature, 'name')")
    properties = settings.dataDefinedProperties()
    properties.setProperty(QgsPalLayerSettings.Show, own)
    settings.setDataDefinedProperties(properties)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)


def lay_out(project: QgsProject, coverage: QgsVectorLayer) -> QgsPrintLayout:
    """Return the layout, its atlas over the EPCIs."""
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.setName(LAYOUT)
    atlas = layout.atlas()
    atlas.setEnabled(True)
    atlas.setCoverageLayer(coverage)
    shown = QgsLayoutItemMap(layout)
    shown.setFrameEnabled(True)
    shown.setAtlasDriven(True)
    shown.setAtlasScalingMode(QgsLayoutItemMap.Auto)
    shown.setAtlasMargin(MARGIN)
    add(layout, shown, 12, 30, 200, 145)
    shown.setExtent(coverage.extent())
    add(layout, shown, 12, 30, 200, 145)
    for text, y in (
        ('Le territoire de la [% "name" %]', 12),
        ("Sources : IGN, Insee, Département", 190),
    ):
        label = QgsLayoutItemLabel(layout)
        label.setText(text)
        add(layout, label, 12, y, 200, 10)
    legend = QgsLayoutItemLegend(layout)
    legend.setLinkedMap(shown)
    legend.setLegendFilterByMapEnabled(True)
    add(layout, legend, 217, 30, 60, 150)
    bar = QgsLayoutItemScaleBar(layout)
    bar.setStyle("Single Box")
    bar.setLinkedMap(shown)
    bar.setUnits(QgsUnitTypes.DistanceKilometers)
    bar.setUnitLabel("km")
    bar.setUnitsPerSegment(2)
    add(layout, bar, 12, 178, 60, 10)
    arrow = QgsLayoutItemPicture(layout)
    arrow.setPicturePath(ARROW)
    add(layout, arrow, 190, 178, 10, 10)
    return layout


def add(layout: QgsPrintLayout, item: object, *box: float) -> None:
    """Put an item on the page: left, top, width and height, millimetres."""
    layout.addLayoutItem(item)
    item.attemptMove(QgsLayoutPoint(*box[:2]))
    item.attemptResize(QgsLayoutSize(*box[2:]))


if __name__ == "__main__":
    main()
