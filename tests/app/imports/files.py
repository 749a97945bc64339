"""Files as offices make them, written by hand so that each defect is known."""

import io
import sqlite3
import struct
import zipfile
from xml.sax.saxutils import escape

import geopandas as gpd
import pyogrio
from shapely.geometry import LineString, Point, Polygon

ROWS = (
    ("Nom", "Adresse", "Code postal", "Commune", "Montant"),
    ("Médiathèque l’Œil", "3 rue Pasteur", "62300", "Lens", "1 234,50 €"),
    ("Bibliothèque d’Hénin", "place de la République", "62110", "Hénin-Beaumont", "800"),
    ("Point lecture", "rue de l’Église", "62500", "Saint-Omer", ""),
)
LENS = (2.8319, 50.4289)
ARRAS = (2.7773, 50.2910)

_CONTENT = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'  # noqa: E501
_RELS = b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'  # noqa: E501
_BOOK = b'<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Feuille 1" sheetId="1" r:id="rId1"/></sheets></workbook>'  # noqa: E501
_BOOK_RELS = b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'  # noqa: E501
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def csv(rows=ROWS, separator=";", encoding="utf-8", end="\r\n"):
    """Write rows as CSV without quotes."""
    return end.join(separator.join(row) for row in rows).encode(encoding)


def archive(members, packing=zipfile.ZIP_DEFLATED):
    """Write a ZIP of ``{name: bytes}``."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", packing) as packed:
        for name, body in members.items():
            packed.writestr(name, body)
    return content.getvalue()


def cell(reference, value):
    """Write a cell of XLSX: a number, a formula with its last result, or a text."""
    if isinstance(value, int | float):
        return f'<c r="{reference}"><v>{value}</v></c>'
    if value.startswith("="):
        formula, _, result = value[1:].partition("→")
        kind = ' t="e"' if result.startswith("#") else ' t="str"'
        return f'<c r="{reference}"{kind}><f>{escape(formula)}</f><v>{escape(result)}</v></c>'
    return f'<c r="{reference}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def xlsx(rows=ROWS, *, doctype="", sheet=None, more=None):
    """Write rows as XLSX."""
    lines = "".join(
        f'<row r="{number}">'
        + "".join(cell(f"{chr(65 + at)}{number}", value) for at, value in enumerate(row))
        + "</row>"
        for number, row in enumerate(rows, 1)
    )
    body = sheet or f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData></worksheet>'
    return archive(
        {
            "[Content_Types].xml": _CONTENT,
            "_rels/.rels": _RELS,
            "xl/workbook.xml": _BOOK,
            "xl/_rels/workbook.xml.rels": _BOOK_RELS,
            "xl/worksheets/sheet1.xml": f'<?xml version="1.0"?>{doctype}{body}'.encode(),
            **(more or {}),
        }
    )


def ods(rows=ROWS):
    """Write rows as ODS."""
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p>'
            "</table:table-cell>"
            for value in row
        )
        + "</table:table-row>"
        for row in rows
    )
    return ods_of(lines)


def ods_of(table):
    """Write the content of a sheet as ODS."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    body = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{space}:office:1.0" '
        f'xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
        'office:version="1.3"><office:body><office:spreadsheet>'
        f'<table:table table:name="Feuille">{table}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    listed = (
        '<?xml version="1.0"?><manifest:manifest '
        f'xmlns:manifest="{space}:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{kind.decode()}"/></manifest:manifest>'
    )
    return archive(
        {"mimetype": kind, "content.xml": body.encode(), "META-INF/manifest.xml": listed.encode()}
    )


def points(places=(LENS, ARRAS), crs="EPSG:4326"):
    """Return named points, given in degrees, in a system."""
    frame = gpd.GeoDataFrame(
        {"nom": [f"Lieu {n}" for n in range(len(places))]},
        geometry=[Point(place) for place in places],
        crs="EPSG:4326",
    )
    return frame.to_crs(crs)


def square(place, side=0.01):
    """Return a square around a place, degrees."""
    x, y = place
    return Polygon([(x, y), (x + side, y), (x + side, y + side), (x, y + side)])


def bow(place, side=0.01):
    """Return an outline that crosses itself."""
    x, y = place
    return Polygon([(x, y), (x + side, y + side), (x + side, y), (x, y + side)])


def line(place):
    """Return a line that begins at a place."""
    x, y = place
    return LineString([(x, y), (x + 0.01, y + 0.01)])


def written(frame, driver, tmp_path, name="lieux", **options):
    """Return the bytes of a geographic file; a Shapefile as the members of an archive."""
    folder = tmp_path / "ecrit"
    folder.mkdir(exist_ok=True)
    ending = {"GPKG": "gpkg", "GeoJSON": "geojson", "ESRI Shapefile": "shp"}[driver]
    path = folder / f"{name}.{ending}"
    pyogrio.write_dataframe(frame, path, driver=driver, **options)
    if driver == "ESRI Shapefile":
        return {each.name: each.read_bytes() for each in sorted(folder.glob(f"{name}.*"))}
    return path.read_bytes()


def lying_zip(announced=10):
    """Return an archive whose member is larger than it announces."""
    content = bytearray(archive({"lieux.csv": csv()}))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.index(signature) + offset
        content[at : at + 4] = struct.pack("<I", announced)
    return bytes(content)


def dbf(text=b"Halle", rows=1):
    """Return a table of dBase of equal rows of one column, without the shapes it belongs to."""
    size = len(text)
    field = b"NOM".ljust(11, b"\0") + b"C" + b"\0" * 4 + bytes([size, 0]) + b"\0" * 14
    head = bytes([3, 124, 1, 1]) + struct.pack("<IHH", rows, 65, size + 1) + b"\0" * 20
    return head + field + b"\x0d" + (b" " + text) * rows + b"\x1a"


def database(tmp_path):
    """Return an SQLite file that is no GeoPackage."""
    path = tmp_path / "base.sqlite"
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE lieux (nom TEXT)")
    base.close()
    return path.read_bytes()


def pdf(*objects):
    """Write a PDF of objects, the first of which is its catalogue."""
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj%bendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer<</Root 1 0 R/Size %d>>startxref\n%d\n%%%%EOF"
        % (size, table, size, len(content))
    )


def page_of_drawings(*drawings):
    """Write a PDF whose page draws the first of drawings, ``(what it names, what it says)``."""
    forms = [
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<<%b>>>>"
        b"/Length %d>>stream\n%b\nendstream\n" % (named, len(said), said)
        for named, said in drawings
    ]
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
        b"/Resources<</XObject<</X 5 0 R>>>>>>",
        b"<</Length 5>>stream\n/X Do\nendstream\n",
        *forms,
    )
