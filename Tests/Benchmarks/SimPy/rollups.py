"""Optimistic rollups of 50 transactions a second each, side by side on one settlement chain, in SimPy: the same
world as C/rollups.c."""

import sys

from report import arguments
from rollup import BASE_RATE, Rollup
from world import horizon_of, run_world


def main():
    count, transactions = arguments(sys.argv, "NUMBER", "TRANSACTIONS")
    horizon = horizon_of(transactions, count * BASE_RATE)

    def make_rollups(env, chain):
        return [Rollup(env, chain, BASE_RATE, horizon, f"r{number}.") for number in range(count)]

    run_world("rollups", count, count * BASE_RATE, horizon, make_rollups)


main()
