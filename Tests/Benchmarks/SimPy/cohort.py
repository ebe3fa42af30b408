"""One optimistic rollup on its settlement chain in SimPy, whose transactions are drawn in cohorts: those of a block
are one, with a count and sums by class. Stretches of many blocks as in C/cohort.c need a plan of what comes next,
which a process does not have."""

import random
import sys
from math import sqrt

from chain import poisson
from report import arguments
from rollup import BLOCK_INTERVAL, Group, Rollup
from world import horizon_of, run_world

# Share, mean and variation of gas and of bytes of each class.
CLASSES = (
    (0.30, (21_000, 0), (112, 0.05)),
    (0.35, (50_000, 0.2), (180, 0.1)),
    (0.25, (150_000, 0.5), (400, 0.4)),
    (0.10, (120_000, 0.5), (300, 0.4)),
)


class CohortRollup(Rollup):
    def start(self):
        self.draw, self.gas = random.Random("workload"), 0
        for process in (self.sequencer, self.proposer):
            self.env.process(process())

    def count(self, mean):
        """A Poisson number, of a large mean by its normal."""
        if mean < 30:
            return poisson(self.draw.random, mean)
        return max(0, round(self.draw.gauss(mean, sqrt(mean))))

    def total(self, count, law):
        mean, cv = law
        if cv == 0:
            return count * mean
        return round(self.draw.gammavariate(count / cv**2, mean * cv**2))

    def sequencer(self):
        while self.needs_transactions():
            yield self.env.timeout(BLOCK_INTERVAL)
            size = count = 0
            for share, gas_law, size_law in CLASSES:
                number = self.count(self.rate * share * BLOCK_INTERVAL)
                if number > 0:
                    count, size = count + number, size + self.total(number, size_law)
                    self.gas += self.total(number, gas_law)
            if count > 0:
                self.append(self.seal(count), size, count)

    def seal(self, count):
        block, now = Group(), self.env.now
        if now <= self.horizon:
            block.count = count
            block.submitted = count * (now - BLOCK_INTERVAL / 2)
            block.first = now - BLOCK_INTERVAL
            self.accepted += count
        self.passed("soft", block)
        return block


def main():
    rate, transactions = arguments(sys.argv, "RATE", "TRANSACTIONS")
    horizon = horizon_of(transactions, rate)
    run_world(
        "cohort", rate, rate, horizon, lambda env, chain: [CohortRollup(env, chain, rate, horizon)]
    )


main()
