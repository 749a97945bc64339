"""The classes of what perimeters are filled with, as a style sheet and hatchings of SVG."""

from app.first_frame.picture import Doubtful, Picture
from app.parts.patterns import pattern
from layers.indicators.states import State


class Fills:
    """The classes of what perimeters are filled with."""

    def __init__(self, picture: Picture) -> None:
        self._by_code = picture.fills
        self._steps = picture.frame.steps
        distinct = [*dict.fromkeys(picture.fills.values())]
        self._names = {fill: f"f{rank}" for rank, fill in enumerate(distinct)}
        # a state is a text too
        self._hatched = [fill for fill in distinct if isinstance(fill, State | Doubtful)]

    def name(self, code: str) -> str:
        """Return the class of a perimeter; one without is pale land."""
        fill = self._by_code.get(code)
        return self._names[fill] if fill is not None else "f-land"

    @property
    def rules(self) -> str:
        """The colours of the classes."""
        return "".join(
            f".{name}{{fill:{fill}}}"
            if isinstance(fill, str)
            else f".{name}-ground{{fill:{fill.colour}}}"
            for fill, name in self._names.items()
            if not isinstance(fill, State)
        )

    @property
    def patterns(self) -> str:
        """The hatchings, one for each step: they keep their size on the screen."""
        return "".join(
            self._pattern(fill, rank, 1 / step.scale)
            for rank, step in enumerate(self._steps)
            for fill in self._hatched
        )

    def _pattern(self, fill: State | Doubtful, rank: int, scale: float) -> str:
        identifier = f"{self._names[fill]}-{rank}"
        if isinstance(fill, State):
            return pattern(fill, identifier, scale)
        ground = f"{self._names[fill]}-ground"
        return pattern(State.UNKNOWN, identifier, scale, ground=ground, stroke="doubt-stroke")

    def at_step(self, rank: int) -> str:
        """Return the rules of the hatched classes at one step."""
        return "".join(
            f".{self._names[fill]}{{fill:url(#{self._names[fill]}-{rank})}}"
            for fill in self._hatched
        )
