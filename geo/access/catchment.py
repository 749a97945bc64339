"""Catchments: how much service is in reach, and how much of it for each inhabitant.

Supply may be a capacity (pupils, hours of opening) or one for each service; demand is inhabitants
or another count of people. At a border give the services and the people across it too: without
the people a catchment there looks better served than it is.

The page Écarts takes :func:`floating_catchment` from it, :mod:`layers.proofs.access_cases` the
published example; the other measures serve whoever studies access. The tests hold all of them
against PySAL.
"""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array

from geo.access.impedance import Impedance
from geo.access.nearest import amounts_of
from geo.travel.times import Floats, Minutes

NOBODY: Final = 1e-200
"""A decay never ends: people who weigh less than this all together do not share a service."""


def opportunities(minutes: Minutes, supply: ArrayLike, impedance: Impedance) -> Floats:
    """Return the supply in reach of each origin, weighted by impedance (Hansen 1959).

    With :func:`geo.access.impedance.within` it is the plain count of cumulative opportunities.

    Returns
    -------
    numpy.ndarray
        Shape (n,), in units of supply.

    Raises
    ------
    AccessError
        A supply is missing, negative or infinite.
    """
    return np.asarray(
        _weights(minutes, impedance) @ amounts_of(supply, minutes.shape[1], "capacité")
    )


def floating_catchment(
    minutes: Minutes, demand: ArrayLike, supply: ArrayLike, impedance: Impedance
) -> Floats:
    """Return the supply per person: two-step floating catchment areas.

    First each service shares its supply among the people in its catchment, then each origin adds
    up the shares of the services in reach: A_i = Σ_j w_ij S_j / Σ_k w_kj D_k. With
    :func:`geo.access.impedance.within` it is 2SFCA (Luo & Wang 2003), with weights by zone or a
    decay E2SFCA (Luo & Qi 2009). The people of all origins together get exactly the supply of
    the services that somebody can reach: Σ_i A_i D_i = Σ_j S_j.

    Returns
    -------
    numpy.ndarray
        Shape (n,), supply per person; 0 where nothing is in reach.

    Raises
    ------
    AccessError
        A demand or a supply is missing, negative or infinite.
    """
    weights = _weights(minutes, impedance)
    people = amounts_of(demand, minutes.shape[0], "demande")
    return np.asarray(
        weights @ _ratio(amounts_of(supply, minutes.shape[1], "capacité"), weights.T @ people)
    )


def balanced_floating_catchment(
    minutes: Minutes, demand: ArrayLike, supply: ArrayLike, impedance: Impedance
) -> Floats:
    """Return the level of service with demand and supply shared out once only.

    The balanced method of Páez, Higgins & Vivona 2019 ("Demand and level of service inflation in
    floating catchment area methods", PLoS ONE 14): weights sum to one over the services of an
    origin when people are shared, and over the origins of a service when its level of service
    S_j / Σ_i D_i w_ij / Σ_j w_ij is. Nobody is counted twice, unlike in 2SFCA.

    Returns
    -------
    numpy.ndarray
        Shape (n,); Σ_i A_i equals the sum of the services' levels.

    Raises
    ------
    AccessError
        A demand or a supply is missing, negative or infinite.
    """
    weights = _weights(minutes, impedance)
    people = amounts_of(demand, minutes.shape[0], "demande")
    capacity = amounts_of(supply, minutes.shape[1], "capacité")
    # Each origin sends its people out once, by the weights of its row: Σ_j w_ij / Σ_j w_ij = 1.
    shared = weights.T @ _ratio(people, weights.sum(axis=1))
    # Each service gives its level out once, by the weights of its column.
    level = _ratio(capacity, shared)
    return np.asarray(weights @ _ratio(level, weights.sum(axis=0)))


def _weights(minutes: Minutes, impedance: Impedance) -> Minutes:
    parts = (impedance(minutes.data), minutes.indices, minutes.indptr)
    return csr_array(parts, shape=minutes.shape)


def _ratio(amounts: Floats, among: Floats) -> Floats:
    """Divide; what nobody shares is lost."""
    return np.divide(amounts, among, out=np.zeros(len(amounts)), where=among > NOBODY)
