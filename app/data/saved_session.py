"""All that a visitor brought, as one file to keep, and the same file brought back.

The files of origin come back, with what was chosen and changed: nothing that was made of them. What
comes back may have been written by anybody; it goes the way of any file that is brought, bounded,
in a process of its own, and choices and edits are held against what that reading finds.
"""

import json
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any, Final

from app.imports.brought_file import FileImport
from app.imports.file_folder import SOURCE
from app.imports.limits import MOST_BYTES, BroughtFileError
from app.imports.report import report_csv
from app.imports.summary import load_summary
from app.readers.sessions import MOST_FILES, Session
from geo.reference.places import Reference

MANIFEST: Final = "atlas62-session.json"
VERSION: Final = 1
MOST_MANIFEST: Final = 20_000_000
"""Bytes of the manifest: choices, and thousands of edits of each file."""
MOST_VALUES: Final = 600_000
"""Of the manifest, as its signs tell before any of them is made: each takes up to eighty bytes of
memory, of which a thousandth comes with the request."""
MOST_DIRECTORY: Final = 65_536
"""Bytes of the list of an archive's members, of which we write forty-one."""
DIRECTORY_ENDS: Final = b"PK\5\6"
DIRECTORY_GOES_ON: Final = b"PK\6\7"
"""Signatures of the record that tells its length, and of one for larger archives (APPNOTE, 4.3)."""
LOCATOR: Final = 20
"""Bytes of the latter, just before the former."""
LONGEST_END: Final = 65_577
"""Bytes at the end of an archive among which that record stands."""
MOST_ALL: Final = 4 * MOST_BYTES
"""Bytes of all files once unpacked."""
LONGEST_NAME: Final = 100
LONGEST_PART: Final = 200
MOST_HEADING: Final = 9_999_999
TOO_LONG: Final = "Session : description trop longue pour être lue."
EXPECTED: Final = f"attendu un fichier ZIP d’Atlas 62 qui contient « {MANIFEST} »"


@dataclass(frozen=True, slots=True)
class Saved:
    """One file of a saved session, none of it believed yet.

    Parameters
    ----------
    name
        What the file is called for people.
    member
        Its content in the archive.
    part, heading
        Sheet and line of headings that were read.
    choice, edits
        As they were written.
    """

    name: str
    member: zipfile.ZipInfo
    part: str
    heading: int | None
    choice: Mapping[str, Any] | None
    edits: list[Any]


def save_session(session: Session, reference: Reference) -> bytes:
    """Return the files that a visitor brought, with their reports, choices and edits.

    Raises
    ------
    BroughtFileError
        There is none, or all together are more than can be brought back.
    """
    out, records = BytesIO(), []
    jobs = [job for job in session.jobs(reference) if (job.folder / SOURCE).exists()]
    if not jobs:
        raise BroughtFileError("Vous n’avez apporté aucun fichier : il n’y a rien à emporter.")
    if sum((job.folder / SOURCE).stat().st_size for job in jobs) > MOST_ALL:
        raise BroughtFileError(
            f"Vos fichiers font plus de {MOST_ALL // 1_000_000} Mo : ils ne reviendraient pas en "
            "une fois."
        )
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, job in enumerate(jobs, 1):
            folder = f"{number:02}"
            archive.write(job.folder / SOURCE, f"{folder}/origine")
            if (result := job.result) is not None:
                archive.writestr(f"{folder}/rapport.csv", report_csv(result["problems"]))
            records.append({"file": f"{folder}/origine", **_record(session, job)})
        told = {"version": VERSION, "files": records}
        archive.writestr(MANIFEST, json.dumps(told, ensure_ascii=False, indent=1))
    return out.getvalue()


def _record(session: Session, job: FileImport) -> dict[str, Any]:
    choice = job.choice
    edits = session.store.edits(job.layer_id) if job.result is not None else ()
    part, heading = "", None
    if job.is_read:
        summary = load_summary(job.folder)
        part, heading = summary.part, summary.heading
    return {
        "name": job.title,
        "part": part,
        "heading": heading,
        "choice": choice.to_record() if choice else None,
        "edits": [asdict(edit) for edit in edits],
    }


def open_saved(path: Path) -> tuple[zipfile.ZipFile, list[Saved]]:
    """Open a saved session and read what it says it holds.

    Raises
    ------
    BroughtFileError
        It is none, holds too much, or names what it does not hold.
    """
    try:
        _check_directory(path)
        archive = zipfile.ZipFile(path)
        manifest = archive.getinfo(MANIFEST)
    except (OSError, KeyError, zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise BroughtFileError(f"Session : {EXPECTED}.") from error
    try:
        _check_length(manifest)
        with archive.open(manifest) as file:
            written = file.read(MOST_MANIFEST)
        _check_values(written)
        told = json.loads(written)
        return archive, [*_files_of(archive, told)]
    except (ValueError, KeyError, TypeError, RecursionError, RuntimeError, zipfile.BadZipFile) as e:
        archive.close()
        raise BroughtFileError(f"Session : description illisible, {EXPECTED}.") from e
    except BroughtFileError:
        archive.close()
        raise


def _check_directory(path: Path) -> None:
    """Refuse an archive that lists more members than we write, before they are listed."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - LONGEST_END))
        end = file.read()
    at = end.rfind(DIRECTORY_ENDS)
    length = int.from_bytes(end[at + 12 : at + 16], "little")
    if length > MOST_DIRECTORY or DIRECTORY_GOES_ON in end[max(at - LOCATOR, 0) : at]:
        raise BroughtFileError(f"Session : trop de fichiers, {EXPECTED}.")


def _check_values(written: bytes) -> None:
    if sum(map(written.count, (b",", b"[", b"{"))) > MOST_VALUES:
        raise BroughtFileError(TOO_LONG)


def _check_length(manifest: zipfile.ZipInfo) -> None:
    if manifest.file_size > MOST_MANIFEST:
        raise BroughtFileError(TOO_LONG)


def _files_of(archive: zipfile.ZipFile, told: Any) -> Iterator[Saved]:  # noqa: ANN401 - hostile
    if told["version"] != VERSION:
        raise BroughtFileError(f"Session : trouvé une version {str(told['version'])[:10]}, "
                               f"attendu {VERSION}.")  # fmt: skip
    records = told["files"]
    if not isinstance(records, list) or not 0 < len(records) <= MOST_FILES:
        raise BroughtFileError(f"Session : attendu de 1 à {MOST_FILES} fichiers.")
    whole = 0
    for record in records:
        member = archive.getinfo(record["file"])
        whole += member.file_size
        if member.file_size > MOST_BYTES or whole > MOST_ALL:
            raise BroughtFileError("Session : fichiers trop volumineux une fois décompressés.")
        heading = record["heading"]
        if heading is not None and not (type(heading) is int and 0 <= heading <= MOST_HEADING):
            raise ValueError("heading")
        name = PurePosixPath(str(record["name"]).replace("\\", "/")).name[-LONGEST_NAME:]
        choice, edits = record["choice"], record["edits"]
        if not name or not isinstance(edits, list) or not isinstance(choice, dict | None):
            raise ValueError("record of a file")
        yield Saved(name, member, str(record["part"])[:LONGEST_PART], heading, choice, edits)


def unpack(archive: zipfile.ZipFile, saved: Saved, path: Path) -> None:
    """Write the content of one file, never more than it says and than may be brought.

    Raises
    ------
    BroughtFileError
        It is damaged, locked by a word, or longer than it says.
    """
    try:
        with archive.open(saved.member) as source, path.open("wb") as target:
            shutil.copyfileobj(_Bounded(source, saved.member.file_size), target)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
        raise BroughtFileError(f"Session : fichier « {saved.name} » endommagé.") from error


class _Bounded:
    """Reads a stream up to a bound; a longer one is an error."""

    def __init__(self, stream: Any, bound: int) -> None:  # noqa: ANN401 - a file of zipfile
        self.stream = stream
        self.left = bound

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        part: bytes = self.stream.read(size)
        self.left -= len(part)
        if self.left < 0:
            raise ValueError("longer than told")
        return part
