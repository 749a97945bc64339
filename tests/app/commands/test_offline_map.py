def test_one_file_is_written_and_its_sources_are_told(atlas62, tmp_path):
    path = tmp_path / "carte.html"
    result = atlas62("carte-hors-ligne", "--perimetre", "commune:62193", "--sortie", str(path))
    assert result.exit_code == 0
    assert path.read_bytes().startswith(b"<!DOCTYPE html>")
    assert "Calais" in result.stdout
    assert "Source à citer" in result.stdout
    assert [file.name for file in tmp_path.iterdir()] == ["carte.html"]


def test_what_is_unknown_is_told_and_nothing_is_written(atlas62, tmp_path):
    path = tmp_path / "carte.html"
    words = ("carte-hors-ligne", "--sortie", str(path), "--perimetre")
    for more, word in (
        (("epci:123456789",), "123456789"),
        (("contrat:nul",), "nul"),
        (("commune:62193", "--couches", "piscines"), "piscines"),
        (("commune:62193", "--indicateur", "bonheur"), "bonheur"),
    ):
        result = atlas62(*words, *more)
        assert result.exit_code == 1
        assert word in result.stderr
    assert not path.exists()
