"""Optimistic rollups of 50 transactions a second each, side by side on one settlement chain, in SimPy: the same
world as C/rollups.c."""

import sys
from time import process_time

import simpy

from chain import Chain, Rules
from report import arguments, report
from rollup import BASE_RATE, Rollup


def main():
    count, transactions = arguments(sys.argv, "NUMBER", "TRANSACTIONS")
    horizon = transactions // (count * BASE_RATE)
    if horizon == 0:
        raise SystemExit("rollups.py: at least a second's worth of transactions")
    start = process_time()
    env = simpy.Environment()
    chain = Chain(env, Rules())
    env.process(chain.run())
    rollups = [Rollup(env, chain, BASE_RATE, horizon, f"r{number}.") for number in range(count)]
    for rollup in rollups:
        rollup.start()
    env.run(until=env.all_of([rollup.finished for rollup in rollups]))
    seconds = process_time() - start
    report("rollups", count, transactions, seconds, rollups[0].latencies["soft"].mean)


main()
