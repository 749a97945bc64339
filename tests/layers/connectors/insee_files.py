"""Tables of Insee in the form of Melodi, made of the embedded rows, in an archive with codes."""

import csv
import io
import zipfile

from app.settings import EMBEDDED_DATA
from layers.population.ages import AGES, GROUPS
from layers.population.income import INCOME

CENSUS_HEADER = ("GEO", "GEO_OBJECT", "AGE", "SEX", "RP_MEASURE", "TIME_PERIOD", "OBS_VALUE")
INCOME_HEADER = (
    *("FILOSOFI_MEASURE", "GEO", "GEO_OBJECT", "UNIT_MEASURE", "CONF_STATUS", "OBS_STATUS"),
    *("UNIT_MULT", "TIME_PERIOD", "OBS_VALUE"),
)
AGES_OF = ("Y_LT15", "Y15T29", "Y30T44", "Y45T59", "Y60T74", "Y75T89", "Y_GE90")
MEASURES = {
    "median": "MED_SL",
    "poverty_rate": "PR_MD60",
    "first_decile": "D1_SL",
    "ninth_decile": "D9_SL",
}


def census_rows(year="2023"):
    """Return the embedded inhabitants as of a year, others of 2012, and those of a département."""
    rows = [{"GEO": "62", "GEO_OBJECT": "DEP", "AGE": "_T", "SEX": "_T", "TIME_PERIOD": year,
             "OBS_VALUE": "1460000"}]  # fmt: skip
    for told in AGES.texts(EMBEDDED_DATA).to_dict("records"):
        of = {"GEO": told["commune_code"], "GEO_OBJECT": "COM", "SEX": "_T", "TIME_PERIOD": year}
        counts = [(code, told[name]) for code, name in zip(AGES_OF, GROUPS, strict=True)]
        for age, count in [*counts, ("_T", told["population"])]:
            rows.append({**of, "AGE": age, "OBS_VALUE": count})
        rows.append({**of, "SEX": "F", "AGE": "_T", "OBS_VALUE": "1"})
        rows.append({**of, "TIME_PERIOD": "2012", "AGE": "_T", "OBS_VALUE": "2"})
    return rows


def income_rows(year="2023"):
    """Return the embedded incomes as of a year; what is withheld has a line without a value."""
    return [
        {
            "FILOSOFI_MEASURE": measure,
            "GEO": told["commune_code"],
            "GEO_OBJECT": "COM",
            "CONF_STATUS": "F" if told[name] else "C",
            "TIME_PERIOD": year,
            "OBS_VALUE": told[name],
        }
        for told in INCOME.texts(EMBEDDED_DATA).to_dict("records")
        for name, measure in MEASURES.items()
    ]


def as_melodi(rows, header):
    """Return the archive: the table, and beside it that of its codes."""
    text = io.StringIO()
    writer = csv.DictWriter(text, header, restval="", delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("DS_X_data.csv", text.getvalue())
        file.writestr("DS_X_metadata.csv", "COD_VAR;LIB_VAR\nGEO;Géographie\n")
    return archive.getvalue()
