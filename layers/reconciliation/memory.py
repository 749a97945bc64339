"""The evidence and the verification of a catalogue, each made once."""

from threading import Lock
from weakref import WeakKeyDictionary

from layers.catalogue.layers import Catalogue
from layers.reconciliation.evidence import Evidence
from layers.reconciliation.verification import Verification, verify

_verifications: WeakKeyDictionary[Catalogue, Verification] = WeakKeyDictionary()
# The catalogue's own lock would keep the map waiting while everything is checked.
_verifying = Lock()


def read_evidence(catalogue: Catalogue) -> Evidence:
    """Return the facts behind the operations, read once.

    Raises
    ------
    layers.model.layer.LayerError
        A table is missing or damaged; a later call tries again.
    """
    return catalogue.derive(_evidence)


def verify_catalogue(catalogue: Catalogue) -> Verification:
    """Return what all the checks find, computed once.

    Raises
    ------
    layers.model.layer.LayerError
        A table is missing or damaged; a later call tries again.
    """
    with _verifying:
        if catalogue not in _verifications:
            _verifications[catalogue] = verify(catalogue.reference, catalogue.data)
        return _verifications[catalogue]


def _evidence(catalogue: Catalogue) -> Evidence:
    return Evidence.read(catalogue.reference, catalogue.data)
