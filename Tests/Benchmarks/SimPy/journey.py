"""One optimistic rollup on its settlement chain in SimPy: the same world as C/journey.c."""

import sys

from report import arguments
from rollup import Rollup
from world import horizon_of, run_world


def main():
    rate, transactions = arguments(sys.argv, "RATE", "TRANSACTIONS")
    horizon = horizon_of(transactions, rate)
    (rollup,) = run_world(
        "journey", rate, rate, horizon, lambda env, chain: [Rollup(env, chain, rate, horizon)]
    )
    for stage, latency in rollup.latencies.items():
        text = f"{stage}: {latency.count} transactions, mean {latency.mean} s"
        print(f"{text}, max {latency.maximum} s", file=sys.stderr)
    print(f"{rollup.batches} batches, {rollup.chain.slot} slots", file=sys.stderr)


main()
