"""What a fiche says in words: services on their side, a description with its list, no person."""

FICHE = """Fiche opération n°1

Construction d’un moulin

A – GENERAL

Référents de l’opération :

- Conseil départemental : Maison du Département et de
l’Aménagement
- Madame Irène Fable, Direction des moulins
- Commune : Services techniques
- Jean CONTEUR

B – DESCRIPTION DU PROJET

Contexte :
Le moulin tourne
sans eau.

Descriptif détaillé :
Un bief de 12 m.
"""


def test_services_stand_on_their_side_and_persons_are_left_out_and_told(read):
    draft = read(FICHE)
    (operation,) = draft.operations
    assert operation.referents_departement == ["Maison du Département et de l’Aménagement"]
    assert operation.referents_partenaire == ["Services techniques"]
    told = [remark.lignes for remark in draft.remarques if remark.regle == "personne-nommée"]
    assert told == [[11], [13]]


def test_a_description_without_a_list_is_its_first_paragraph(read):
    (operation,) = read(FICHE).operations
    assert operation.contexte == "Le moulin tourne sans eau."
    assert operation.descriptif == ["Un bief de 12 m"]
    assert operation.sources["contexte"].ligne == 18
    assert operation.ingenierie == []
