"""What a visitor takes away of a file: its report, the rows left out, what changed in it."""

from flask import Response

from app.data.renewal import renewal_csv
from app.exports.media_types import MEDIA_TYPES
from app.imports.brought_file import FileImport
from app.imports.limits import BroughtFileError
from app.imports.report import left_out_csv, report_csv
from app.readers.sessions import Session
from app.web.private import private
from geo.reference.places import Reference


def part_of_file(job: FileImport, name: str, ending: str, reference: Reference) -> Response:
    """Return the report, the rows left out, or the differences from the version of before.

    Raises
    ------
    BroughtFileError
        There is no such file, or no layer yet.
    """
    result = job.result
    if result is None:
        raise BroughtFileError("Ce fichier n’est pas encore placé : reprenez son import.")
    if (name, ending) == ("rapport", "csv"):
        content = report_csv(result["problems"])
    elif (name, ending) == ("differences", "csv"):
        content = renewal_csv(Session(job.folder.parent), job, reference)
    elif (name, ending) == ("ecartees", "csv"):
        content = left_out_csv(job.table.frame, result["left_out"])
    else:
        raise BroughtFileError("Ce fichier à télécharger n’existe pas.")
    return saved_file(content, f"atlas62-{result['layer']}-{name}", ending)


def saved_file(content: bytes, name: str, ending: str) -> Response:
    """Return a file to be kept, for this reader alone."""
    answer = private(Response(content, content_type=MEDIA_TYPES[ending]))
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return answer
