"""The deadline of the convention against the works that the fiche dates."""

from datetime import date

from layers.documents.convention import Completion, same_day
from layers.french.period import Period
from layers.french.wording import format_date, plural


def compare_deadline(completion: Completion, works_end: Period | None, vote: date) -> str:
    """Say in French whether the works that the fiche dates end within the deadline (article 6).

    The day of the signature is not known; it is not before the vote. Empty where the convention
    gives no deadline.

    Parameters
    ----------
    works_end
        When the fiche says that they end, None where it does not; its last day is taken.
    """
    if completion.years is None:
        return ""
    if works_end is None:
        return "La fiche ne date pas la fin des travaux : le délai ne peut pas lui être comparé."
    years = plural(completion.years, "an")
    earliest = same_day(works_end.end, -completion.years)
    told = f"Selon la fiche, les travaux finissent au plus tard le {format_date(works_end.end)} :"
    if earliest <= vote:
        return f"{told} dans les {years}, même si la convention a été signée le jour du vote."
    return (
        f"{told} si la convention a été signée avant le {format_date(earliest)}, le délai de "
        f"{years} finit avant ce jour, et il faut une prolongation."
    )
