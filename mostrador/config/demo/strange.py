"""What visitors of the demo bring or ask for that is scanned and no product carries."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

STRANGE_ONE_IN = 50


@dataclass(slots=True)
class Strange:
    """What is scanned and no product carries; a lot of its own, as an Ear has. `codes`: the first comes up most."""

    rng: Random
    codes: Sequence[str] = ()

    def scanned(self) -> tuple[str, ...]:
        """Return the codes of one visit; mostly none."""
        if not self.codes or self.rng.randrange(STRANGE_ONE_IN):
            return ()
        return (self.codes[min(self.rng.randrange(len(self.codes)), self.rng.randrange(len(self.codes)))],)
