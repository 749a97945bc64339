"""Who may change what all see once people sign on, the journal of it, and undoing."""

from types import SimpleNamespace

import pytest
from pydantic import SecretStr

from app.data.adoption import adopt
from app.opening.data import open_store
from app.opening.journal import open_journal
from app.settings import Settings
from app.sign_on.permission import Permission
from app.sign_on.person import Person, Role
from app.sign_on.undoing import Undoing
from layers.connectors.votes import SeenVote, SeenVotes
from layers.model.schema import LayerError
from layers.placing.corrections import read_corrections
from layers.store.journal import Change
from tests.layers.store.test_geopackage import described, rows

ROW = ("mairies", "mairie-62139")
PAGE = "/positions/mairies/mairie-62139"
ADA = "Ada Dupont <a.dupont@exemple.fr>"


def correct(visitor, reason="Vu sur place", **form):
    return visitor.post(PAGE, **{"choix": "1", "raison": reason, "par": "Un faux nom"} | form)


@pytest.fixture
def planner(visitor):
    visitor.sign_on()
    return visitor


@pytest.fixture
def operator(browse):
    visitor = browse()
    visitor.provider.person |= {"sub": "7", "email": "chef@exemple.fr", "given_name": "Zoé"}
    visitor.sign_on()
    return visitor


def test_who_is_not_signed_on_or_has_no_role_corrects_nothing(visitor, make, browse, choices):
    for settings in ({}, {"corrections": "ouvertes"}):  # the role decides, no setting beside it
        stranger = browse(make(**settings))
        refused = correct(stranger)
        assert refused.status_code == 403
        assert "connectez-vous" in refused.text
        assert "Enregistrer" not in stranger.get(PAGE).text
    visitor.provider.person["email"] = "lecteur@exemple.fr"
    visitor.sign_on()
    assert correct(visitor).status_code == 403
    assert ROW not in read_corrections(choices["data"])


def test_a_correction_is_signed_by_the_person_and_stands_in_the_journal(planner, choices, server):
    assert f"Signé&nbsp;: {ADA.replace('<', '&lt;').replace('>', '&gt;')}" in planner.get(PAGE).text
    assert correct(planner).status_code == 303
    held = read_corrections(choices["data"])[ROW]
    assert held.said_by == ADA
    (line,) = server.permission.journal.lines()
    assert (line.number, line.change.who, line.change.kind) == (1, ADA, "correction")
    assert line.change.subject == "position:mairies/mairie-62139"
    assert "Vu sur place" in line.change.what
    assert line.change.before == {}
    assert line.change.after["said_by"] == ADA
    assert line.moment.endswith("+00:00")


def test_the_operator_reads_and_undoes_and_nobody_else(planner, operator, choices, server):
    correct(planner)
    correct(planner, "Plan de la mairie", choix="autre", longitude="2,25", latitude="50,72",
            precision="site")  # fmt: skip
    assert "Plan de la mairie" not in planner.get("/journal").text
    assert planner.post("/journal/2/annuler").status_code == 403
    journal = operator.get("/journal")
    assert journal.headers["Cache-Control"] == "private, no-store"
    assert "Plan de la mairie" in journal.text
    assert "Code commune&nbsp;: 62139" in journal.text
    assert "commune_code" not in journal.text
    elsewhere = operator.post("/journal/2/annuler", origin="https://ailleurs.example")
    assert elsewhere.status_code == 403
    early = operator.post("/journal/1/annuler")
    assert early.status_code == 422
    assert "changé depuis par la ligne 2" in early.text
    assert operator.post("/journal/2/annuler").status_code == 303
    assert read_corrections(choices["data"])[ROW].reason == "Vu sur place"
    assert operator.post("/journal/1/annuler").status_code == 303
    assert ROW not in read_corrections(choices["data"])
    for number, said in ((1, "déjà annulée"), (3, "ne s’annule pas"), (99, "absente")):
        again = operator.post(f"/journal/{number}/annuler")
        assert again.status_code == 422
        assert said in again.text
    assert [line.undone for line in reversed(server.permission.journal.lines())] == [
        4, 3, None, None,
    ]  # fmt: skip
    assert correct(planner, "De nouveau").status_code == 303
    assert read_corrections(choices["data"])[ROW].reason == "De nouveau"


def test_what_was_corrected_by_command_since_is_not_undone(planner, operator, choices):
    correct(planner)
    path = choices["data"] / "positions.csv"
    last = path.read_text(encoding="utf-8").splitlines()[-1]
    path.write_text(f"{path.read_text(encoding='utf-8')}{last.replace('Vu sur place', 'Autre')}\n",
                    encoding="utf-8")  # fmt: skip
    refused = operator.post("/journal/1/annuler")
    assert refused.status_code == 422
    assert "corrigée autrement depuis" in refused.text
    assert read_corrections(choices["data"])[ROW].reason == "Autre"


def test_a_journal_that_cannot_be_written_keeps_the_change_from_being_made(planner, choices):
    journal = choices["store"].parent / "journal.sqlite"
    journal.parent.mkdir(exist_ok=True)
    journal.write_bytes(b"this is no database, and long enough to be looked at" * 100)
    answer = correct(planner)
    assert answer.status_code == 400
    assert "journal ne peut pas être écrit" in answer.text
    assert ROW not in read_corrections(choices["data"])


def test_drafts_are_for_planners(planner, browse, choices):
    seen = SeenVotes(choices["store"].parent / "sources")
    (seen.folder / "brouillons/2026-01-01-abc").mkdir(parents=True)
    seen.remember(
        "x", {"0" * 64: SeenVote("Vote.pdf", "0" * 64, "", "2026-01-01-abc", "n° 2026-1")}
    )
    assert "Vote.pdf" in planner.get("/journal").text
    assert browse().get("/journal").status_code == 401
    planner.provider.person = {"sub": "9", "email": "lecteur@exemple.fr"}
    reader = browse()
    reader.sign_on()
    assert reader.get("/journal").status_code == 403


def permission_of(settings, who):
    return Permission(settings, lambda: who)


@pytest.fixture(params=["file", "postgis"])
def adopting(request, choices, tmp_path):
    """Adopt a layer as somebody, without the map; give the store and what is adopted by whom."""
    if request.param == "postgis":
        choices["store"] = SecretStr(request.getfixturevalue("database").address())
    settings = Settings(**choices)
    store, journal = open_store(settings), open_journal(settings)
    readers = SimpleNamespace(
        store=store, shared=SimpleNamespace(catalogue=SimpleNamespace(layers={}))
    )

    def act(who, count=3, asked="", folder="a"):
        room = tmp_path / folder
        room.mkdir(exist_ok=True)
        own = SimpleNamespace(edited=lambda _: (described("lieux"), rows(count)))
        session = SimpleNamespace(store=own, folder=SimpleNamespace(name="0123456789abcdef"))
        job = SimpleNamespace(layer_id="lieux", folder=room)
        adopt(readers, session, job, permission_of(settings, who), asked)

    undoing = Undoing(journal, store, settings.data)
    return SimpleNamespace(store=store, act=act, journal=journal, undoing=undoing)


def test_an_adoption_is_noted_replaced_by_the_same_person_and_undone(adopting):
    ada, bob = (Person(f"x {name}", name, "", Role.PLANNER) for name in ("Ada", "Bob"))
    adopting.act(ada, 3)
    source = adopting.store.adoptions()["lieux"].source
    assert source not in {"", "0123456789ab"}
    with pytest.raises(Exception, match="n’a pas été adoptée"):
        adopting.act(bob, 5, "lieux", "b")
    adopting.act(ada, 4, "lieux", "c")  # from another browser as well
    replacing, first = adopting.journal.lines()
    assert first.change.before == {}
    assert replacing.change.before["rows"] == 3
    assert replacing.change.after["rows"] == 4
    adopting.undoing.undo(2, "Zoé")
    held = adopting.store.adoptions()["lieux"]
    assert (held.rows, held.source) == (3, source)
    assert len(adopting.store.read(held.description)) == 3
    adopting.undoing.undo(1, "Zoé")
    assert adopting.store.adoptions() == {}
    assert [line.change.who for line in adopting.journal.lines()] == ["Zoé", "Zoé", "Ada", "Ada"]


def test_the_operator_replaces_what_anybody_adopted(adopting):
    adopting.act(Person("x Ada", "Ada", "", Role.PLANNER), 3)
    adopting.act(Person("x Zoé", "Zoé", "", Role.OPERATOR), 6, "lieux", "b")
    assert adopting.store.adoptions()["lieux"].rows == 6


@pytest.mark.parametrize("adopting", ["file"], indirect=True)
def test_a_layer_whose_backup_is_gone_is_not_undone(adopting):
    ada = Person("x Ada", "Ada", "", Role.PLANNER)
    adopting.act(ada, 3)
    adopting.act(ada, 4, "lieux", "b")
    for backup in adopting.store.backups():
        adopting.store.kept.path_of(backup).unlink()
    with pytest.raises(LayerError, match="n’est plus là"):
        adopting.undoing.undo(2, "Zoé")
    assert adopting.store.adoptions()["lieux"].rows == 4
    assert len(adopting.journal.lines()) == 2


def test_what_is_undone_by_a_command_says_which(adopting):
    adopting.journal.note(Change("op", "source", "source:lycees", "Prend lycees.", {}, {}))
    with pytest.raises(LayerError, match="--revenir"):
        adopting.undoing.undo(1, "Zoé")
