"""Short runs of one rollup at so many initial base fees, with a row of means for each, on one core or several, in
SimPy: the same as C/sweep.c. The rate is that of the clock on the wall."""

import csv
import sys
import tempfile
from multiprocessing import Pool
from time import perf_counter

import simpy

import rollup
from chain import Chain, Rules
from report import arguments, report

HORIZON, RATE = 60, 0.1


def run(base_fee):
    """The row of a run of a few hundred events."""
    env = simpy.Environment()
    chain = Chain(env, Rules(base_fee=base_fee))
    env.process(chain.run())
    user = rollup.Rollup(env, chain, RATE, HORIZON)
    user.start()
    env.run(until=user.finished)
    row = [base_fee, user.batches, chain.slot]
    for latency in user.latencies.values():
        row += latency.count, latency.mean, latency.maximum
    return row, user.latencies["soft"].mean


def main():
    cores, runs = arguments(sys.argv, "CORES", "RUNS")
    rollup.BLOCK_INTERVAL = rollup.BATCH_AGE = rollup.CLAIM_INTERVAL = rollup.WINDOW = HORIZON
    fees = [round(10e9 + 20e9 * number / max(runs - 1, 1)) for number in range(runs)]
    start = perf_counter()
    with Pool(cores) as pool, tempfile.TemporaryFile("w") as table:
        writer = csv.writer(table)
        for row, soft in pool.imap(run, fees, chunksize=16):
            writer.writerow(row)
    report("sweep", cores, runs, perf_counter() - start, soft)


main()
