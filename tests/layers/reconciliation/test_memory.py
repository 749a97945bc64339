"""What is known of a catalogue is made once, and made again after a failure."""

from shutil import copytree

import pytest

from layers.catalogue.layers import Catalogue
from layers.model.schema import LayerError
from layers.reconciliation.memory import read_evidence, verify_catalogue

PLANS = "contracts/financing.csv"


def test_each_is_made_once_for_a_catalogue(catalogue):
    assert read_evidence(catalogue) is read_evidence(catalogue)
    assert verify_catalogue(catalogue) is verify_catalogue(catalogue)


def test_what_failed_is_tried_again(catalogue, tmp_path):
    data = copytree(catalogue.data, tmp_path / "data")
    other = Catalogue(catalogue.reference, data)
    good = (data / PLANS).read_bytes()
    (data / PLANS).write_text("operation\n", encoding="utf-8")
    for make in (read_evidence, verify_catalogue):
        with pytest.raises(LayerError, match=r"financing\.csv"):
            make(other)
    (data / PLANS).write_bytes(good)
    assert verify_catalogue(other).ok
    assert verify_catalogue(other) is not verify_catalogue(catalogue)
