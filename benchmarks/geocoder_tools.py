"""The geocoder, and rapidfuzz over the whole list, on the texts of the benchmark.

``python -m benchmarks.geocoder_tools TOOL WORK`` reads ``names.json`` and ``texts.json`` of the
folder WORK, and prints one line of JSON, as ``benchmarks/addok_tool.py`` does.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

Answer = Callable[[Sequence[str]], list[str | None]]


def make_atlas(_work: Path) -> Answer:
    """Return our geocoder, started from nothing as a command starts it."""
    from app.opening.geocoding import local_geocoder  # noqa: PLC0415 - its import is part of the start
    from app.settings import EMBEDDED_DATA  # noqa: PLC0415
    from geo.reference.places import Reference  # noqa: PLC0415
    from layers.catalogue.layers import Catalogue  # noqa: PLC0415

    reference = Reference.load(EMBEDDED_DATA / "communes")
    geocoder = local_geocoder(Catalogue(reference, EMBEDDED_DATA))
    return lambda texts: [place.commune_code for place in geocoder.geocode_many(texts)]


def make_rapidfuzz(work: Path) -> Answer:
    """Return what takes the line « postcode name » that is nearest to a text."""
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415 - its import is part of the start

    lines, codes = zip(*json.loads((work / "names.json").read_text(encoding="utf-8")), strict=True)
    prepared = [utils.default_process(line) for line in lines]

    def nearest(text: str) -> str:
        asked = utils.default_process(text)
        return codes[process.extractOne(asked, prepared, scorer=fuzz.token_set_ratio)[2]]

    return lambda texts: [nearest(text) for text in texts]


TOOLS: Final = {"atlas": make_atlas, "rapidfuzz": make_rapidfuzz}


def peak_mb() -> float:
    """Return the most memory that this process has held, MB; what started it does not count."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def main(tool: str, work: Path) -> None:
    """Start, answer, print."""
    begun = time.process_time()
    answer = TOOLS[tool](work)
    start = time.process_time() - begun
    groups = json.loads((work / "texts.json").read_text(encoding="utf-8"))
    answers, seconds = {}, {}
    for group, texts in groups.items():
        begun = time.process_time()
        answers[group] = answer(texts)
        seconds[group] = time.process_time() - begun
    peak = peak_mb()
    print(json.dumps({"start": start, "seconds": seconds, "peak": peak, "answers": answers}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
