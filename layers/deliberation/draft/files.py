"""Write a draft as files that a person edits, and read it again."""

import json
from itertools import count
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import ValidationError

from geo.whole_file import write_whole
from layers.deliberation.draft.error import DeliberationError
from layers.deliberation.draft.model import Draft

YAML_NAME: Final = "deliberation.yaml"
JSON_NAME: Final = "deliberation.json"
REPORT_NAME: Final = "rapport.md"
LARGEST_DRAFT: Final = 10 * 2**20
DEEPEST: Final = 40
"""Blocks in blocks: a draft has six; libyaml would follow thousands beyond the end of its stack."""

_HEADER: Final = """\
# Brouillon à relire : chaque valeur peut être corrigée, le document fait foi.
# « sources » dit pour chaque valeur sa ligne et la confiance de la lecture, de 0 à 1.
# Montants en euros avec deux décimales, dates AAAA-MM-JJ, null pour ce qui n’a pas été trouvé.
"""


class DraftError(DeliberationError):
    """A draft cannot be read; the message is a French sentence for a person."""


class _Flow(dict[str, Any]):
    """A mapping written on one line."""


class _Dumper(yaml.SafeDumper):
    """Writes traces on one line each, and never an alias."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the base class names it
        return True


def _represent_flow(dumper: _Dumper, data: _Flow) -> yaml.MappingNode:
    return dumper.represent_mapping("tag:yaml.org,2002:map", data, flow_style=True)


_Dumper.add_representer(_Flow, _represent_flow)


class _Loader(yaml.CSafeLoader):
    """Reads plain YAML, a date as the text that it is; libyaml, as a vote has 2 000 lines."""


_Loader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for sign, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def as_record(draft: Draft) -> dict[str, Any]:
    """Return the draft as plain values, in the order of reading, traces last."""
    record: dict[str, Any] = _order(draft.model_dump(mode="json"))
    return record


def to_yaml(record: dict[str, Any], header: str = _HEADER) -> str:
    """Return a record as YAML text; traces take one line each."""
    return header + yaml.dump(
        _flow_traces(record), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100
    )


def write_draft(draft: Draft, account: str, folder: Path) -> tuple[Path, Path, Path]:
    """Write the draft as YAML and JSON, and the account of the reading.

    Each file is whole or is not there. A YAML file that says something else, as a person may have
    edited it, is kept beside under a number.

    Raises
    ------
    DraftError
        The folder cannot be written.
    """
    record = as_record(draft)
    texts = {
        YAML_NAME: to_yaml(record),
        JSON_NAME: json.dumps(record, ensure_ascii=False, indent=2) + "\n",
        REPORT_NAME: account,
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _keep_aside(folder / YAML_NAME, texts[YAML_NAME])
        for name, text in texts.items():
            write_whole(folder / name, text)
    except OSError as error:
        raise DraftError(f"Dossier « {folder.name} » : écriture impossible ({error}).") from error
    return folder / YAML_NAME, folder / JSON_NAME, folder / REPORT_NAME


def _keep_aside(path: Path, text: str) -> None:
    if path.exists() and path.read_text(encoding="utf-8", errors="replace") != text:
        free = (path.with_stem(f"{path.stem}.{number}") for number in count(1))
        path.rename(next(place for place in free if not place.exists()))


def read_draft(path: Path) -> Draft:
    """Read a draft, YAML or JSON, and check it against the schema.

    Raises
    ------
    DraftError
        The file is missing, is no YAML, or a value is not what is expected; says which.
    """
    try:
        if path.stat().st_size > LARGEST_DRAFT:
            raise DraftError(f"{path.name} : plus de {LARGEST_DRAFT >> 20} Mo, c’est trop grand.")
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DraftError(f"{path.name} : fichier introuvable ou illisible.") from error
    return parse_draft(text, path.name)


def parse_draft(text: str, name: str) -> Draft:
    """Parse the text of a draft.

    Raises
    ------
    DraftError
        As :func:`read_draft`.
    """
    try:
        _refuse_aliases_and_depth(text)
        record = yaml.load(text, Loader=_Loader)  # noqa: S506 - a restricted SafeLoader
    except (yaml.YAMLError, ValueError) as error:
        raise DraftError(f"{name} : ce n’est pas du YAML lisible ({_first(error)}).") from error
    if not isinstance(record, dict):
        raise DraftError(f"{name} : un brouillon de délibération est attendu.")
    try:
        return Draft.model_validate(record)
    except ValidationError as error:
        raise DraftError(f"{name} : {_say(error)}") from error


def _refuse_aliases_and_depth(text: str) -> None:
    """Refuse an alias, by which a small file could be huge, and blocks too deep."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise yaml.YAMLError("les renvois (*) ne sont pas admis")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise yaml.YAMLError(f"plus de {DEEPEST} blocs l’un dans l’autre")


def _first(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]


_MESSAGES: Final = {
    "missing": "valeur absente",
    "extra_forbidden": "nom inconnu",
    "string_type": "un texte est attendu",
    "int_type": "un nombre entier est attendu",
    "int_parsing": "un nombre entier est attendu",
    "list_type": "une liste est attendue",
    "model_type": "un bloc de valeurs est attendu",
    "dict_type": "un bloc de valeurs est attendu",
    "enum": "valeur hors de la liste admise",
}


def _say(error: ValidationError) -> str:
    """Say in French the first values that are wrong, and where."""
    sentences = []
    for each in error.errors(include_url=False)[:5]:
        where = ".".join(str(part) for part in each["loc"])
        message = _MESSAGES.get(each["type"], each["msg"].removeprefix("Value error, "))
        found = "" if each["type"] == "missing" else f", trouvé « {str(each['input'])[:60]} »"
        sentences.append(f"« {where} » : {message}{found}")
    rest = error.error_count() - len(sentences)
    return " ; ".join(sentences) + (f" ; et {rest} autre(s)." if rest else ".")


def _order(value: Any) -> Any:  # noqa: ANN401 - any value of a JSON document
    """Put traces last and leave out the page where it is not known."""
    if isinstance(value, list):
        return [_order(each) for each in value]
    if not isinstance(value, dict):
        return value
    if "confiance" in value:
        return {key: each for key, each in value.items() if each is not None}
    ordered = {key: _order(each) for key, each in value.items() if key != "sources"}
    if "sources" in value:
        ordered["sources"] = _order(value["sources"])
    return ordered


def _flow_traces(value: Any) -> Any:  # noqa: ANN401 - any value of a JSON document
    if isinstance(value, list):
        return [_flow_traces(each) for each in value]
    if isinstance(value, dict):
        made = {key: _flow_traces(each) for key, each in value.items()}
        return _Flow(made) if "confiance" in value else made
    return value
