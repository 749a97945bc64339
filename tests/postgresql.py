"""A PostgreSQL with PostGIS of the tests' own: in a folder that goes with it, on a Unix socket."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

PASSWORD = "mot-de-passe-à-ne-dire-nulle-part"  # noqa: S105 - of a server that nobody else reaches
HOW = "paquet postgresql-postgis de Debian"


def find_programs():
    """Return the folder of a PostgreSQL's programs that has PostGIS; skip where there is none."""
    if sys.platform != "linux":
        pytest.skip("les tests du magasin PostGIS demandent Linux")
    for extension in sorted(Path("/usr/share/postgresql").glob("*/extension/postgis.control")):
        programs = Path("/usr/lib/postgresql") / extension.parts[-3] / "bin"
        if (programs / "postgres").exists():
            return programs
    return pytest.skip(f"PostgreSQL avec PostGIS absent de cette machine ({HOW})")


def as_other_user():
    """Return the words that begin a command as somebody else: PostgreSQL refuses root."""
    if os.geteuid():
        return []
    names = {one.pw_name: one for one in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


class Cluster:
    """A server that runs as long as the tests of one process."""

    def __init__(self):
        self.programs, self.begin = find_programs(), as_other_user()
        self.folder = Path(tempfile.mkdtemp(prefix="atlas62-pg-"))
        if self.begin:
            user = int(self.begin[1].partition("=")[2])
            os.chown(self.folder, user, -1)
        self._run("initdb", "-D", self.data, "-U", "chef", "-A", "trust", "--no-sync", "-E", "UTF8",
                  "--locale=C.UTF-8")  # fmt: skip
        with (self.data / "pg_hba.conf").open("w") as rules:
            rules.write("local all chef trust\nlocal all all scram-sha-256\n")
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(
                f"listen_addresses = ''\nunix_socket_directories = '{self.folder}'\n"
                "fsync = off\nshared_buffers = 32MB\nmax_connections = 40\n"
            )
        self.start()

    @property
    def data(self):
        return self.folder / "data"

    def _run(self, program, *words):
        done = subprocess.run(  # noqa: S603 - programs of this machine
            [*self.begin, self.programs / program, *words],
            cwd=self.folder, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            pytest.skip(f"PostgreSQL ne démarre pas ici : {done.stderr.strip()[-300:]}")

    def start(self):
        self._run("pg_ctl", "-D", self.data, "-w", "-l", self.folder / "log", "start")

    def stop(self):
        self._run("pg_ctl", "-D", self.data, "-w", "-m", "immediate", "stop")

    def close(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def connect(self, base="atlas"):
        """Connect as who may do anything."""
        return psycopg.connect(
            host=str(self.folder), user="chef", dbname=base, autocommit=True, connect_timeout=5
        )

    def make_base(self):
        """Make the database, and an account that owns nothing but may make a schema in it."""
        with self.connect("postgres") as chief:
            chief.execute(f"CREATE ROLE atlas LOGIN PASSWORD '{PASSWORD}'")
            chief.execute("CREATE DATABASE atlas")
        with self.connect() as chief:
            chief.execute("CREATE EXTENSION postgis")
            chief.execute("GRANT CREATE ON DATABASE atlas TO atlas")

    def address(self, password=PASSWORD, base="atlas"):
        return f"postgresql://atlas:{password}@/{base}?host={self.folder}"

    def empty(self):
        with self.connect() as chief:
            chief.execute("DROP SCHEMA IF EXISTS atlas62 CASCADE")
