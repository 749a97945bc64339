"""Official files in their true form, made of the embedded rows, and a server that gives them."""

from dataclasses import replace

import pytest

from app.settings import EMBEDDED_DATA
from layers.connectors import france_services, lycees
from layers.connectors.kept import KeptSource
from layers.france_services import TABLE as FRANCE_SERVICES
from tests.layers.connectors.official_files import FORMS, FS_HEADER, as_csv, lycees_of_the_directory
from tests.layers.connectors.official_server import OfficialServer


@pytest.fixture(scope="session")
def france_services_rows():
    """Rows as the list has them: those of the département, and one of another."""
    ours = [
        {
            "id_fs": row["site_id"],
            "insee_dep": "62",
            "lib_fs": row["name"],
            "adresse": row["address"],
            "complement_adresse": row["address_extra"],
            "insee_com": row["commune_code"],
            "code_postal": row["postcode"],
            "lib_com": row["commune"],
            "latitude": row["latitude"],
            "longitude": row["longitude"],
            "mail": "accueil@exemple.fr",
            "telephone": "03 21 00 00 00",
            "format_fs": FORMS[row["kind"]],
            "labellisation_fs": "/".join(reversed(row["labelled_on"].split("-"))),
        }
        for row in FRANCE_SERVICES.texts(EMBEDDED_DATA).to_dict("records")
    ]
    return [{**ours[0], "id_fs": "9999", "insee_dep": "59", "insee_com": "59350"}, *ours]


@pytest.fixture(scope="session")
def lycee_rows():
    """Rows of the directory: those of the département, a private one, one that is closed."""
    ours = lycees_of_the_directory()
    private = {**ours[0], "identifiant_de_l_etablissement": "0623333A"}
    private["statut_public_prive"] = "Privé"
    closed = {**ours[0], "identifiant_de_l_etablissement": "0624444B", "etat": "FERME"}
    return [*ours, private, closed]


@pytest.fixture(scope="session")
def fs_csv(france_services_rows):
    return as_csv(FS_HEADER, france_services_rows, ",")


@pytest.fixture(scope="session")
def lycee_csv(lycee_rows):
    return as_csv([*lycee_rows[0]], lycee_rows, ";")


@pytest.fixture
def serve(tmp_path):
    """Return how to start a server and have a connector ask it."""
    servers = []

    def start(answers, connector="france-services"):
        server = OfficialServer(answers)
        servers.append(server)
        if connector == "lycees":
            one = lycees.CONNECTOR
            where = replace(one.where, address=f"{server.origin}/lycees", origins=(server.origin,))
        else:
            one = france_services.CONNECTOR
            where = replace(one.where, site=server.origin, origins=(server.origin,))
        kept = KeptSource(tmp_path / "sources", replace(one, where=where))
        kept.folder.mkdir(parents=True, exist_ok=True)
        return server, kept

    yield start
    for server in servers:
        server.close()
