"""The condition of the store, for whoever watches over it: what would keep a change from it."""

from typing import Final

from psycopg import Connection

from layers.store.failure import CLOSED
from layers.store.postgis.layout import geometry_type, is_laid_out
from layers.store.postgis.server import ServerError

_READ_ONLY: Final = "SELECT current_setting('transaction_read_only')::boolean"
_MAY_BEGIN: Final = (
    "SELECT CASE WHEN to_regnamespace('atlas62') IS NULL "
    "THEN has_database_privilege(current_database(), 'CREATE') "
    "ELSE has_schema_privilege('atlas62', 'CREATE') END"
)
_MAY_CHANGE: Final = (
    "SELECT has_schema_privilege('atlas62', 'CREATE') "
    "AND has_table_privilege('atlas62.etats', 'INSERT, UPDATE, DELETE')"
)


def check_condition(connection: Connection) -> None:
    """See whether a layer could be adopted; nothing is written.

    Raises
    ------
    ServerError
        Says what keeps it from that.
    """
    geometry_type(connection)
    if connection.execute(_READ_ONLY).fetchone() == (True,):
        raise ServerError(CLOSED)
    may = _MAY_CHANGE if is_laid_out(connection) else _MAY_BEGIN
    if connection.execute(may).fetchone() != (True,):
        raise ServerError(f"{CLOSED} : le compte n’a pas ce droit")
