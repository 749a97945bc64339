"""What the goals of the Makefile say on a machine that lacks something: what to type."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[1] / "scripts"


@pytest.fixture
def bare_machine(tmp_path):
    """Make a PATH that holds the given programs only: real ones by name, others with a text."""
    folder = tmp_path / "bin"
    folder.mkdir()

    def make(*real, **scripts):
        for name in real:
            (folder / name).symlink_to(shutil.which(name))
        for name, text in scripts.items():
            program = folder / name
            program.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
            program.chmod(0o755)
        return {"PATH": str(folder)}

    return make


def run(script, *words, **environment):
    return subprocess.run(  # noqa: S603 - scripts of this project
        [SCRIPTS / script, *words], env=environment, capture_output=True, text=True, check=False
    )


def test_without_a_recent_python_the_sentence_says_which_and_how(bare_machine, tmp_path):
    path = bare_machine(python3="exit 1")
    done = run("make-venv", str(tmp_path / "venv"), **path)
    assert done.returncode == 1
    assert "Python 3.11 ou plus récent, absent de cette machine" in done.stderr
    assert "ATLAS62_PYTHON=" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_python_that_was_asked_for_is_not_silently_replaced(tmp_path):
    asked = {"ATLAS62_PYTHON": "/opt/python2", "PATH": os.environ["PATH"]}
    done = run("make-venv", str(tmp_path / "venv"), **asked)
    assert done.returncode == 1
    assert "absent de /opt/python2" in done.stderr
    assert not (tmp_path / "venv").exists()


def test_without_the_venv_module_the_sentence_says_what_to_install(bare_machine, tmp_path):
    path = bare_machine("rm", python3='[ "$1" = -m ] && exit 1; exit 0')
    done = run("make-venv", str(tmp_path / "venv"), **path)
    assert done.returncode == 1
    assert "sudo apt-get install python3-venv" in done.stderr


def test_an_environment_that_stands_is_left_alone(bare_machine, tmp_path):
    python = tmp_path / "venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text("")
    python.chmod(0o755)
    assert run("make-venv", str(tmp_path / "venv"), **bare_machine()).returncode == 0


def test_packages_that_do_not_install_are_told(tmp_path):
    python = tmp_path / "bin/python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\nexit 1\n")
    python.chmod(0o755)
    done = run("install-packages", str(tmp_path), ".", PATH=os.environ["PATH"])
    assert done.returncode == 1
    assert "le registre de paquets est-il joignable" in done.stderr


@pytest.mark.parametrize("name", ["chromium", "chromium-headless-shell", "google-chrome"])
def test_a_chromium_that_is_there_is_enough(bare_machine, name):
    done = run("install-chromium", **bare_machine(**{name: "exit 0"}))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_without_chromium_or_the_right_to_install_it_the_sentence_says_what_to_type(bare_machine):
    path = bare_machine(**{"id": "echo 1000", "sudo": "exit 1", "apt-get": "exit 1"})
    done = run("install-chromium", **path)
    assert done.returncode == 1
    assert "sudo apt-get install chromium" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("offered", ["chromium-headless-shell", "chromium"])
def test_where_it_may_debian_s_chromium_is_installed(bare_machine, tmp_path, offered):
    mark = tmp_path / "installed"
    taken = (
        f'case " $* " in *" install "*" {offered} "*) touch {mark};; *" install "*) exit 100;; esac'
    )
    path = bare_machine("touch", **{"id": "echo 0", "apt-get": taken, offered: f"[ -e {mark} ]"})
    assert run("install-chromium", **path).returncode == 0
    assert mark.exists()


def test_without_postgis_or_the_right_to_install_it_the_sentence_says_what_to_type(bare_machine):
    if [*Path("/usr/share/postgresql").glob("*/extension/postgis.control")]:
        assert run("install-postgis", **bare_machine()).returncode == 0
        return
    path = bare_machine(**{"id": "echo 1000", "sudo": "exit 1", "apt-get": "exit 1"})
    done = run("install-postgis", **path)
    assert done.returncode == 1
    assert "sudo apt-get install postgresql-postgis" in done.stderr


def test_print_libraries_that_are_there_are_enough(bare_machine):
    path = bare_machine(python="exit 0", pdffonts="exit 0")
    done = run("install-print-libraries", "python", "pdffonts", **path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_without_print_libraries_the_sentence_says_what_to_type(bare_machine):
    path = bare_machine(
        python="exit 1", **{"id": "echo 1000", "sudo": "exit 1", "apt-get": "exit 1"}
    )
    done = run("install-print-libraries", "python", **path)
    assert done.returncode == 1
    assert "sudo apt-get install libpango-1.0-0" in done.stderr
    assert "la carte fonctionne sans" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_where_it_may_debian_s_print_libraries_are_installed(bare_machine, tmp_path):
    mark = tmp_path / "installed"
    path = bare_machine(
        "touch",
        python=f"[ -e {mark} ]",
        **{"id": "echo 0", "apt-get": f'[ "$1" = install ] && touch {mark}; exit 0'},
    )
    assert run("install-print-libraries", "python", **path).returncode == 0


def pinned(name):
    """Return the hashes of each package of a file of constraints, by its name and version."""
    found, package = {}, ""
    for line in (SCRIPTS.parent / name).read_text("utf-8").splitlines():
        if line.startswith("    --hash=sha256:"):
            found[package].add(line.strip(" \\"))
        elif not line.startswith("#"):
            package = line.partition(" ")[0]
            found[package] = set()
    return found


def test_every_package_is_pinned_with_the_hashes_of_its_files():
    everything, running = pinned("constraints.txt"), pinned("constraints-run.txt")
    for package, hashes in {**everything, **running}.items():
        assert "==" in package
        assert hashes, package
    assert running.items() <= everything.items()
    assert {name.split("==")[0] for name in running} >= {"dash", "flask", "gunicorn", "hatchling"}
    assert not {name.split("==")[0] for name in running} & {"pytest", "mypy", "playwright"}


def test_packages_are_taken_by_their_hash_alone(tmp_path):
    python = tmp_path / "bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\necho "$@" >>{tmp_path}/said\n')
    python.chmod(0o755)
    assert run("install-packages", str(tmp_path), ".", PATH=os.environ["PATH"]).returncode == 0
    assert (
        run("install-packages", str(tmp_path), ".[test]", PATH=os.environ["PATH"]).returncode == 0
    )
    first, own, test, _ = (tmp_path / "said").read_text().splitlines()
    assert "--require-hashes --requirement constraints-run.txt" in first
    assert "--require-hashes --requirement constraints.txt" in test
    assert "--no-index --no-deps" in own


def audited(folder, python):
    """Run the audit in a folder of its own, with a Python that does as it is told."""
    (folder / "scripts").mkdir()
    made = folder / "scripts/make-venv"
    made.write_text(f'#!/bin/sh\nmkdir -p "$1/bin"\nfor name in python pip-audit; do\n'
                    f"  printf '#!/bin/sh\\n{python}\\n' >\"$1/bin/$name\"\n"
                    f'  chmod +x "$1/bin/$name"\ndone\n')  # fmt: skip
    made.chmod(0o755)
    return subprocess.run(  # noqa: S603 - a script of this project
        [SCRIPTS / "audit-packages"], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("python", "said"),
    [
        ("exit 1", "pip-audit ne s’installe pas"),
        ('case "$0" in *audit) exit 1 ;; esac', "n’est pas joignable d’ici"),
    ],
)
def test_an_audit_that_asks_nobody_never_says_that_all_is_well(tmp_path, python, said):
    done = audited(tmp_path, python)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Rien n’a été vérifié." in done.stderr
    assert done.stdout == ""
