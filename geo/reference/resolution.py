"""From what a document says of a place to that one place, or an error that helps."""

from collections.abc import Mapping
from datetime import date

from babel.dates import format_date

from geo.names import sort_key
from geo.perimeter import AmbiguousPlaceError, Level, UnknownPlaceError, shorten
from geo.reference.index import PlaceIndex
from geo.reference.records import Commune, Epci, FormerCommune

LONGEST_LIST = 6


class Resolution:
    """Strict look-up: one place or an error, never a guess.

    Parameters
    ----------
    communes, epcis
        Today's places by code.
    former
        Codes and names that are no longer in use.
    index
        All spellings.
    """

    def __init__(
        self,
        communes: Mapping[str, Commune],
        epcis: Mapping[str, Epci],
        former: tuple[FormerCommune, ...],
        index: PlaceIndex,
    ) -> None:
        self._communes = communes
        self._epcis = epcis
        self._former = {place.code: place for place in former}
        self._index = index

    def commune_code(self, text: str) -> str:
        """Return today's code for a code, former code, postcode of one commune, or name."""
        code = text.strip()
        if code in self._communes:
            return code
        if code in self._former:
            return self._former[code].current
        named = [p.code for p in self._index.exact(text, Level.COMMUNE)]
        found = named or [c.code for c in self._communes.values() if code in c.postcodes]
        return self._only(text, found, Level.COMMUNE)

    def epci_code(self, text: str) -> str:
        """Return the SIREN for a SIREN, a name in any spelling, or an abbreviation."""
        siren = text.replace(" ", "")
        if siren in self._epcis:
            return siren
        return self._only(text, [p.code for p in self._index.exact(text, Level.EPCI)], Level.EPCI)

    def today(self, code: str) -> tuple[str, str | None]:
        """Return today's code, and a French remark where the code has changed."""
        if code in self._communes:
            return code, None
        former = self._former.get(code)
        if former is None:
            raise UnknownPlaceError(
                f"Code commune « {shorten(code)} » inconnu dans le Pas-de-Calais : on attend le "
                "code Insee d’une commune d’aujourd’hui ou d’autrefois, par exemple « 62193 »."
            )
        today = self._communes[former.current]
        return today.code, (
            f"{former.name} ({former.code}) fait partie de {today.name} ({today.code}) "
            f"depuis le {in_words(former.since)}."
        )

    def _only(self, text: str, found: list[str], level: Level) -> str:
        what = "Commune" if level is Level.COMMUNE else "Intercommunalité"
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousPlaceError(
                f"{what} « {shorten(text)} » : {len(found)} réponses possibles, "
                f"{self._list(found)}."
            )
        close = [p.code for p in self._index.closest(text, level)]
        hint = f" Voulez-vous dire {self._list(close, ' ou ')} ?" if close else ""
        raise UnknownPlaceError(f"{what} « {shorten(text)} » inconnue dans le Pas-de-Calais.{hint}")

    def _list(self, codes: list[str], last: str = ", ") -> str:
        places = [self._communes.get(code) or self._epcis[code] for code in codes]
        names = [f"{p.name} ({p.code})" for p in sorted(places, key=lambda p: sort_key(p.name))]
        shown = names[:LONGEST_LIST] + (["…"] if len(names) > LONGEST_LIST else [])
        return ", ".join(shown[:-1]) + (last if len(shown) > 1 else "") + shown[-1]


def in_words(day: date) -> str:
    """Return a day in French words: « 1er janvier 2025 »."""
    words = format_date(day, "d MMMM y", locale="fr")
    return words.replace("1 ", "1er ", 1) if day.day == 1 else words
