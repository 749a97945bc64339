"""The legend of gaps: what its columns are, and where the threshold stands among the classes."""

from app.gaps.legend import render_legend_table
from app.parts.markup import text_of


def test_the_threshold_stands_between_the_near_classes_and_the_far():
    classes = [(f"#00000{rank}", f"classe {rank}", rank + 60) for rank in range(5)]
    text = text_of(
        render_legend_table("Temps", "min", classes, "au-delà du seuil", [("hatched", "hors", 7)])
    )
    told = ("Couleur", "Classe", "communes", "classe 2", "au-delà du seuil", "classe 3", "hors")
    places = [text.index(words) for words in told]
    assert places == sorted(places)
