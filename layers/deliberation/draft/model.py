"""What a deliberation says, as a draft that is written, edited and adopted.

The attributes carry the French names of the exchange format, ``deliberation.json``: one name for
one thing from the reader to the file. A value is what the document prints; ``sources`` tells for
each attribute its line and how sure the reader is.
"""

from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from layers.deliberation.draft.values import Euros, Level, Record

DELIBERATION: Final = "délibération"
READING: Final = "lecture"
CHECK: Final = "contrôle"


class Votes(Record):
    """How the assembly voted."""

    pour: int | None = None
    contre: int | None = None
    abstention: int | None = None
    mention: str | None = None


class Article(Record):
    """An article that grants amounts to a beneficiary, or authorises contracts with partners."""

    numero: str
    beneficiaire: str | None = None
    montants: list[Euros] = Field(default_factory=list)
    partenaires: list[str] = Field(default_factory=list)


class Provision(Record):
    """A sentence that holds for all contracts: what it is about, and its first words."""

    sujet: str
    extrait: str


class Act(Record):
    """The deliberation itself."""

    numero: str | None = None
    date: str | None = None
    objet: str | None = None
    assemblee: str | None = None
    nature: str = DELIBERATION
    votes: Votes = Field(default_factory=Votes)
    articles: list[Article] = Field(default_factory=list)
    dispositions: list[Provision] = Field(default_factory=list)


class AxisBody(Record):
    """What a booklet develops of an axis: its heading, and the first words below."""

    titre: str
    extrait: str


class Contract(Record):
    """A contract with one partner.

    ``signataires`` are functions, never persons; ``ingenierie`` is what may be called upon.
    """

    partenaire: str
    type_partenaire: str | None = None
    nature: str = "contrat de territoire"
    periode: str | None = None
    axes: list[str] = Field(default_factory=list)
    corps_axes: list[AxisBody] = Field(default_factory=list)
    ingenierie: str | None = None
    signataires: list[str] = Field(default_factory=list)
    interlocuteurs_departement: list[str] = Field(default_factory=list)
    interlocuteurs_partenaire: list[str] = Field(default_factory=list)
    realisations: list[str] = Field(default_factory=list)
    zoom: str | None = None
    graphies: list[str] = Field(default_factory=list)
    joint: bool = True


class Expense(Record):
    """A line of the expenses; ``parent`` is the label of the line it details."""

    libelle: str
    montant: Euros | None = None
    parent: str | None = None


class Receipt(Record):
    """A line of the receipts, its funder and programme classed."""

    libelle: str
    financeur: str
    programme: str = ""
    montant: Euros | None = None
    parent: str | None = None


class Totals(Record):
    """The printed totals of a plan."""

    depenses: Euros | None = None
    recettes: Euros | None = None


class Milestone(Record):
    """A step of the calendar: the printed date and the days it can mean."""

    etape: str
    valeur: str | None = None
    debut: str | None = None
    fin: str | None = None
    precision: str | None = None
    commentaire: str = ""


class PactLink(Record):
    """A link to an ambition of one of the pacts of the Département."""

    pacte: str
    ambition: int | None = None
    libelle: str = ""


class Operation(Record):
    """An operation, as its fiche tells it.

    ``communes`` (code or name, the one where it stands first) and ``code_budgetaire`` are never
    read: a person writes them where the document leaves a doubt, and then they win.
    """

    contrat: str | None = None
    numero_fiche: int | None = None
    titre: str | None = None
    maitre_ouvrage: str | None = None
    mandataire: str | None = None
    maitrise_oeuvre: str | None = None
    localisation: str | None = None
    communes: list[str] = Field(default_factory=list)
    montant_fit: Euros | None = None
    cout_total_ht: Euros | None = None
    code_budgetaire: str | None = None
    depenses: list[Expense] = Field(default_factory=list)
    recettes: list[Receipt] = Field(default_factory=list)
    totaux: Totals = Field(default_factory=Totals)
    calendrier: list[Milestone] = Field(default_factory=list)
    pactes: list[PactLink] = Field(default_factory=list)
    axes: list[str] = Field(default_factory=list)
    engagements: list[str] = Field(default_factory=list)
    referents_departement: list[str] = Field(default_factory=list)
    referents_partenaire: list[str] = Field(default_factory=list)
    contexte: str | None = None
    objectifs: list[str] = Field(default_factory=list)
    descriptif: list[str] = Field(default_factory=list)
    partenaires: list[str] = Field(default_factory=list)
    ingenierie: list[str] = Field(default_factory=list)
    fonctionnement: str | None = None


class SummaryRow(Record):
    """A row of the table that sums up the proposed subsidies."""

    territoire: str | None = None
    maitre_ouvrage: str | None = None
    numero_fiche: int | None = None
    titre: str | None = None
    montant: Euros | None = None


class Summary(Record):
    """The table that sums up the proposed subsidies, with its printed total."""

    lignes: list[SummaryRow] = Field(default_factory=list)
    total: Euros | None = None


class BudgetLine(Record):
    """A line of the budget of the Département."""

    code: str
    imputation: str | None = None
    libelle: str = ""
    ap: Euros | None = None
    disponible: Euros | None = None
    proposition: Euros | None = None
    solde: Euros | None = None


class Proposal(Record):
    """A subsidy that the president's report proposes."""

    titre: str | None = None
    montant: Euros | None = None


class Report(Record):
    """The president's report joined to the deliberation."""

    numero: str | None = None
    contrats_annonces: int | None = None
    fiches_annoncees: int | None = None
    partenaires: list[str] = Field(default_factory=list)
    propositions: list[Proposal] = Field(default_factory=list)
    conclusions: list[Euros] = Field(default_factory=list)


class Remark(BaseModel):
    """Something a person must know: what was found, what was expected, where."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    niveau: Level
    regle: str
    message: str
    lignes: list[int] = Field(default_factory=list)
    origine: str = READING


class Citation(BaseModel):
    """The words of a line of the document, few enough to be quoted."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ligne: int = Field(ge=1)
    mots: str


class Origin(BaseModel):
    """The file that was read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fichier: str
    sha256: str
    lignes: int


class Draft(BaseModel):
    """Everything that was read of one document."""

    model_config = ConfigDict(extra="forbid")

    document: Origin
    deliberation: Act = Field(default_factory=Act)
    contrats: list[Contract] = Field(default_factory=list)
    operations: list[Operation] = Field(default_factory=list)
    tableau: Summary | None = None
    budget: list[BudgetLine] = Field(default_factory=list)
    rapport: Report | None = None
    remarques: list[Remark] = Field(default_factory=list)
    citations: list[Citation] = Field(default_factory=list)
