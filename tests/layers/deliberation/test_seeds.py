"""The votes that were adopted: what the reader gives, and that the data hold exactly that."""

import csv
import random
import re
from decimal import Decimal

import pytest

from layers.deliberation.account import write_account
from layers.deliberation.adoption.differences import differ
from layers.deliberation.adoption.transaction import FOLDER, list_adopted
from layers.deliberation.draft.files import as_record
from layers.deliberation.reader import read_file
from layers.documents.register import DOCUMENTS
from tests.known_totals import FIT
from tests.layers.deliberation.corrections import correct, read_corrections

VOTE = "cd62-2023-534"


@pytest.fixture(scope="module")
def drafts(lines, read):
    return {name: read("\n".join(text)) for name, text in lines.items()}


def rows(data, name):
    with (data / "contracts" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_vote_of_2023(drafts):
    draft = drafts[VOTE]
    act = draft.deliberation
    assert (act.numero, act.date) == ("2023-534", "2023-12-04")
    assert act.objet == "ADOPTION ET MISE EN ŒUVRE DES CONTRATS DE TERRITOIRES 2023-2026"
    assert (act.votes.pour, act.votes.contre, act.votes.abstention) == (76, 0, 0)
    assert len(draft.contrats) == 6
    assert len(draft.operations) == 7
    assert sum(op.montant_fit for op in draft.operations) == FIT
    assert draft.tableau.total == FIT
    assert [line.proposition for line in draft.budget] == [Decimal(762860), Decimal(1115836)]


def test_its_only_wrong_sum_is_the_one_of_fauquembergues(drafts):
    errors = [remark for remark in drafts[VOTE].remarques if remark.niveau == "erreur"]
    assert [(remark.regle, remark.lignes) for remark in errors] == [
        ("somme-recettes", [9462, 9463, 9464, 9471, 9472])
    ]
    assert "0,20" in errors[0].message


def test_its_other_oddities_are_remarks(drafts):
    rules = {remark.regle for remark in drafts[VOTE].remarques}
    assert rules >= {
        "commencée-avant-le-vote",
        "maîtrise-d’œuvre-tardive",
        "plafond-aides-publiques",
        "convention-contradictoire",
        "convention-muette",
        "graphies",
        "axe-absent",
        "axe-inconnu",
        "détail-supposé",
    }
    supposed = [r.lignes for r in drafts[VOTE].remarques if r.regle == "détail-supposé"]
    assert supposed == [[9462, 9463, 9464, 9465], [9467, 9468, 9469]]
    ceiling = next(r for r in drafts[VOTE].remarques if r.regle == "plafond-aides-publiques")
    assert "93,22" in ceiling.message


def test_the_booklets_develop_their_axes_and_name_functions(drafts):
    contracts = {one.partenaire: one for one in drafts[VOTE].contrats}
    assert [len(one.corps_axes) for one in contracts.values()] == [3, 3, 4, 4, 0, 0]
    ternois = contracts["Communauté de communes du Ternois"]
    assert [body.titre for body in ternois.corps_axes] == ternois.axes
    assert [body.sources["titre"].ligne for body in ternois.corps_axes] == [6564, 6645, 6704, 6767]
    for one in contracts.values():
        assert one.signataires[0].lower() == "le président du conseil départemental"
        assert len(one.signataires) == 2
        assert "« Ingénierie 62 »" in one.ingenierie
    said = {
        one.sujet: one.sources["extrait"].ligne
        for one in drafts["cd62-2022-317"].deliberation.dispositions
    }
    assert said == {
        "Qui peut signer": 167,
        "Au fil de l’eau": 179,
        "Argent": 209,
        "Comité de pilotage": 215,
    }


def test_the_agglomerations_vote_on_its_contract(drafts):
    draft = drafts["cabbalr-2023-12-12"]
    assert (draft.deliberation.date, draft.deliberation.numero) == ("2023-12-12", None)
    assert draft.deliberation.votes.mention == "A la majorité absolue"
    (contract,) = draft.contrats
    assert contract.partenaire.endswith("Béthune-Bruay, Artois Lys Romane")
    assert len(contract.axes) == 3
    assert draft.operations == []


def test_the_framework_of_2022(drafts):
    draft = drafts["cd62-2022-317"]
    assert (draft.deliberation.numero, draft.deliberation.votes.pour) == ("2022-317", 78)
    assert draft.contrats == draft.operations == draft.remarques == []


def test_the_activity_report_is_said_to_be_no_deliberation(drafts):
    draft = drafts["cd62-rapport-2022"]
    assert draft.deliberation.nature == "autre document"
    assert [remark.regle for remark in draft.remarques] == ["pas-une-délibération"]
    assert draft.contrats == draft.operations == draft.budget == []


def test_the_partners_of_the_contrats_de_ville(drafts):
    draft = drafts["cd62-2024-90"]
    assert (draft.deliberation.numero, draft.deliberation.date) == ("2024-90", "2024-03-25")
    assert [c.nature for c in draft.contrats] == ["contrat de ville"] * 9
    assert [c.type_partenaire for c in draft.contrats] == ["EPCI"] * 8 + ["commune"]
    assert {c.periode for c in draft.contrats} == {"2024-2030"}


def test_the_data_are_the_reading_and_the_reviewed_corrections(data, drafts):
    corrections = read_corrections(data)
    assert all(correction.motif for correction in corrections)
    digests = DOCUMENTS.read(data).set_index("id")["sha256"]
    adopted = {draft.document.sha256: draft for draft in list_adopted(data)}
    read = {
        digests[name]: draft
        for name, draft in drafts.items()
        if draft.deliberation.nature == "délibération"
    }
    assert set(adopted) == set(read)
    for digest, draft in read.items():
        held = adopted[digest]
        name = draft.deliberation.numero or "2023-12-12-conseil-communautaire"
        corrected = correct(draft, name, corrections)
        assert list(differ(as_record(held), as_record(corrected))) == []
        assert (data / FOLDER / f"{name}.yaml").exists()
    corrected = {correction.deliberation for correction in corrections}
    assert corrected <= {draft.deliberation.numero for draft in read.values()}


def test_whole_documents_give_what_their_kept_lines_give(data, drafts, originals):
    lengths = DOCUMENTS.read(data).set_index("id")["lines"]
    for name, path in originals.items():
        assert path.read_bytes().count(b"\n") == lengths[name]
        whole = read_file(path)
        assert list(differ(as_record(whole), as_record(drafts[name]))) == []
        assert whole.remarques == drafts[name].remarques
        assert whole.citations == drafts[name].citations


def test_the_adopted_vote_is_the_same_as_the_tables_typed_by_hand(data):
    draft = next(d for d in list_adopted(data) if d.deliberation.numero == "2023-534")
    lines = [
        (side, rank, line.libelle, line.parent or "", f"{line.montant:.2f}")
        for operation in draft.operations
        for side, column in (("depense", operation.depenses), ("recette", operation.recettes))
        for rank, line in enumerate(column, start=1)
    ]
    typed = [
        (row["side"], int(row["rank"]), row["label"], row["parent"], row["amount"])
        for row in rows(data, "financing.csv")
    ]
    assert lines == typed
    assert len(lines) == 60
    steps = [
        (step.etape, step.valeur, step.commentaire, step.sources["valeur"].ligne)
        for operation in draft.operations
        for step in operation.calendrier
    ]
    assert steps == [
        (row["step"], row["date"], row["comment"], int(row["line"]))
        for row in rows(data, "calendar.csv")
    ]
    links = {
        (link.pacte, link.ambition, link.libelle, link.sources["ambition"].ligne)
        for operation in draft.operations
        for link in operation.pactes
    }
    assert links == {
        (row["pact"], int(row["ambition"]), row["label"], int(row["line"]))
        for row in rows(data, "pacts.csv")
    }
    assert [op.titre for op in draft.operations] == [
        r["title"] for r in rows(data, "operations.csv")
    ]


def test_adopted_words_are_short_and_name_no_person(data):
    for draft in list_adopted(data):
        words = [text for op in draft.operations for text in (*op.objectifs, *op.engagements)]
        words += [text for contract in draft.contrats for text in contract.realisations]
        words += [one.extrait for one in draft.deliberation.dispositions]
        words += [body.extrait for contract in draft.contrats for body in contract.corps_axes]
        words += [text for op in draft.operations for text in (*op.descriptif, op.contexte)]
        assert all(len(text.removesuffix(" …").split()) <= 25 for text in words)
        assert not re.search(r"\b(?:Monsieur|Madame|Mme|M\.) ", str(as_record(draft)))


DAMAGES = {
    "double spaces": lambda text: text.replace(" ", "  "),
    "straight apostrophes": lambda text: text.replace("’", "'"),
    "ligatures": lambda text: text.replace("fi", "ﬁ").replace("fl", "ﬂ"),
    "no space at line ends": lambda text: "\n".join(line.strip() for line in text.split("\n")),
    "lost page breaks": lambda text: re.sub(r"\s*\n\s*\n(?=[A-F] – )", " ", text),
    "every other line blank": lambda text: text.replace("\n", "\n\n"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_changes_nothing_that_is_read(read, drafts, vote_of_2023, damage):
    draft = read(DAMAGES[damage](vote_of_2023))
    assert list(differ(as_record(drafts[VOTE]), as_record(draft))) == []


@pytest.mark.parametrize("seed", range(6))
def test_a_changed_digit_is_reported_with_its_line(read, drafts, vote_of_2023, seed):
    lines = vote_of_2023.split("\n")
    known = {remark.message for remark in drafts[VOTE].remarques}
    read_lines = sorted({
        trace.ligne
        for operation in drafts[VOTE].operations
        for line in (*operation.depenses, *operation.recettes, operation.totaux)
        for trace in line.sources.values()
    })  # fmt: skip
    chance = random.Random(seed)  # noqa: S311 - a choice that can be made again
    number = chance.choice(read_lines)
    text = lines[number - 1]
    amount = chance.choice(list(re.finditer(r"\d[\d ]*\d(?:,\d\d)?(?= €)", text)))
    place = chance.choice([i for i in range(*amount.span()) if text[i].isdecimal()])
    digit = chance.choice([d for d in "0123456789" if d != text[place]])
    lines[number - 1] = text[:place] + digit + text[place + 1 :]
    found = [r for r in read("\n".join(lines)).remarques if r.message not in known]
    assert any(r.niveau == "erreur" and number in r.lignes for r in found)


def test_the_account_tells_every_reconciliation(drafts):
    account = write_account(drafts[VOTE])
    assert account.count("✗") == 1
    assert account.count("✓") > 50
    assert "n’est pas une délibération" in write_account(drafts["cd62-rapport-2022"])
