"""Who may change what all readers see: by the role of who is signed on, else by settings alone."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from app.opening.journal import open_journal
from app.settings import Corrections, Settings
from app.sign_on.person import Person, Role
from layers.store.backups import OPERATOR
from layers.store.journal import Noting

SOURCE_SIGNS: Final = 12
"""Of the name of somebody in the store: they tell people apart and say nothing of them."""


class Permission:
    """What the reader of a request may do.

    Parameters
    ----------
    settings
        Without a provider they alone say it, as for whoever reaches the page.
    find
        Gives who is signed on in this request; None where the operator has set no provider.
    """

    def __init__(self, settings: Settings, find: Callable[[], Person | None] | None = None) -> None:
        self._settings, self._find = settings, find
        self.journal = open_journal(settings)

    @property
    def signs_on(self) -> bool:
        """Whether people sign on here."""
        return self._find is not None

    @property
    def person(self) -> Person | None:
        """Who is signed on, None for nobody."""
        return self._find() if self._find else None

    def has(self, role: Role) -> bool:
        """Tell whether who is signed on may do what a role may."""
        person = self.person
        return person is not None and person.role >= role

    def may_adopt(self) -> bool:
        """Tell whether the reader may put a layer among those of all."""
        return self.has(Role.PLANNER) if self.signs_on else self._settings.adoption == "oui"

    def may_correct(self) -> bool:
        """Tell whether the reader may say where a row is."""
        if self.signs_on:
            return self.has(Role.PLANNER)
        return self._settings.corrections is Corrections.EVERYONE

    def author(self) -> str:
        """Return who signs what is changed; empty where nobody signs on."""
        person = self.person
        return person.told if person else ""

    def source(self, usual: str) -> str:
        """Return under which name the store notes who adopts.

        Parameters
        ----------
        usual
            That of the browser, where nobody is signed on.
        """
        person = self.person
        if person is None:
            return usual
        if person.role is Role.OPERATOR:
            return OPERATOR
        return hashlib.sha256(person.subject.encode()).hexdigest()[:SOURCE_SIGNS]

    @contextmanager
    def noting(self) -> Iterator[Noting]:
        """Hold the journal while something is changed; where nobody signs on there is none.

        Raises
        ------
        LayerError
            The journal cannot be written: nothing has been changed then.
        """
        if not self.signs_on:
            yield Noting()
            return
        with self.journal.noting() as noting:
            yield noting
