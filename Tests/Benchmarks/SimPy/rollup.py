"""An optimistic rollup in SimPy: a process for each actor, a timeout for each transaction that arrives. The
same as in C/rollup.h; random numbers are Python's own."""

import random
from collections import deque
from math import ceil, log, log1p, sqrt

from chain import Settlement

BLOCK_INTERVAL, BATCH_AGE, CLAIM_INTERVAL, WINDOW = 0.25, 300, 3600, 7 * 86400
COMPRESSION, OVERHEAD, BASE_RATE, MOST_WAITING = 0.6, 200, 50, 1_000_000
BATCH_GAS, CLAIM_GAS = 71_000, 150_000
STAGES = "soft", "posted", "included", "settled", "proven", "final", "withdrawable"


def lognormal(mean, cv):
    variance = log1p(cv * cv)
    return log(mean) - variance / 2, sqrt(variance)


# Cumulative weight, and the laws of gas and of bytes, of each class; none for 21,000 gas.
CLASSES = (
    (0.30, None, lognormal(112, 0.05)),
    (0.65, lognormal(50_000, 0.2), lognormal(180, 0.1)),
    (0.90, lognormal(150_000, 0.5), lognormal(400, 0.4)),
    (1.00, lognormal(120_000, 0.5), lognormal(300, 0.4)),
)


class Latency:
    """Count, sum and maximum of the time from submission to a stage."""

    def __init__(self):
        self.count, self.sum, self.maximum = 0, 0.0, 0.0

    def record(self, group, now):
        if group.count == 0:
            return
        self.count += group.count
        self.sum += group.count * now - group.submitted
        self.maximum = max(self.maximum, now - group.first)

    @property
    def mean(self):
        return self.sum / self.count if self.count else 0.0


class Group:
    """The measured transactions of a block, a batch or a claim."""

    def __init__(self):
        self.count, self.submitted, self.first = 0, 0.0, float("inf")

    def add(self, other):
        self.count += other.count
        self.submitted += other.submitted
        self.first = min(self.first, other.first)


class Batch(Group):
    def __init__(self):
        super().__init__()
        self.transactions = self.bytes = 0


class Claim(Group):
    def __init__(self):
        super().__init__()
        self.is_settled = self.is_matured = False


def published(size):
    return ceil(COMPRESSION * size) + OVERHEAD


def after_horizon(horizon):
    """How long users go on at most: for two claims, or for as long as the horizon."""
    return min(2 * CLAIM_INTERVAL, horizon)


class Rollup:
    def __init__(self, env, chain, rate, horizon, name=""):
        self.env, self.chain, self.rate, self.horizon = env, chain, rate, horizon
        self.name = name
        scale = max(1, rate / BASE_RATE)
        self.gas_limit, self.batch_limit = 32_000_000 * scale, 100_000 * scale
        self.blob_bytes = 126_976 * scale
        self.mempool_limit = min(100_000 * scale, MOST_WAITING)
        self.latencies = {stage: Latency() for stage in STAGES}
        self.mempool = deque()
        self.accepted = self.dropped = self.closed = self.batches = 0
        self.batch, self.included = Batch(), []
        self.last_measured_post = 0.0
        self.users_are_done = False
        self.finished = env.event()

    def start(self):
        for process in (self.users, self.sequencer, self.proposer):
            self.env.process(process())

    def passed(self, stage, group):
        self.latencies[stage].record(group, self.env.now)

    # Transaction -> block

    def users(self):
        env, mempool, horizon = self.env, self.mempool, self.horizon
        gap = random.Random(self.name + "workload.arrivals").expovariate
        uniform = random.Random(self.name + "workload.class").random
        gas = random.Random(self.name + "workload.gas").lognormvariate
        size = random.Random(self.name + "workload.bytes").lognormvariate
        while not self.users_are_done:
            yield env.timeout(gap(self.rate))
            now = env.now
            pick = uniform()
            for weight, gas_law, size_law in CLASSES:
                if pick < weight:
                    break
            used = int(gas(*gas_law) + 0.5) if gas_law else 21_000
            bytes_used = int(size(*size_law) + 0.5)
            if len(mempool) < self.mempool_limit:
                mempool.append((now, used, bytes_used))
                self.accepted += now < horizon
            else:
                self.dropped += now < horizon

    def needs_transactions(self):
        now = self.env.now
        if now <= self.horizon or self.closed != self.accepted:
            return True
        return now - self.last_measured_post < after_horizon(self.horizon)

    def sequencer(self):
        while self.needs_transactions():
            yield self.env.timeout(BLOCK_INTERVAL)
            if self.mempool:
                self.append(*self.seal())
        self.users_are_done = True

    def seal(self):
        block, mempool, gas, size, count = Group(), self.mempool, 0, 0, 0
        while mempool and gas + mempool[0][1] <= self.gas_limit:
            submitted, used, bytes_used = mempool.popleft()
            gas, size, count = gas + used, size + bytes_used, count + 1
            if submitted < self.horizon:
                if block.count == 0:
                    block.first = submitted
                block.count += 1
                block.submitted += submitted
        self.passed("soft", block)
        return block, size, count

    # Block -> batch

    def append(self, block, size, count):
        together = published(self.batch.bytes + size)
        if self.batch.transactions > 0 and together > self.batch_limit:
            self.post()
        if self.batch.transactions == 0:
            self.env.process(self.deadline(self.batches))
        self.batch.transactions += count
        self.batch.bytes += size
        self.batch.add(block)
        if published(self.batch.bytes) >= self.batch_limit:
            self.post()

    def deadline(self, number):
        yield self.env.timeout(BATCH_AGE)
        if number == self.batches:
            self.post()

    def post(self):
        batch, self.batch = self.batch, Batch()
        self.batches += 1
        self.passed("posted", batch)
        self.closed += batch.count
        if batch.count > 0:
            self.last_measured_post = self.env.now
        blobs = ceil(published(batch.bytes) / self.blob_bytes)
        included, settled = lambda: self.include(batch), lambda: self.settle(batch)
        self.chain.submit(Settlement(self.name + "data", BATCH_GAS, blobs, included, settled))

    def include(self, batch):
        self.passed("included", batch)
        self.included.append(batch)

    def settle(self, batch):
        self.passed("settled", batch)
        self.check_finished()

    # Batch -> claim -> withdrawal

    def proposer(self):
        while True:
            yield self.env.timeout(CLAIM_INTERVAL)
            if self.included:
                self.claim()

    def claim(self):
        claim = Claim()
        for batch in self.included:
            claim.add(batch)
        self.included = []
        included = lambda: self.env.process(self.prove(claim))
        settled = lambda: self.settle_claim(claim)
        self.chain.submit(Settlement(self.name + "claim", CLAIM_GAS, 0, included, settled))

    def prove(self, claim):
        self.passed("proven", claim)
        yield self.env.timeout(WINDOW)
        self.passed("withdrawable", claim)
        claim.is_matured = True
        self.finalise_if_done(claim)

    def settle_claim(self, claim):
        claim.is_settled = True
        self.finalise_if_done(claim)

    def finalise_if_done(self, claim):
        if claim.is_settled and claim.is_matured:
            self.passed("final", claim)
            self.check_finished()

    def check_finished(self):
        counts = [self.latencies[stage].count for stage in ("settled", "final", "withdrawable")]
        if self.env.now > self.horizon and all(count == self.accepted for count in counts):
            if not self.finished.triggered:
                self.finished.succeed()
