"""A file of the national base of addresses in its true form: 23 columns, gzip."""

import csv
import gzip
import io

HEADER = (
    *("id", "id_fantoir", "numero", "rep", "nom_voie", "code_postal", "code_insee", "nom_commune"),
    *("code_insee_ancienne_commune", "nom_ancienne_commune", "x", "y", "lon", "lat"),
    *("type_position", "alias", "nom_ld", "libelle_acheminement", "nom_afnor"),
    *("source_position", "source_nom_voie", "certification_commune", "cad_parcelles"),
)
LOCALITIES = (
    *("id", "nom_lieu_dit", "code_postal", "code_insee", "nom_commune"),
    *("code_insee_ancienne_commune", "nom_ancienne_commune", "x", "y", "lon", "lat"),
    *("source_position", "source_nom_voie"),
)


def as_ban(rows, header=HEADER):
    text = io.StringIO()
    writer = csv.DictWriter(text, header, restval="", delimiter=";", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return gzip.compress(text.getvalue().encode(), 1)


def houses_of(commune, street, numbers, *, former="", kind="entrée"):
    """Return rows of a street that runs north from the town hall, 22 m from house to house."""
    hall = commune.town_hall
    return [
        {
            "id": f"{commune.code}_{place}",
            "numero": str(number).rstrip("bister"),
            "rep": "".join(sign for sign in str(number) if sign.isalpha()),
            "nom_voie": street,
            "code_insee": commune.code,
            "nom_ancienne_commune": former,
            "lon": f"{hall.lon:.6f}",
            "lat": f"{hall.lat + 0.0002 * place:.6f}",
            "type_position": kind,
        }
        for place, number in enumerate(numbers)
    ]
