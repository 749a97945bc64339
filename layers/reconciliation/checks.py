"""Every check of the project: one line tells it, one function makes its confrontations."""

from typing import Final

from layers.reconciliation import (
    adopted_rows,
    calendars,
    grants,
    orders_of_size,
    plans,
    printed_figures,
    readings,
    said_twice,
    territories,
)
from layers.reconciliation.acceptance import FIGURES
from layers.reconciliation.confrontation import Check

TYPED: Final = ("imprimé", "saisi")

CHECKS: Final[tuple[Check, ...]] = (
    Check(
        "fit-total",
        "Le FIT des opérations fait le total du tableau récapitulatif",
        grants.confront_total,
    ),
    Check(
        "fit-articles",
        "Les montants des articles font le total du tableau récapitulatif",
        grants.confront_articles,
    ),
    Check(
        "fit-tableau", "Les lignes du tableau récapitulatif font son total", grants.confront_table
    ),
    Check(
        "fit-reprises",
        "Le FIT de chaque opération est le même partout où il est imprimé",
        grants.confront_restatements,
        ("imprimé", "fiche"),
    ),
    Check(
        "fit-plan",
        "Le FIT du plan de financement est celui de l’opération",
        grants.confront_plans,
        ("plan", "opération"),
    ),
    Check(
        "budget",
        "Chaque ligne du budget porte le FIT de ses opérations",
        grants.confront_budget,
    ),
    Check(
        "budget-solde",
        "Le solde de chaque ligne du budget est le disponible moins la proposition",
        grants.confront_balances,
    ),
    Check(
        "budget-article",
        "L’article du budget redit les lignes du rapport",
        grants.confront_budget_article,
        ("article", "rapport"),
    ),
    Check(
        "depenses", "Les dépenses de chaque plan font leur total imprimé", plans.confront_expenses
    ),
    Check(
        "recettes", "Les recettes de chaque plan font leur total imprimé", plans.confront_receipts
    ),
    Check(
        "equilibre",
        "Les deux totaux de chaque plan sont égaux",
        plans.confront_sides,
        ("recettes", "dépenses"),
    ),
    Check(
        "details",
        "Les lignes de détail d’un plan font la ligne qu’elles détaillent",
        plans.confront_details,
    ),
    Check(
        "lignes-meres",
        "Toute ligne de détail a sa ligne mère dans le plan",
        plans.confront_orphans,
        ("ligne mère", "trouvée"),
    ),
    Check(
        "plafond",
        "Les aides publiques ne dépassent pas 80 % du coût",
        plans.confront_ceilings,
        ("aides publiques", "plafond"),
    ),
    Check(
        "financeurs",
        "Le financeur de chaque recette est celui que son libellé dit",
        plans.confront_funders,
        ("libellé", "saisi"),
    ),
    Check(
        "lecture-plans",
        "Chaque montant d’un plan se lit sur sa ligne",
        readings.confront_plan_lines,
        TYPED,
    ),
    Check(
        "lecture-operations",
        "Le FIT et les totaux de chaque opération se lisent sur leurs lignes",
        readings.confront_operations,
        TYPED,
    ),
    Check(
        "lecture-budget",
        "Chaque montant du budget se lit sur sa ligne",
        readings.confront_budget,
        TYPED,
    ),
    Check(
        "lecture-reprises",
        "Chaque valeur imprimée une autre fois se lit sur sa ligne",
        readings.confront_restatements,
        TYPED,
    ),
    Check(
        "lecture-dates",
        "Chaque date d’un calendrier se lit sur sa ligne",
        readings.confront_dates,
        TYPED,
    ),
    Check(
        "dates",
        "Chaque date d’un calendrier a un sens, avec sa précision",
        calendars.confront_readings,
        ("imprimé", "compris"),
    ),
    Check(
        "debut-vote",
        "Aucune opération n’a commencé avant son vote",
        calendars.confront_starts,
        ("début", "vote"),
    ),
    Check(
        "ordre-dates",
        "Les étapes d’une opération se suivent",
        calendars.confront_order,
        ("étape", "étape d’avant"),
    ),
    Check(
        "nombres",
        "Les nombres de contrats et d’opérations sont ceux du rapport",
        territories.confront_counts,
    ),
    Check(
        "territoires",
        "Le territoire imprimé de chaque opération est celui de sa commune",
        territories.confront_names,
    ),
    Check(
        "communes",
        "Les communes de chaque territoire, en 2024, sont autant que l’imprimé",
        territories.confront_communes,
        ("imprimé", "compté"),
    ),
    Check(
        "colleges",
        "Les collèges publics de chaque territoire sont autant que l’imprimé",
        territories.confront_colleges,
        ("imprimé", "compté"),
    ),
    Check(
        "eleves",
        "Les élèves que les documents impriment sont ceux de la liste des collèges",
        said_twice.confront_pupils,
        ("imprimé", "liste"),
    ),
    Check(
        "communes-quartiers",
        "Les communes des contrats de ville sont celles que touche un quartier prioritaire",
        said_twice.confront_towns,
        ("imprimé", "liste"),
    ),
    Check(
        "habitants-quartiers",
        "Les habitants des quartiers prioritaires que les documents impriment sont ceux de 2020",
        said_twice.confront_district_people,
        ("imprimé", "recensé"),
    ),
    Check(
        "dit-deux-fois",
        "Ce que les documents disent deux fois est dit pareil",
        said_twice.confront_sayings,
        ("ici", "ailleurs"),
    ),
    Check(
        "montants-moyens",
        "Les montants d’APA et de PCH des livrets sont un nombre de bénéficiaires × une moyenne",
        said_twice.confront_averages,
        ("imprimé", "produit"),
    ),
    Check(
        "unite-surface",
        "La surface de plancher du Département est celle d’un patrimoine",
        orders_of_size.confront_floor,
        ("imprimé", "au moins"),
    ),
    Check(
        "rsa-mois",
        "Le RSA qu’un livret date d’un mois est celui d’un mois",
        orders_of_size.confront_months,
        ("imprimé", "un mois"),
    ),
    Check(
        "redit-du-departement",
        "Ce que chaque livret redit du département n’est attribué à aucune intercommunalité",
        orders_of_size.confront_repeated,
        ("livret", "département"),
    ),
    Check(
        "college-ferme",
        "Le collège fermé en partie a les élèves et le rang que le rapport dit",
        orders_of_size.confront_college,
        ("imprimé", "liste"),
    ),
    Check(
        "totaux",
        "Les tables ont autant de lignes que le monde en a",
        territories.confront_totals,
        ("connu", "compté"),
    ),
    Check(
        "tables",
        "Les tables tiennent chaque ligne des délibérations adoptées",
        adopted_rows.confront_rows,
        ("délibération", "table"),
    ),
    Check(
        FIGURES,
        "Les chiffres imprimés s’accordent entre eux et avec la carte",
        printed_figures.confront_figures,
    ),
)
"""In the order in which people read them: the money first."""
