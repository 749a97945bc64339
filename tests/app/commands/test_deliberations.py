from app.commands.deliberations import INCOMPLETE


def test_votes_are_written_and_what_is_missing_is_told(atlas62, tmp_path):
    path, matters = tmp_path / "votes.csv", tmp_path / "m.csv"
    words = ("export", "deliberations", "--sortie", str(path))
    result = atlas62(*words)
    assert result.exit_code == INCOMPLETE
    assert path.read_text(encoding="utf-8").startswith("COLL_NOM,COLL_SIRET,DELIB_ID,")
    assert "Délibération 2024-90 : manque DELIB_MATIERE_CODE" in result.stderr

    lines = [f"{number},8.4,inventé" for number in ("2023-534", "2022-317", "2024-90")]
    matters.write_text("\n".join(["numero,code,matiere", *lines]), encoding="utf-8")
    assert atlas62(*words, "--matieres", str(matters)).exit_code == 1  # the file is there already
    result = atlas62(*words, "--matieres", str(matters), "--remplacer")
    assert result.exit_code == 0
    assert path.read_text(encoding="utf-8").count(",8.4,inventé,") == 3
