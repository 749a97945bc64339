import pytest

from app.jobs.workshop import Workshop


@pytest.fixture(autouse=True)
def closed_workshop(monkeypatch):
    """Let nothing be drawn: these tests look at what is asked."""
    monkeypatch.setattr(Workshop, "wake", lambda _: None)
