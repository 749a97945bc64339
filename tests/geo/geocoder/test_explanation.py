from geo.geocoder.evidence_words import MEANINGS


def test_steps_are_told_in_order(geocoder):
    explanation = geocoder.explain("12 rue d’Arras 62300 Lans CEDEX")
    titles = [step.title for step in explanation.steps]
    assert titles == [
        "Normaliser", "Reconnaître", "Rapprocher", "Classer", "Localiser", "Répondre",
    ]  # fmt: skip
    text = str(explanation)
    assert "codes : 62300 (CEDEX)" in text
    assert "« arras » → Arras (62041) (nom, nom exact, nom d’une rue)" in text
    assert "« lens » → Lens (62498)" in text
    assert "aucun d’eux" in text


def test_explanation_ends_with_the_answer_that_is_given(geocoder):
    for text in ("Lens", "Lille", "rien", "CABBALR", "gare de Béthune"):
        place = geocoder.geocode(text)
        last = geocoder.explain(text).steps[-1].lines
        assert (place.commune or place.outside or place.label or "aucun lieu") in last[0]
        assert not place.remark or last[1] == place.remark


def test_clear_name_is_said_to_need_no_search(geocoder):
    assert geocoder.explain("62300 Lens").steps[2].lines == ("inutile : un nom est clair",)


def test_every_weighed_evidence_has_a_french_meaning(geocoder):
    assert set(geocoder.weights) <= set(MEANINGS)


def test_points_shown_add_up_to_the_score(geocoder):
    reading = geocoder.read("62300 Lens")
    best = reading.ranking.candidates[0]
    points = sum(geocoder.weights.get(k, 0) * v for k, v in best.evidence.items())
    assert abs(points - best.score) < 1e-9
