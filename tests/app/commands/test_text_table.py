from app.commands.text_table import NONE, write_table


def test_numbers_stand_on_the_right_and_words_on_the_left():
    lines = list(write_table(("Commune", "Habitants"), [("Arras", "42 600"), ("Sarton", "182")]))
    assert lines == [
        "Commune  Habitants",
        "Arras       42 600",
        "Sarton         182",
    ]


def test_a_cell_without_a_value_leaves_its_column_as_it_is():
    assert list(write_table(("", "Temps"), [("1", "9,5"), ("2", NONE)])) == [
        "   Temps",
        "1    9,5",
        "2      –",
    ]


def test_a_table_without_rows_is_its_heading():
    assert list(write_table(("EPCI", "Part"), [])) == ["EPCI  Part"]
