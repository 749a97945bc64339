import json
import logging

import pytest
import structlog

from app.log import set_up_logs

pytestmark = pytest.mark.usefixtures("logs_as_before")


def test_an_event_is_one_line_of_json(capsys):
    set_up_logs("INFO")
    structlog.get_logger("layers").info("layer_loaded", layer="colleges", rows=157)
    record = json.loads(capsys.readouterr().err)
    assert record["event"] == "layer_loaded"
    assert record["rows"] == 157
    assert record["level"] == "info"
    assert record["logger"] == "layers"
    assert record["timestamp"].endswith("Z")


def test_the_standard_library_logs_in_the_same_form(capsys):
    set_up_logs("INFO")
    try:
        int("étrange")
    except ValueError:
        logging.getLogger("werkzeug").exception("failed %s", "here")
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    record = json.loads(lines[0])
    assert record["event"] == "failed here"
    assert "étrange" in record["exception"]


def test_what_is_below_the_level_is_not_written(capsys):
    set_up_logs("WARNING")
    structlog.get_logger("app").info("quiet")
    logging.getLogger("app").info("quiet")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("level", "heard"), [("INFO", False), ("DEBUG", True)])
def test_libraries_speak_up_for_warnings_only_unless_all_is_wanted(capsys, level, heard):
    set_up_logs(level)
    logging.getLogger("pyogrio._io").info("Created 3 records")
    structlog.get_logger("app.server").info("request")
    written = capsys.readouterr().err
    assert ("Created" in written) is heard
    assert "request" in written


def test_a_terminal_gets_lines_for_eyes(capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    set_up_logs("INFO")
    structlog.get_logger("app").info("layer_loaded", rows=157)
    line = capsys.readouterr().err
    assert "layer_loaded" in line
    assert not line.startswith("{")


def test_what_strangers_send_does_not_fill_the_log(capsys):
    set_up_logs("INFO")
    sent = "x" * 1_000_000
    structlog.get_logger("app").info("request", body=sent, parts=[sent, sent], bytes=10**9)
    logging.getLogger("werkzeug").warning("refused %s", sent)
    try:
        {}[sent]
    except KeyError:
        structlog.get_logger("app").exception("failed")
        logging.getLogger("werkzeug").exception("failed")
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 4
    assert max(map(len, lines)) < 12_000
    assert "KeyError" in lines[2]
    assert "KeyError" in lines[3]
    assert json.loads(lines[0])["bytes"] == 10**9
