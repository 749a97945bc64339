"""Official files and answers in their true form, by the field lists of their producers."""

import csv
import io
import json

from app.settings import EMBEDDED_DATA
from geo.http_service import RequestPolicy
from layers.lycees import TABLE as LYCEES
from tests.layers.connectors.official_server import Answer

FS_HEADER = (
    *("id_fs", "insee_dep", "lib_fs", "adresse", "complement_adresse", "insee_com", "code_postal"),
    *("lib_com", "latitude", "longitude", "mail", "telephone", "h_lundi", "prise_rdv"),
    *("commentaire", "type_fs", "format_fs", "groupe_fs", "labellisation_fs"),
)
FORMS = {"fixed": "Fixe", "multi-site": "Multi-sites", "bus": "Bus", "mobile": "Itinérante"}
NATURES = {
    "general": "LYCEE ENSEIGNT GENERAL ET TECHNOLOGIQUE",
    "agricultural": "LYCEE AGRICOLE",
    "polyvalent": "LYCEE POLYVALENT",
    "vocational": "LYCEE PROFESSIONNEL",
    "adapted": "ETABLISSEMENT REGIONAL D'ENSEIGNT ADAPTE",
    "experimental": "ETABLISSEMENT EXPERIMENTAL",
}
QUICK = RequestPolicy(per_second=1000, tries=3, backoff_s=0.01, longest_wait_s=0.05, timeout_s=5)
DATASET = "/api/1/datasets/liste-des-structures-france-services/"
FILE = "/api/1/datasets/r/31576dff"


def as_csv(header, rows, delimiter):
    text = io.StringIO()
    writer = csv.DictWriter(
        text, header, restval="", delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n"
    )
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def described(licence="lov2", **more):
    """Return the answer of data.gouv.fr about the data set: three files, one of them ours."""
    resource = {
        "id": "31576dff",
        "title": "liste-fs-20261101.csv",
        "format": "csv",
        "url": "https://static.data.gouv.fr/x.csv",
        "last_modified": "2026-11-01T00:00:00",
        **more,
    }
    other = {**resource, "id": "0", "title": "documentation.csv", "url": "https://x/doc.csv"}
    return Answer(
        json.dumps(
            {"license": licence, "resources": [other, {**resource, "format": "pdf"}, resource]}
        ).encode()
    )


def lycees_of_the_directory():
    """Return the embedded lycées as rows of the ministry's directory."""
    return [
        {
            "identifiant_de_l_etablissement": row["uai"],
            "nom_etablissement": row["name"],
            "code_commune": row["commune_code"],
            "code_postal": row["postcode"],
            "latitude": row["latitude"],
            "longitude": row["longitude"],
            "libelle_nature": NATURES[row["kind"]],
            "statut_public_prive": "Public",
            "etat": "OUVERT",
            "date_maj_ligne": "2026-11-12",
        }
        for row in LYCEES.texts(EMBEDDED_DATA).to_dict("records")
    ]
