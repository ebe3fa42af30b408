"""A pool of provers in SimPy: a process for every job, and a resource with 64 machines."""

import random
import sys
from time import process_time

import simpy

from report import arguments, report

PROVERS, LOAD, MEAN_SERVICE, SERVICE_CV = 64, 0.9, 200.0, 0.3


def job(env, pool, service, waits):
    arrived = env.now
    with pool.request() as request:
        yield request
        waits.append(env.now - arrived)
        shape = 1 / SERVICE_CV**2
        yield env.timeout(service(shape, MEAN_SERVICE / shape))


def users(env, pool, jobs, waits):
    draw = random.Random("pool.arrivals").expovariate
    service = random.Random("pool.service").gammavariate
    rate = LOAD * PROVERS / MEAN_SERVICE
    for _ in range(jobs):
        yield env.timeout(draw(rate))
        env.process(job(env, pool, service, waits))


def main():
    (jobs,) = arguments(sys.argv, "JOBS")
    start = process_time()
    env = simpy.Environment()
    waits = []
    env.process(users(env, simpy.Resource(env, capacity=PROVERS), jobs, waits))
    env.run()
    mean_wait = sum(waits) / jobs
    report("pool", 0, jobs, process_time() - start, mean_wait)


main()
