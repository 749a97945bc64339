"""The command line as a person has it: what was typed gives an exit code and two streams."""

import pytest
from click.testing import CliRunner, Result

from app.__main__ import main


@pytest.fixture
def atlas62(logs_as_before):  # noqa: ARG001 - undone after the command
    """Run the program with the given words."""

    def run(*words: str) -> Result:
        result = CliRunner().invoke(main, list(words), prog_name="atlas62")
        assert "Traceback" not in result.output
        return result

    return run
