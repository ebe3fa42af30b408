"""The hold model in SimPy: a process for every pending event sleeps exponential seconds."""

import random
import sys
from time import process_time

import simpy

from report import arguments, report


class Counter:
    """Wakes who waits for a number of holds."""

    def __init__(self, env, left):
        self.left = left
        self.reached = env.event()


def sleeper(env, draw, counter):
    while True:
        yield env.timeout(draw(1.0))
        counter.left -= 1
        if counter.left == 0:
            counter.reached.succeed()


def main():
    pending, holds = arguments(sys.argv, "PENDING", "HOLDS")
    env = simpy.Environment()
    draw = random.Random(1).expovariate
    warm_up = max(pending, holds // 10)
    counter = Counter(env, warm_up)
    for _ in range(pending):
        env.process(sleeper(env, draw, counter))
    env.run(until=counter.reached)
    counter.left, counter.reached = holds, env.event()
    start = process_time()
    env.run(until=counter.reached)
    seconds = process_time() - start
    report("hold", pending, holds, seconds, env.now * pending / (holds + warm_up))


main()
