"""All connectors, by what is typed."""

from collections.abc import Mapping
from typing import Final

from layers.connectors import (
    ban,
    bpe,
    cantons,
    census,
    finess,
    france_services,
    grid,
    incomes,
    lycees,
    qpv,
    schools,
    town_halls,
)
from layers.connectors.declaration import Connector
from layers.connectors.openstreetmap import background

CONNECTORS: Final[Mapping[str, Connector]] = {
    connector.id: connector
    for connector in (
        ban.CONNECTOR,
        ban.LIEUX_DITS,
        france_services.CONNECTOR,
        lycees.CONNECTOR,
        *schools.CONNECTORS,
        qpv.CONNECTOR,
        cantons.CONNECTOR,
        *finess.CONNECTORS,
        town_halls.CONNECTOR,
        bpe.CONNECTOR,
        grid.CONNECTOR,
        census.CONNECTOR,
        incomes.CONNECTOR,
        background.CONNECTOR,
    )
}
