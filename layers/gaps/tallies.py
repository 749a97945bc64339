"""How many communes and people are beyond a threshold, surely, possibly, in all."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True, slots=True)
class Tally:
    """A number of communes, and of the people that are asked about."""

    communes: int
    people: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Who is beyond the threshold in a perimeter.

    A commune is counted by the mean way of its people, its people by their own ways: in a town
    that is beyond some may be within, and the reverse.

    Parameters
    ----------
    everyone
        All its communes.
    beyond
        By the central time; exactly the threshold is within it.
    surely, possibly
        Beyond even by the low time; beyond at least by the high time.
    unreachable
        Those of ``beyond`` from which no service can be reached at all.
    """

    everyone: Tally
    beyond: Tally
    surely: Tally
    possibly: Tally
    unreachable: Tally

    @classmethod
    def of(cls, communes: pd.DataFrame) -> "Gap":
        """Count communes, as :attr:`layers.gaps.measure.Gaps.communes` has them."""
        minutes, beyond, uncertain = (
            communes[name].to_numpy() for name in ("minutes", "beyond", "uncertain")
        )
        chosen = {
            "people": np.ones(len(communes), dtype=bool),
            "people_beyond": beyond,
            "people_surely": beyond & ~uncertain,
            "people_possibly": beyond | uncertain,
            "people_unreachable": np.isinf(minutes),
        }
        return cls(
            *(
                Tally(int(rows.sum()), round(communes[people].sum()))
                for people, rows in chosen.items()
            )
        )

    @property
    def uncertain(self) -> Tally:
        """Those for whom the threshold lies between the low and the high time."""
        return Tally(
            self.possibly.communes - self.surely.communes,
            self.possibly.people - self.surely.people,
        )

    @property
    def share_beyond(self) -> float:
        """Share of the people beyond, ``nan`` where nobody lives."""
        return self.beyond.people / self.everyone.people if self.everyone.people else math.nan


@dataclass(frozen=True, slots=True)
class EpciGap:
    """Who is beyond the threshold in the part of an EPCI that lies in the département."""

    code: str
    name: str
    gap: Gap
