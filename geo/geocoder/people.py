"""People: the words by which a street or a building is called after a person or a saint."""

from typing import Final

GIVEN: Final = frozenset((
    "abel", "achille", "adelaide", "adele", "adolphe", "adrien", "agnes", "aime", "aimee",
    "albertine", "alexandre", "alexis", "alfred", "alice", "aline", "alphonse", "amedee", "amelie",
    "anatole", "andree", "angele", "anne", "antoine", "antoinette", "armand", "armande", "arsene",
    "arthur", "auguste", "augustin", "augustine", "aurelie", "baptiste", "barthelemy", "berthe",
    "bertrand", "boris", "camille", "carmen", "casimir", "catherine", "cecile", "celestin", "cesar",
    "charlemagne", "charlotte", "christian", "christine", "claire", "claudine", "clemence",
    "clement", "clementine", "clotilde", "colette", "constant", "corneille", "cyprien", "cyrille",
    "daniel", "danielle", "danton", "denise", "desire", "didier", "dominique", "edgar", "edith",
    "edmond", "edmonde", "edouard", "eleonore", "eliane", "elie", "elisa", "elisabeth", "elsa",
    "emile", "emilie", "emilienne", "emmanuel", "erik", "ernest", "ernestine", "estelle", "esther",
    "eugene", "eugenie", "eva", "evariste", "fabien", "felicien", "felix", "ferdinand", "fernand",
    "fernande", "florence", "florent", "florentin", "frederic", "frida", "gabriel", "gabrielle",
    "gaspard", "gaston", "genevieve", "georges", "georgette", "geraldine", "gerard", "germaine",
    "gilberte", "gisele", "gustave", "guy", "gyula", "hector", "helene", "henri", "henriette",
    "henry", "herve", "honore", "honorine", "hortense", "hubert", "hyacinthe", "ida", "ignace",
    "irene", "isaac", "isabelle", "isidore", "jacqueline", "jacques", "jean", "jeanne", "jeannette",
    "jerome", "joachim", "joliot", "joseph", "josephine", "josette", "jules", "julie", "julien",
    "juliette", "juste", "justin", "karl", "ladislas", "laure", "lazare", "leandre", "leo", "leon",
    "leonard", "leonce", "leonie", "leopold", "liliane", "louis", "louise", "louisette", "lucie",
    "lucien", "lucienne", "ludovic", "ludwig", "luise", "lydie", "madeleine", "marc", "marcel",
    "marceline", "marcelle", "margaret", "marguerite", "maria", "marie", "mariette", "marius",
    "marthe", "mathieu", "mathilde", "maurice", "maxence", "maxime", "maximilien", "melanie",
    "missak", "modeste", "monique", "napoleon", "narcisse", "nathalie", "nelly", "nelson", "nestor",
    "nicole", "noel", "odette", "odile", "olga", "olivier", "olympe", "omer", "oscar", "pablo",
    "parfait", "pascal", "paul", "paule", "paulette", "pauline", "philibert", "philippe", "pierre",
    "pierrette", "placide", "prosper", "rachel", "rainer", "raoul", "raphael", "raymond",
    "raymonde", "rene", "renee", "roger", "roland", "romain", "romaine", "romuald", "rosa",
    "rosalie", "rosalind", "rosine", "samuel", "serge", "severine", "simone", "sophie", "stephane",
    "steve", "suzanne", "suzy", "sylvain", "sylvie", "symphorien", "theo", "theodore", "theophile",
    "therese", "timothee", "tristan", "urbain", "ursule", "valentin", "valentina", "valery",
    "valmy", "veronique", "victoire", "victorine", "violette", "virginie", "vital", "wilfrid",
    "wolfgang", "xavier", "yolande", "yves", "yvette", "yvonne", "zacharie", "zephirin", "zoe",
))  # fmt: skip
"""Given names that are seldom family names, normalised."""

FAMILY: Final = frozenset((
    "aime", "alain", "albert", "ambroise", "andre", "arnaud", "bastien", "benjamin", "benoit",
    "bernard", "blaise", "bruno", "charles", "claude", "constantin", "cyril", "david", "denis",
    "emmanuelle", "etienne", "fabrice", "francis", "francois", "franklin", "germain", "gilbert",
    "gilles", "gregoire", "guillaume", "hugo", "jacquemars", "lambert", "laurent", "lionel", "luc",
    "martin", "mathias", "michel", "nicolas", "norbert", "patrick", "quentin", "regis", "remi",
    "remy", "richard", "robert", "salvador", "simon", "thierry", "thomas", "vasco", "victor",
    "vincent", "voltaire", "willy", "winston",
))  # fmt: skip
"""Given names that are family names too: they begin a person's name only after a way."""

TITLES: Final = frozenset((
    "abbe", "adjudant", "amiral", "capitaine", "cardinal", "cdt", "chanoine", "col", "colonel",
    "commandant", "comte", "docteur", "dr", "duc", "frere", "freres", "gal", "general", "gl",
    "ingenieur", "lieutenant", "lt", "madame", "maitre", "mal", "marechal", "mgr", "mme",
    "monseigneur", "monsieur", "pasteur", "pdt", "pere", "president", "professeur", "resistant",
    "sergent", "soeur", "soeurs",
))  # fmt: skip
"""Words before the name of a person."""

BUILDINGS: Final = frozenset((
    "abbaye", "basilique", "caserne", "cathedrale", "chapelle", "clinique", "college", "collegiale",
    "couvent", "creche", "ecole", "eglise", "ehpad", "ensemble", "fontaine", "fort", "foyer",
    "gymnase", "hopital", "hospice", "institution", "lycee", "maternelle", "musee", "oratoire",
    "paroisse", "patronage", "pensionnat", "presbytere", "prieure", "primaire", "residence",
    "salle", "sanctuaire", "scolaire", "stade",
))  # fmt: skip
"""Words before the name of a saint that a building is called after: « église Saint-Léger »."""

SAINTS: Final = frozenset(("saint", "sainte", "notre"))
"""Words that begin such a name."""


def calls_person(words: list[str], start: int, first: int) -> bool:
    """Tell whether the words before ``start`` begin the name of a person.

    Parameters
    ----------
    first
        Where the stretch of words begins that nothing parts.
    """
    before = words[start - 1] if start > first else ""
    if before not in GIVEN and before not in TITLES:
        return False
    return start - 1 == first or words[start - 2] not in SAINTS
