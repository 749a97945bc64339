"""addok over documents and texts of the benchmark; run by the Python of addok's own environment.

``python addok_tool.py WORK`` reads ``documents.json`` (one a line) and ``texts.json`` of the folder
WORK, and prints one line of JSON. The Redis at ``REDIS_SOCKET`` must be empty.
"""

import contextlib
import json
import os
import sys
import time
from pathlib import Path

CONFIGURATION = """\
QUERY_PROCESSORS_PYPATHS = [
    "addok.helpers.text.check_query_length", "addok_france.extract_address",
    "addok_france.clean_query", "addok_france.remove_leading_zeros",
]
SEARCH_RESULT_PROCESSORS_PYPATHS = [
    "addok.helpers.results.match_housenumber", "addok_france.make_labels",
    "addok.helpers.results.score_by_importance",
    "addok.helpers.results.score_by_autocomplete_distance",
    "addok.helpers.results.score_by_ngram_distance",
    "addok.helpers.results.score_by_geo_distance",
]
PROCESSORS_PYPATHS = [
    "addok.helpers.text.tokenize", "addok.helpers.text.normalize", "addok_france.glue_ordinal",
    "addok_france.fold_ordinal", "addok_france.flag_housenumber",
    "addok.helpers.text.synonymize", "addok_fr.phonemicize",
]
"""
"""What the pages of addok-france and addok-fr ask for."""


def peak_mb() -> float:
    """Return the most memory that this process has held, MB; what started it does not count."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def main(work: Path) -> None:
    """Index, search, print."""
    (work / "addok.conf").write_text(CONFIGURATION, encoding="utf-8")
    os.environ["ADDOK_CONFIG_MODULE"] = str(work / "addok.conf")
    with contextlib.redirect_stdout(sys.stderr):  # addok prints what it does
        from addok.config import config  # noqa: PLC0415 - reads the configuration named above

        config.load()
        from addok.batch import process_documents  # noqa: PLC0415
        from addok.core import search  # noqa: PLC0415
        from addok.db import DB  # noqa: PLC0415

    def spent() -> float:
        """Return the seconds of processor that addok and its Redis have used."""
        redis = DB.info("cpu")
        return time.process_time() + redis["used_cpu_user"] + redis["used_cpu_sys"]

    lines = (work / "documents.json").read_text(encoding="utf-8").splitlines()
    process_documents(*lines)
    start = spent()
    groups = json.loads((work / "texts.json").read_text(encoding="utf-8"))
    answers, seconds = {}, {}
    for group, texts in groups.items():
        begun = spent()
        found = [search(text, limit=1) for text in texts]
        seconds[group] = spent() - begun
        answers[group] = [one[0].citycode if one else None for one in found]
    peak = peak_mb()
    print(json.dumps({"start": start, "seconds": seconds, "peak": peak, "answers": answers}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
