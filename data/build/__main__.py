"""Make ``data/communes/`` and ``data/gazetteer/`` again, in a throw-away environment.

``python data/build`` needs Python 3.11+, a network to the public package
registries, and nothing else.
"""

import argparse
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
COMMUNES = HERE.parent / "communes"
GAZETTEER = HERE.parent / "gazetteer"


def main() -> int:
    """Make the environment, then run ``make.py`` and ``make_gazetteer.py`` in it."""
    parser = argparse.ArgumentParser(prog="data/build", description=__doc__)
    parser.add_argument("--output", type=Path, default=COMMUNES, help="default: data/communes")
    parser.add_argument("--gazetteer", type=Path, default=GAZETTEER, help="default: data/gazetteer")
    parser.add_argument("--packages", type=Path, help="folder that keeps what was downloaded")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="atlas62-build-") as scratch:
        python = make_environment(Path(scratch) / "venv")
        packages = options.packages or Path(scratch) / "packages"
        for script, output in (
            ("make.py", options.output),
            ("make_gazetteer.py", options.gazetteer),
        ):
            command = [python, HERE / script, "--output", output, "--packages", packages]
            done = subprocess.run([str(part) for part in command], check=False)
            if done.returncode:
                return done.returncode
    return 0


def make_environment(folder: Path) -> Path:
    """Make a virtual environment with the pinned requirements; return its Python."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    requirements = HERE / "requirements.txt"
    install = [python, "-m", "pip", "install", "--quiet", "--requirement", requirements]
    done = subprocess.run([str(part) for part in install], check=False)
    if done.returncode:
        sys.exit("make data: the requirements did not install; is the package registry reachable?")
    return python


if __name__ == "__main__":
    sys.exit(main())
