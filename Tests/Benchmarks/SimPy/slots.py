"""A settlement chain alone in SimPy: Ethereum at Pectra with nobody of ours on it."""

import sys
from time import process_time

import simpy

from chain import SLOT, Chain, Rules
from report import arguments, report

PECTRA = Rules(
    gas_limit=36_000_000,
    blob_target=6,
    blob_limit=9,
    blob_fee_fraction=5_007_716,
    base_fee=2 * 10**9,
    reference_fee=2e9,
)


def main():
    (slots,) = arguments(sys.argv, "SLOTS")
    start = process_time()
    env = simpy.Environment()
    chain = Chain(env, PECTRA)
    env.process(chain.run())
    env.run(until=(slots - 0.5) * SLOT)
    report("slots", 0, slots, process_time() - start, chain.fee_sum / slots / 1e9)


main()
