"""Runs rollups on their settlement chain, and says how many transactions a second of CPU time that was."""

from time import process_time

import simpy

from chain import Chain, Rules
from report import report
from rollup import after_horizon


def run_world(workload, setting, rate, horizon, make_rollups):
    """Makes rollups of an environment and a chain, runs them until all have finished, and returns them.

    Users send `rate` a second, all of them together, for as long after the horizon as they go on.
    """
    start = process_time()
    env = simpy.Environment()
    chain = Chain(env, Rules())
    env.process(chain.run())
    rollups = make_rollups(env, chain)
    for rollup in rollups:
        rollup.start()
    env.run(until=env.all_of([rollup.finished for rollup in rollups]))
    seconds = process_time() - start
    transactions = rate * (horizon + after_horizon(horizon))
    report(workload, setting, transactions, seconds, rollups[0].latencies["soft"].mean)
    return rollups


def horizon_of(transactions, rate):
    """How many whole seconds so many transactions take at a rate."""
    if transactions < rate:
        raise SystemExit("at least a second's worth of transactions")
    return transactions // rate
