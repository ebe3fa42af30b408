"""One optimistic rollup on its settlement chain in SimPy: the same world as C/journey.c."""

import sys
from time import process_time

import simpy

from chain import Chain, Rules
from report import arguments, report
from rollup import Rollup


def main():
    rate, transactions = arguments(sys.argv, "RATE", "TRANSACTIONS")
    horizon = transactions // rate
    if horizon == 0:
        raise SystemExit("journey.py: at least a second's worth of transactions")
    start = process_time()
    env = simpy.Environment()
    chain = Chain(env, Rules())
    env.process(chain.run())
    rollup = Rollup(env, chain, rate, horizon)
    rollup.start()
    env.run(until=rollup.finished)
    seconds = process_time() - start
    report("journey", 0, transactions, seconds, rollup.latencies["soft"].mean)
    for stage, latency in rollup.latencies.items():
        text = f"{stage}: {latency.count} transactions, mean {latency.mean} s"
        print(f"{text}, max {latency.maximum} s", file=sys.stderr)
    print(f"{rollup.batches} batches, {chain.slot} slots", file=sys.stderr)


main()
