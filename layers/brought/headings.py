"""What the heading of a column says of it, as French offices and their programs write headings."""

import re
from collections.abc import Mapping
from typing import Final

from geo.names import normalise
from layers.brought.roles import Role

WORDS: Final[Mapping[Role, tuple[str, ...]]] = {
    Role.POINT: (
        r"geo ?point( 2d)?",
        r"coordonnees( geo\w*)?",
        r"lat ?lo?ng?",
        r"geoloc\w*",
        r"position",
        r"(\w+ )*(gps|coords?|coordonnees?|position)( \w+)*",
    ),
    Role.LONGITUDE: (r"(\w+ )*(longitude|lon|long|lng)( \w+)?",),
    Role.LATITUDE: (r"(\w+ )*(latitude|lat)( \w+)?",),
    Role.X: (
        r"(coord(onnees?)? |lambert |lambert 93 |\w+ )?x( ?l ?93| .*)?",
        r"(\w+ )*(easting|abscisse|est)( \w+)*",
        r"(l93|lamb\w*) ?x",
    ),
    Role.Y: (
        r"(coord(onnees?)? |lambert |lambert 93 |\w+ )?y( ?l ?93| .*)?",
        r"(\w+ )*(northing|ordonnee|nord)( \w+)*",
        r"(l93|lamb\w*) ?y",
    ),
    Role.SHAPE: (r"(\w+ )*(wkt|wkb|geom|geometrie|geometry|geo ?shape|geojson|shape)( \w+)*",),
    Role.COMMUNE_CODE: (
        r"(code )?(commune )?(insee|depcom|codgeo|citycode)( \w+)?",
        r"code (geo|com|commune|officiel).*",
        r"insee.*",
    ),
    Role.POSTCODE: (r"(code )?postale?", r"c p", r"cp", r"code post.*", r"zip.*", r"postcode"),
    Role.COMMUNE: (
        r"(noms? |libelle |lib )?(de la |des )?(communes?|villes?|localites?)( \w+)?",
        r"(libgeo|city|com)( \w+)?",
        r"municipalites?",
        r"(code )?(cp|code postal) (et )?(ville|commune)",
    ),
    Role.DEPARTEMENT: (
        r"(code |num |numero |nom |libelle |lib )?(du |de )?(departement|dept?|dpt)( \w+)?",
        r"(coddep|libdep)",
    ),
    Role.EPCI: (
        r"(.* )?(epci|intercommunalites?|interco|siren epci|groupement)( .*)?",
        r"(nom |code |libelle )?(de la )?communautes?( .*)?",
        r"(n |num |numero )?siren",
    ),
    Role.CANTON: (r"(.* )?cantons?( .*)?",),
    Role.MDS: (r"(.* )?mds( .*)?", r"(.* )?maisons? du departement solidarites?( .*)?"),
    Role.TERRITORY: (r"(.* )?(territoires?|mdadt)( .*)?",),
    Role.DISTRICT: (
        r"(.* )?(qpv|qp|quartiers? prioritaires?)( .*)?",
        r"(nom |code )?(du )?quartier",
    ),
    Role.ADDRESS: (
        r"(\w+ )?(adresse|address|adr|voie|rue|lieu dit|localisation|emplacement)( \w+)?",
        r"(n|num|numero)( (de |dans la )?(voie|rue))?",
        r"complement.*",
    ),
    Role.NAME: (
        r"(nom|name|libelle|intitule|denomination|titre|raison sociale|designation|enseigne)( .*)?",
        r"etablissement|structure|equipement|site|association|lieu",
    ),
    Role.DATE: (
        r"(.* )?(dates?|jour|annee|ouverture|echeance|depuis|fermeture|inauguration)( .*)?",
        r"(ouvert|ferme|cree|signe|vote|inaugure|construit|renove|mise? a jour)\w* (le|en)",
        r"debut|fin|signature|mise en service|vote|creation|millesime",
    ),
    Role.AMOUNT: (
        r"(.* )?(montants?|couts?|subventions?|budget|depenses?|recettes?|prix)( .*)?",
        r"(.* )?(euros?|eur|aides?|fit|ht|ttc)( .*)?",
    ),
}
"""Normalised headings of each role; the first that fits and is borne out is kept."""

PATTERNS: Final = {role: re.compile("|".join(words)) for role, words in WORDS.items()}

NUMBERS: Final = re.compile(r"n|num|numero")
"""Headings of the number in a street, or of the row."""

NO_ADDRESS: Final = re.compile(
    r"(qualite|appariement|precision|type(?! (de )?(la )?voie$)|statut|mail)( .*)?"
    r"|adresse (e |mail|courriel|web|electronique|internet).*"
)
"""Headings that speak of an address and hold none."""

COUNTING: Final = re.compile(
    r"(.* )?(nombre|nb|nbre|nbr|total|effectifs?|population|pop|habitants|hab|places|menages|"
    r"logements|eleves|lits|surface|superficie|age|duree|taux|part|pourcentage|indice)( .*)?"
)
"""Headings of what is counted or measured: they beat words of money and of time."""

WHOLE: Final = re.compile(
    r"(.* )?(nombre|nb|nbre|nbr|effectifs?|population|pop|habitants|hab|places|menages|logements|"
    r"eleves|lits|emplois|entreprises|allocataires|beneficiaires|visiteurs|usagers)( .*)?"
)
"""Headings of what is counted one by one."""

MONEY: Final = re.compile(
    r"(.* )?(montants?|couts?|budget|depenses?|recettes?|prix|euros?|eur|ht|ttc)( .*)?"
)
"""Headings of money for sure; « aides », « subventions » may count grants."""

POSITION_WORDS: Final = re.compile(
    r"(.* )?(lat|latitude|lon|lng|long|longitude|wkt|wkb|geom|geometrie|geometry|geojson|geoloc|"
    r"geo point|geo shape|coords?|coordonnees?|abscisse|ordonnee|easting|northing|gps|position|"
    r"geolocalisation|plus ?codes?|geohash|mgrs|utm|what3words|"
    r"lambert)( .*)?|x|y|(\w+ )?(x|y) ?(l ?93|lambert.*|wgs.*)|(.* )?lambert ?(93)? (x|y)"
)
"""Headings that speak of a position, in any form."""

NAMING: Final = re.compile(
    r"(.* )?(siren|siret|finess|uai|uic|rna|tel|telephone|fax|mobile|reference|ref|nomenclature|"
    r"imputation|matricule|rubrique|chapitre|compte|naf|ape|nic|iris|rivoli|fantoir)( .*)?"
    r"|(code|id|identifiant|num|numero|n|dossier|lot|parcelle|marche|convention)( .*)?"
    r"|.* (id|code|num|numero)|(ogc )?fid|gid|object ?id|osm id"
)
"""Headings of figures that name something and count nothing."""


def words_of(heading: str) -> str:
    """Return a heading as it is compared: ``CodeInsee`` and ``code_insee`` are the same."""
    return normalise(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading))


def roles_of(words: str) -> list[Role]:
    """Return the roles that a heading may mean, the likeliest first."""
    fitting = [role for role, pattern in PATTERNS.items() if pattern.fullmatch(words)]
    if NO_ADDRESS.fullmatch(words):
        return [role for role in fitting if role is not Role.ADDRESS]
    return fitting
