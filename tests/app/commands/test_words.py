"""The command line speaks French: its help, its errors, and each word of the library under it."""

import gettext
import io
import re
import subprocess
import sys
from pathlib import Path
from pkgutil import resolve_name

import click
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from app.__main__ import EXPECTED_ERRORS, main

CATALOGUE = Path(__file__).parents[3] / "app/locale/fr/LC_MESSAGES/messages.po"
ENGLISH = re.compile(
    r"\b(Usage:|Commands|Show|exit|Missing|Error|Try|required|default|Invalid|No such|Choose)\b"
)


def commands(group=main, words=()):
    yield words
    for name, command in getattr(group, "commands", {}).items():
        yield from commands(command, (*words, name))


@pytest.fixture(scope="module")
def french():
    return read_po(io.BytesIO(CATALOGUE.read_bytes()), locale="fr")


@pytest.mark.parametrize("words", list(commands()), ids=" ".join)
def test_every_help_is_in_french(atlas62, words):
    result = atlas62(*words, "--help")
    assert result.exit_code == 0
    assert result.output.startswith("Usage\u00a0: atlas62")
    assert "Affiche cette aide." in result.output
    assert not ENGLISH.search(result.output)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["dessiner"], "La commande «\u00a0dessiner\u00a0» n’existe pas."),
        (["servir", "--prot", "1"], "L’option «\u00a0--prot\u00a0» n’existe pas."),
        (["servir", "--port", "abc"], "trouvé «\u00a0abc\u00a0», attendu un nombre."),
        (["servir", "--port", "0"], "trouvé 0, attendu un nombre tel que 1<=x<=65535."),
        (["servir", "--port"], "L’option «\u00a0--port\u00a0» attend une valeur."),
        (["couches", "toutes"], "Argument en trop (toutes)"),
        (["export", "couche"], "Il manque l’argument 'COUCHE'"),
        (["export", "couche", "qpv", "--format", "csv"], "Il manque l’option '--sortie'"),
        (
            ["export", "couche", "qpv", "--format", "xls", "--sortie", "a"],
            "trouvé «\u00a0xls\u00a0», attendu l’un de 'geojson', 'gpkg', 'csv', 'xlsx'.",
        ),
    ],
)
def test_a_wrong_use_is_told_in_french_with_code_2(atlas62, words, told):
    result = atlas62(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert told in result.stderr
    assert not ENGLISH.search(result.stderr)


def test_every_word_of_click_has_its_french(french):
    sources = Path(click.__file__).parent
    untold = {
        message
        for _, _, message, _, _ in extract_from_dir(sources)
        if message and (message not in french or not french[message].string)
    }
    assert untold == set()


def test_each_translation_keeps_the_places_for_values(french):
    def places(text):
        return set(re.findall(r"\{(\w+)", str(text)))

    for message in french:
        assert places(message.string) <= places(message.id)


def test_the_compiled_catalogue_is_that_of_the_source(french):
    compiled = io.BytesIO()
    write_mo(compiled, french)
    assert CATALOGUE.with_suffix(".mo").read_bytes() == compiled.getvalue(), (
        "pybabel compile -d app/locale -D messages"
    )


@pytest.mark.parametrize("name", sorted(EXPECTED_ERRORS))
def test_each_error_that_is_expected_stands_where_it_is_said_to(name):
    kind = resolve_name(name)
    assert issubclass(kind, Exception)
    assert f"{kind.__module__}.{kind.__qualname__}" == name


def test_a_word_of_the_command_line_does_not_wait_for_every_command():
    code = "import sys, app.__main__; print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout == "False\n"


def test_the_words_are_bound_to_the_domain_that_click_reads():
    assert gettext.gettext("Show this message and exit.") == "Affiche cette aide."
