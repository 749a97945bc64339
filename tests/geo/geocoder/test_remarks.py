import pytest


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("Lens", ""),
        ("62307 Lens Cedex", ""),
        ("62000 Lens", "Code postal lu « 62000 », attendu 62300."),
        ("Bétuhne", "« betuhne » compris comme Béthune."),
        (
            "Marconne",
            "Marconne fait partie de Hesdin-la-Forêt depuis le 1er janvier 2025.",
        ),
        (
            "Hénin-Liétard",
            "Hénin-Liétard : ancien nom, changé le 1er janvier 1971 ; aujourd’hui Hénin-Beaumont.",
        ),
        (
            "62549",
            "Marconne (62549) fait partie de Hesdin-la-Forêt (62447) depuis le 1er janvier 2025.",
        ),
        ("62193", "Reconnue par son code Insee."),
        ("Cap Gris-Nez", "Lieu connu, dans la commune : Audinghen."),
    ],
)
def test_what_must_be_known_of_an_answer_is_said(geocoder, text, remark):
    assert geocoder.geocode(text).remark == remark


def test_unsure_answer_names_the_others(geocoder):
    place = geocoder.geocode("62990")
    assert place.confidence < 0.9
    assert place.remark.startswith("Commune non reconnue : une de celles du code postal.")
    assert f"autres possibilités : {place.alternatives[0].name}" in place.remark
