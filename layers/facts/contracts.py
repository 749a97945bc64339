"""The tables of ``data/contracts``: contracts, operations and what their documents print."""

from typing import Final

from layers.documents.register import DOCUMENT, LINE
from layers.model.schema import Field
from layers.model.tables import Table


def _line(name: str, label: str) -> Field:
    return Field(name, label, "Ligne de la version texte du document.", "int")


def _line_if_said(name: str, label: str) -> Field:
    return Field(name, label, "Ligne de la version texte du document.", "int", nullable=True)


def _money(name: str, label: str) -> Field:
    return Field(name, label, "Montant imprimé.", "money", unit="€")


_OPERATION: Final = Field("operation", "Opération", "Identifiant de l’opération.")

CONTRACTS: Final = Table(
    "contracts/contracts.csv",
    (
        Field("id", "Identifiant", "Identifiant du contrat."),
        Field(
            "kind", "Nature", "Contrat de territoire ou de ville.", allowed=("territoire", "ville")
        ),
        Field("perimeter", "Périmètre", "Périmètre du partenaire : EPCI ou commune."),
        Field("partner", "Partenaire", "Partenaire tel que le document l’écrit."),
        Field("start_year", "Début", "Première année du contrat.", "int"),
        Field("end_year", "Fin", "Dernière année du contrat.", "int"),
        Field("axes", "Axes", "Axes de travail partagés.", "list", nullable=True),
        Field("vote_date", "Vote", "Date du vote par le Conseil départemental.", "date"),
        Field("deliberation", "Délibération", "Numéro de la délibération."),
        DOCUMENT,
        LINE,
        _line_if_said("axes_line", "Ligne des axes"),
        Field("remark", "Remarque", "Ce qu’il faut savoir de la ligne.", nullable=True),
    ),
    key="id",
)

OPERATIONS: Final = Table(
    "contracts/operations.csv",
    (
        Field("id", "Identifiant", "Délibération, contrat et numéro de fiche."),
        Field("number", "Fiche", "Numéro de la fiche opération dans son contrat.", "int"),
        Field("title", "Opération", "Intitulé de l’opération."),
        Field("contract", "Contrat", "Contrat auquel l’opération est rattachée."),
        Field("owner", "Maître d’ouvrage", "Pour qui l’opération est réalisée."),
        _line_if_said("owner_line", "Ligne du maître d’ouvrage"),
        Field("delegate", "Mandataire", "Qui la réalise pour lui.", nullable=True),
        _line_if_said("delegate_line", "Ligne du mandataire"),
        Field("communes", "Communes", "Codes des communes de l’opération.", "list"),
        Field("place", "Lieu", "Lieu, dans les mots de la fiche."),
        _line_if_said("place_line", "Ligne du lieu"),
        Field(
            "fit",
            "FIT",
            "Subvention du Fonds d’innovation territorial, votée.",
            "money",
            unit="€",
            aggregate="sum",
        ),
        _line("fit_line", "Ligne du FIT"),
        Field(
            "total_cost",
            "Coût total HT",
            "Total des dépenses du plan de financement.",
            "money",
            unit="€",
            aggregate="sum",
        ),
        Field(
            "total_receipts",
            "Total des recettes",
            "Total des recettes, tel qu’imprimé.",
            "money",
            unit="€",
            aggregate="sum",
        ),
        _line("total_line", "Ligne des totaux"),
        Field("article", "Article", "Article de la délibération qui attribue le FIT.", "int"),
        _line("article_line", "Ligne de l’article"),
        Field("budget_code", "Code budgétaire", "Ligne du budget qui porte la dépense."),
        Field("axes", "Axes", "Axes du contrat que la fiche cite.", "list", nullable=True),
        _line_if_said("axes_line", "Ligne des axes"),
        _line("title_line", "Ligne de l’intitulé"),
        Field("remark", "Remarque", "Ce qu’il faut savoir de l’opération.", nullable=True),
        DOCUMENT,
    ),
    key="id",
)

FINANCING: Final = Table(
    "contracts/financing.csv",
    (
        _OPERATION,
        Field("side", "Côté", "Dépense ou recette.", allowed=("depense", "recette")),
        Field("rank", "Rang", "Rang dans le plan.", "int"),
        Field("label", "Libellé", "Libellé tel que le plan l’écrit."),
        Field("parent", "Ligne mère", "Ligne que celle-ci détaille.", nullable=True),
        Field("funder", "Financeur", "Qui paie la recette.", nullable=True),
        Field("programme", "Programme", "Programme du financeur.", nullable=True),
        Field("amount", "Montant HT", "Montant tel que le plan l’écrit.", "money", unit="€"),
        DOCUMENT,
        LINE,
    ),
)

CALENDAR: Final = Table(
    "contracts/calendar.csv",
    (
        _OPERATION,
        Field("step", "Étape", "Étape du calendrier prévisionnel."),
        Field("date", "Date", "Date telle que la fiche l’écrit."),
        Field("comment", "Commentaire", "Ce que la fiche dit de l’étape.", nullable=True),
        DOCUMENT,
        LINE,
    ),
)

PACTS: Final = Table(
    "contracts/pacts.csv",
    (
        _OPERATION,
        Field("pact", "Pacte", "Pacte départemental."),
        Field("ambition", "Ambition", "Numéro de l’ambition dans son pacte.", "int"),
        Field("label", "Libellé", "Libellé de l’ambition."),
        DOCUMENT,
        LINE,
    ),
)

BUDGET: Final = Table(
    "contracts/budget.csv",
    (
        Field("code", "Code", "Code de l’opération budgétaire."),
        Field("imputation", "Imputation", "Chapitre et article du budget.", nullable=True),
        Field("label", "Libellé", "Libellé de l’opération budgétaire."),
        _money("programme_authorisation", "Autorisation de programme"),
        _money("available", "Disponible"),
        _money("proposed", "Proposé"),
        _money("balance", "Solde"),
        DOCUMENT,
        LINE,
    ),
)

RESTATEMENTS: Final = Table(
    "contracts/restatements.csv",
    (
        Field("place", "Endroit", "Partie du document."),
        Field("subject", "Sujet", "Opération, code budgétaire ou total."),
        Field("measure", "Mesure", "Ce qui est redit."),
        Field("value", "Valeur", "Ce qui est imprimé."),
        DOCUMENT,
        LINE,
    ),
)

CONVENTIONS: Final = Table(
    "contracts/conventions.csv",
    (
        _OPERATION,
        Field("dateConvention", "Date de la convention", "Jour de sa signature.", nullable=True),
        Field("idBeneficiaire", "SIRET du bénéficiaire", "Quatorze chiffres.", nullable=True),
        Field("datesPeriodeVersement", "Versement", "Jour ou période du versement.", nullable=True),
        Field("notificationUE", "Notification UE", "« oui » ou « non ».", nullable=True),
        Field("dispositifAide", "Dispositif", "Nom du dispositif d’aide.", nullable=True),
    ),
    key="operation",
)

ASSOCIATIONS: Final = Table(
    "contracts/associations.csv",
    (
        _OPERATION,
        Field(
            "commune", "Commune", "Code de la commune que la fiche nomme, et qui n’est pas le lieu."
        ),
        Field(
            "role",
            "Rôle",
            "Ce que la fiche en dit : partenaire associé, ou but de l’opération.",
            allowed=("partenaire", "objectif"),
        ),
        DOCUMENT,
        LINE,
    ),
)

JOURNAL: Final = Table(
    "contracts/deliberations/journal.csv",
    (
        Field("date", "Moment", "Moment de l’adoption, ISO 8601."),
        Field("par", "Par", "Qui a adopté."),
        Field("brouillon", "Brouillon", "Fichier qui a été adopté."),
        Field("document", "Document", "Fichier de la délibération.", nullable=True),
        Field("sha256", "Empreinte", "Empreinte de ce fichier.", nullable=True),
        Field("deliberation", "Délibération", "Nom sous lequel elle est tenue."),
    ),
)
