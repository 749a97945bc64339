"""What is given to deploy with: each file is checked by the tool that will read it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def check(program, *words):
    found = shutil.which(
        program, path=f"{Path(sys.executable).parent}:/usr/sbin:/usr/bin:/sbin:/bin"
    )
    if found is None:
        pytest.skip(f"{program} absent")
    done = subprocess.run([found, *words], capture_output=True, text=True, check=False)  # noqa: S603
    return done.returncode, done.stdout + done.stderr


def test_the_containerfile_passes_its_lint():
    assert check("hadolint", "--no-color", DEPLOY / "Containerfile") == (0, "")


def test_caddy_takes_its_file():
    code, said = check(
        "caddy", "validate", "--config", DEPLOY / "Caddyfile", "--adapter", "caddyfile"
    )
    assert code == 0, said


@pytest.mark.parametrize("name", ["atlas62.service", "atlas62-actualiser.timer"])
def test_systemd_takes_its_units(name, tmp_path):
    """The program is not installed where they say; any program stands for it."""
    for path in DEPLOY.glob("atlas62*.*"):
        text = path.read_text("utf-8").replace("/opt/atlas62/bin/atlas62", "/bin/true")
        (tmp_path / path.name).write_text(text, "utf-8")
    code, said = check("systemd-analyze", "verify", "--man=no", tmp_path / name)
    assert (code, said) == (0, "")


def test_the_units_keep_the_program_to_its_two_folders():
    code, said = check("systemd-analyze", "security", "--offline=true", DEPLOY / "atlas62.service")
    assert code == 0, said
    assert float(re.search(r"exposure level for atlas62\.service: ([\d.]+)", said)[1]) < 2.5


def test_nginx_takes_both_files(tmp_path):
    key, certificate = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    words = ("-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=atlas.exemple.fr")
    code, said = check("openssl", "req", *words, "-keyout", key, "-out", certificate)
    assert code == 0, said
    own = (DEPLOY / "nginx.conf").read_text("utf-8")
    own = own.replace("/etc/letsencrypt/live/atlas.exemple.fr", str(tmp_path))
    below = (DEPLOY / "nginx-prefix.conf").read_text("utf-8")
    whole = tmp_path / "nginx.conf"
    whole.write_text(
        f"pid {tmp_path}/pid; events {{}} http {{ {own} server {{ listen 8051; {below} }} }}",
        "utf-8",
    )
    code, said = check("nginx", "-t", "-q", "-e", tmp_path / "error.log", "-c", whole)
    assert code == 0, said


def test_the_guide_goes_from_nothing_to_https_in_fifteen_lines_and_names_files_that_exist():
    guide = (ROOT / "docs" / "deploy.md").read_text("utf-8")
    first = BLOCK.search(guide)[1]
    assert len(first.splitlines()) <= 15
    for name in re.findall(r"deploy/[\w.*-]+", guide):
        assert list(ROOT.glob(name)), name
