"""What each round does: the same seed always gives the same rounds."""

from __future__ import annotations

import random
from dataclasses import dataclass

FAULTS = (
    "kill-web",
    "kill-all-web",
    "kill-upkeep",
    "kill-import",
    "kill-pickup",
    "no-room",
    "database-gone",
    "clock-jumps",
    "one-record",
    "double-submit",
    "job-twice",
    "import-and-writes",
)
HOUR, DAY = 3_600, 86_400
JUMPS = (-DAY, -HOUR, -1, HOUR, DAY, 40 * DAY)
JOBS = ("upkeep", "import", "pickup", "keys rotate")


@dataclass(frozen=True)
class Round:
    """One round: what goes wrong, how long after people began to write, and with what."""

    number: int
    fault: str
    after: float  # seconds of writing before the fault
    writers: int
    lasts: float  # seconds that what is gone stays away
    jump: int  # seconds by which the clock jumps
    job: str  # what is run twice
    seed: str

    def chance(self, name: str) -> random.Random:
        """Return a source of chances of this round's own, one for each name."""
        return random.Random(f"{self.seed}:{name}")  # noqa: S311 (a plan, not a secret)


def rounds(count: int, seed: int) -> list[Round]:
    """Return the first ``count`` rounds of a seed. Each turn through the faults is shuffled."""
    return [_round(number, seed) for number in range(1, count + 1)]


def _round(number: int, seed: int) -> Round:
    turn, place = divmod(number - 1, len(FAULTS))
    order = list(FAULTS)
    random.Random(f"{seed}:{turn}").shuffle(order)  # noqa: S311
    chance = random.Random(f"{seed}/{number}")  # noqa: S311
    return Round(
        number=number,
        fault=order[place],
        after=chance.uniform(0.05, 0.5),
        writers=chance.randint(2, 3),
        lasts=chance.uniform(0.2, 0.8),
        jump=chance.choice(JUMPS),
        job=chance.choice(JOBS),
        seed=f"{seed}/{number}",
    )
