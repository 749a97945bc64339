"""Where the file of a source is today."""

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import orjson

from geo.download import RemoteFile, download
from geo.http_service import BrokenAnswerError, HttpService, RequestPolicy
from layers.connectors.declaration import Connector, ConnectorError, DataGouv, Direct

LARGEST_ANSWER: Final = 20_000_000
LARGEST_SUM: Final = 1_000
_MD5: Final = re.compile(rb"[0-9a-f]{32}\b")
KNOWN_SUMS: Final = frozenset(("md5", "sha1", "sha256"))


def locate_file(connector: Connector, policy: RequestPolicy) -> RemoteFile:
    """Return the address of the file, asked for where it changes.

    Raises
    ------
    ConnectorError
        The service does not answer, has no such file, or gives it under another licence.
    DownloadError
        The checksum of the file cannot be had.
    """
    where = connector.where
    if not isinstance(where, DataGouv):
        checksum = _ask_checksum(where, policy) if where.checksum else ""
        return RemoteFile(where.address, where.origins, connector.most_bytes, checksum)
    service = HttpService("data.gouv.fr", where.site, ConnectorError, LARGEST_ANSWER, policy)
    path = f"/api/1/datasets/{where.dataset}/"
    dataset: Mapping[str, Any] = service.ask("GET", path, None, _read_dataset)
    _refuse_licence(str(dataset.get("license") or ""), where)
    resources: list[Mapping[str, Any]] = dataset["resources"]
    title = re.compile(where.title, re.IGNORECASE)
    found = [
        one
        for one in resources
        if where.form in {"", str(one.get("format", "")).lower()}
        and (title.search(str(one.get("title", ""))) or title.search(str(one.get("url", ""))))
    ]
    if not found:
        titles = ", ".join(f"«\u00a0{str(one.get('title'))[:60]}\u00a0»" for one in resources[:5])
        raise ConnectorError(
            f"data.gouv.fr : le jeu « {where.dataset} » n’a pas de fichier {where.form} au titre "
            f"attendu ; trouvé : {titles or 'aucun fichier'}."
        )
    newest = max(found, key=lambda one: str(one.get("last_modified", "")))
    return RemoteFile(
        f"{where.site}/api/1/datasets/r/{newest.get('id')}",
        where.origins,
        connector.most_bytes,
        _checksum(newest),
    )


def _ask_checksum(where: Direct, policy: RequestPolicy) -> str:
    """Return the MD5 sum that stands beside a file, in the form of ``md5sum``."""
    wanted = RemoteFile(where.address + where.checksum, where.origins, LARGEST_SUM)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sum"
        download(wanted, path, policy)
        found = _MD5.match(path.read_bytes())
    if found is None:
        raise ConnectorError(f"{wanted.address} : somme de contrôle illisible.")
    return f"md5:{found[0].decode()}"


def _refuse_licence(told: str, where: DataGouv) -> None:
    """Refuse a data set that is no more under the licence that we cite; raises ConnectorError."""
    if told and told not in where.licences:
        raise ConnectorError(
            f"data.gouv.fr : le jeu « {where.dataset} » est sous la licence « {told[:40]} », "
            f"{' ou '.join(where.licences)} attendu ; à relire avant de le prendre."
        )


def _read_dataset(body: bytes) -> Mapping[str, Any]:
    try:
        dataset: Mapping[str, Any] = orjson.loads(body)
        resources = dataset["resources"]
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenAnswerError("réponse illisible") from error
    if not isinstance(resources, list) or not all(isinstance(one, dict) for one in resources):
        raise BrokenAnswerError("réponse illisible")
    return dataset


def _checksum(resource: Mapping[str, Any]) -> str:
    """Return the published checksum, empty where there is none: large files have none."""
    told = resource.get("checksum")
    if not isinstance(told, dict) or told.get("type") not in KNOWN_SUMS:
        return ""
    return f"{told['type']}:{told.get('value', '')}"
