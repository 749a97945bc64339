"""The tables of what visitors bring; the server itself shows each of them nothing of another's.

A transaction says whose it is (``set_config(…, true)``, which a pooler forgets with it); row-level
security gives it the rows of that visitor alone, whatever it asks. It is forced on the owner of the
tables, as the account of the program is that.
"""

from typing import Final

from psycopg import Connection

from layers.store.postgis.layout import hold, make_schema
from layers.store.postgis.server import CHANGING, Server, ServerError

VISITOR: Final = "atlas62.visiteur"
LINK: Final = "atlas62.lien"
"""Settings of a transaction: whose it is, and the link that it follows."""
BYPASSES: Final = (
    "le compte passe outre à la séparation des visiteurs (superutilisateur ou BYPASSRLS) ; "
    "donnez-en un autre à Atlas 62"
)
_IS_THERE: Final = "SELECT to_regclass('atlas62.liens') IS NOT NULL"
_IS_ABOVE: Final = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
_TABLES: Final = (
    """CREATE TABLE atlas62.visiteurs (
        visiteur text PRIMARY KEY, revision bigint NOT NULL DEFAULT 0,
        vu timestamptz NOT NULL DEFAULT clock_timestamp(), client text NOT NULL DEFAULT '',
        fichiers integer NOT NULL DEFAULT 0, octets bigint NOT NULL DEFAULT 0,
        montre_jusque timestamptz)""",
    """CREATE TABLE atlas62.apports (
        client text NOT NULL, moment timestamptz NOT NULL DEFAULT clock_timestamp())""",
    "CREATE INDEX apports_du_client ON atlas62.apports (client, moment)",
    """CREATE TABLE atlas62.pieces (
        visiteur text REFERENCES atlas62.visiteurs ON DELETE CASCADE, chemin text,
        empreinte text NOT NULL, contenu bytea NOT NULL, PRIMARY KEY (visiteur, chemin))""",
    """CREATE TABLE atlas62.liens (
        nom text PRIMARY KEY, visiteur text NOT NULL REFERENCES atlas62.visiteurs ON DELETE CASCADE,
        jusque timestamptz NOT NULL, fiche text NOT NULL)""",
    "ALTER TABLE atlas62.pieces ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
    "ALTER TABLE atlas62.liens ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
    """CREATE POLICY du_visiteur ON atlas62.pieces
        USING (visiteur = current_setting('atlas62.visiteur', true))""",
    """CREATE POLICY du_visiteur ON atlas62.liens
        USING (visiteur = current_setting('atlas62.visiteur', true))""",
    """CREATE POLICY du_lien ON atlas62.liens FOR SELECT
        USING (nom = current_setting('atlas62.lien', true))""",
)


def make_ready(server: Server) -> None:
    """Make the tables where they are not there yet.

    Raises
    ------
    ServerError
        The server does not answer, or its row-level security would not bind this account.
    """
    with server.transaction(CHANGING) as connection:
        if connection.execute(_IS_ABOVE).fetchone() == (True,):
            raise ServerError(BYPASSES)
        if connection.execute(_IS_THERE).fetchone() == (True,):
            return
        hold(connection)
        make_schema(connection)
        if connection.execute(_IS_THERE).fetchone() != (True,):
            for statement in _TABLES:
                connection.execute(statement)


def act_as(connection: Connection, visitor: str, link: str = "") -> None:
    """Say whose a transaction is, until it ends: it sees and writes the rows of that visitor."""
    connection.execute(
        "SELECT set_config(%s, %s, true), set_config(%s, %s, true)", (VISITOR, visitor, LINK, link)
    )
