"""What is asked: which services, how far, for whom, and what is supposed to open or to close."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from geo.travel.line import Distance
from geo.travel.times import figure
from layers.french.wording import enumerate_words
from layers.gaps.publics import Public
from layers.gaps.services import Service

MOST_MINUTES: Final = 240
"""One crosses the département in half of it: a longer threshold is a slip of the hand."""
KILOMETRE: Final = "kilomètre"
MINUTE: Final = "minute"
MOST_TOGETHER: Final = 6
"""Services of one question."""
FIRST, SECOND = 1, 2
CLOSES: Final = "-"
"""Begins the word of a site that closes, in a list of changes."""


class GapError(ValueError):
    """The question makes no sense; the message is a French sentence for a person."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question about gaps.

    Parameters
    ----------
    services
        What is to be reached: each of them, where there are several.
    threshold
        Minutes, or kilometres where the model gives those.
    public
        Whose way is asked about.
    rank
        ``FIRST`` for the way to the nearest of a service, ``SECOND`` to the next one.
    opened, closed
        Words of the sites that are supposed to open and to close: :mod:`layers.gaps.sites`.
    """

    services: tuple[Service, ...]
    threshold: float
    public: Public = Public.EVERYBODY
    rank: int = FIRST
    opened: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()

    @classmethod
    def about(
        cls, service: Service, threshold: float, public: Public = Public.EVERYBODY
    ) -> "Question":
        """Return the plain question about one service."""
        return cls((service,), threshold, public)

    def changed(self, changes: Sequence[str]) -> "Question":
        """Return the question with sites that open, and some that close."""
        return replace(
            self,
            opened=tuple(word for word in changes if not word.startswith(CLOSES)),
            closed=tuple(word[1:] for word in changes if word.startswith(CLOSES)),
        )

    @property
    def unchanged(self) -> "Question":
        """The question about how things are today."""
        return replace(self, opened=(), closed=())

    @property
    def id(self) -> str:
        """Identifiers of the services, a comma between two."""
        return ",".join(service.id for service in self.services)

    @property
    def is_basket(self) -> bool:
        """Whether several services are to be reached, each of them."""
        return len(self.services) > 1

    @property
    def title(self) -> str:
        """French, with a capital: the services, and the rank where it is not the first."""
        names = [service.title for service in self.services]
        named = f"Panier ({', '.join(names)})" if self.is_basket else names[0]
        return f"{named}, deuxième choix" if self.rank == SECOND else named

    @property
    def one(self) -> str:
        """What one is far from, after « d’ »: ``un collège public``."""
        ones = [self._ranked(service.one) for service in self.services]
        return f"au moins un de ces services ({', '.join(ones)})" if self.is_basket else ones[0]

    @property
    def each(self) -> str:
        """What one is near to, after « à moins »: ``d’un collège public``."""
        ones = [f"d’{self._ranked(service.one)}" for service in self.services]
        return f"à la fois {enumerate_words(ones)}" if self.is_basket else ones[0]

    @property
    def nearest_here(self) -> str:
        """One of this département, after « que d’»: ``un collège public d’ici``."""
        if self.is_basket:
            return "un des services du panier"
        article, noun = self.services[0].one.split(" ", 1)
        return f"{article} {noun} d’ici"

    @property
    def none(self) -> str:
        """What one has not, after « n’ont »: ``aucun collège public``."""
        if self.is_basket:
            return "pas tous les services du panier"
        one = self.services[0].one
        if self.rank == SECOND:
            return f"pas {self._ranked(one)}"
        article, noun = one.split(" ", 1)
        return f"auc{article} {noun}"

    @property
    def incomplete(self) -> bool:
        """Whether some service is known to lack places."""
        return any(service.incomplete for service in self.services)

    def _ranked(self, one: str) -> str:
        article, noun = one.split(" ", 1)
        return f"{article} deuxième {noun}" if self.rank == SECOND else one


def unit_of(model: str) -> str:
    """Return the French noun of what a travel model counts: minutes, or kilometres."""
    return KILOMETRE if model == Distance.id else MINUTE


def check_threshold(threshold: float, unit: str = MINUTE) -> None:
    """Refuse a threshold that is no duration and no length of a trip in the département."""
    if not 0 < threshold <= MOST_MINUTES:
        raise GapError(
            f"Seuil en {unit}s : trouvé {figure(threshold)}, attendu plus de 0 et au plus "
            f"{MOST_MINUTES}."
        )
