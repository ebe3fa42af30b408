"""A settlement chain: slots, two fee markets, inclusion and finality by epochs. The same rules as
in C/chain.h; random numbers are Python's own."""

import random
from dataclasses import dataclass, field
from math import exp, log, sqrt

SLOT, EPOCH, EPOCHS_TO_FINALITY, BLOB_GAS = 12, 32, 3, 131072
MISSED, MEAN_TIP, SATURATION = 0.01, 1e9, 100
FEE_CAP, TIP_CAP, BLOB_FEE_CAP = 10**12, 2 * 10**9, 10**12
INITIAL_BLOB_FEE = 10**9


@dataclass
class Rules:
    gas_limit: int = 30_000_000
    blob_target: int = 3
    blob_limit: int = 6
    blob_fee_fraction: int = 3_338_477
    base_fee: int = 15 * 10**9
    reference_fee: float = 15e9


@dataclass
class Settlement:
    """A transaction of a rollup, and what happens once it is included and once it is final."""

    kind: str
    gas: int
    blobs: int
    on_included: object
    on_final: object
    slot: int = field(default=0)


class Demand:
    """What others want: a mean-reverting process of its logarithm, with price elasticity."""

    def __init__(self, level, volatility, reversion, elasticity, reference, name):
        self.level, self.elasticity, self.reference = level, elasticity, reference
        self.normal = random.Random(name).gauss
        self.persistence = exp(-SLOT / reversion)
        self.innovation = volatility * sqrt(1 - self.persistence**2)
        self.deviation = self.normal(0, volatility)

    def advance(self):
        self.deviation = self.deviation * self.persistence + self.normal(0, self.innovation)

    def quantity(self, fee):
        appetite = min(SATURATION, exp(-self.elasticity * log(max(fee, 1) / self.reference)))
        return self.level * appetite * exp(self.deviation)


def fake_exponential(numerator, denominator):
    """e^(numerator/denominator) by its Taylor series in integers (EIP-4844)."""
    output, term, index = 0, denominator, 1
    while term > 0:
        output += term
        term = term * numerator // (denominator * index)
        index += 1
    return output // denominator


def excess_reaching(fee, fraction):
    """The least excess blob gas at which the fee reaches `fee`."""
    low, high = 0, 45 * fraction
    while low < high:
        middle = (low + high) // 2
        if fake_exponential(middle, fraction) >= fee:
            high = middle
        else:
            low = middle + 1
    return low


def poisson(draw, mean):
    """How many uniform numbers multiply to more than e^-mean."""
    count, product, bound = 0, draw(), exp(-mean)
    while product > bound:
        count += 1
        product *= draw()
    return count


class Chain:
    def __init__(self, env, rules):
        self.env, self.rules = env, rules
        self.base_fee = rules.base_fee
        self.excess = excess_reaching(INITIAL_BLOB_FEE, rules.blob_fee_fraction)
        self.blob_fee = fake_exponential(self.excess, rules.blob_fee_fraction)
        self.gas_demand = Demand(1, 0.3, 600, 0.5, rules.reference_fee, "demand")
        self.blob_demand = Demand(0.9, 0.3, 1800, 0.3, 1e9, "blob_demand")
        self.blob_draw = random.Random("blob_count").random
        self.missed = random.Random("missed_slots").random
        self.pending, self.unfinal = [], []
        self.slot = self.fee_sum = 0

    def submit(self, transaction):
        self.pending.append(transaction)

    def run(self):
        while True:
            if self.slot % EPOCH == 0:
                self.finalise()
            self.gas_demand.advance()
            self.blob_demand.advance()
            if self.missed() >= MISSED:
                self.produce_block()
            self.slot += 1
            self.fee_sum += self.base_fee + self.blob_fee
            yield self.env.timeout(SLOT)

    def finalise(self):
        first_unfinal = (self.slot // EPOCH - EPOCHS_TO_FINALITY + 1) * EPOCH + 1
        final = [tx for tx in self.unfinal if tx.slot < first_unfinal]
        self.unfinal = self.unfinal[len(final) :]
        for transaction in final:
            transaction.on_final()

    def produce_block(self):
        rules = self.rules
        others_gas = min(self.gas_demand.quantity(self.base_fee) * (rules.gas_limit // 2), 1e18)
        wanted_blobs = self.blob_demand.quantity(self.blob_fee) * rules.blob_target
        others_blobs = poisson(self.blob_draw, min(wanted_blobs, 4 * rules.blob_limit))
        gas, blobs = self.include(others_gas, others_blobs) if self.pending else (0, 0)
        self.advance_fees(
            min(gas + int(others_gas), rules.gas_limit), min(blobs + others_blobs, rules.blob_limit)
        )

    def include(self, others_gas, others_blobs):
        """Includes what fits beside others who tip more; what does not holds back its kind."""
        tip = min(max(FEE_CAP - self.base_fee, 0), TIP_CAP)
        share_ahead = exp(-tip / MEAN_TIP)
        gas_ahead, blobs_ahead = others_gas * share_ahead, round(others_blobs * share_ahead)
        gas = blobs = 0
        held_back, kept = set(), []
        for tx in self.pending:
            fits = tx.kind not in held_back and FEE_CAP >= self.base_fee
            fits = fits and gas + tx.gas + gas_ahead <= self.rules.gas_limit
            if tx.blobs > 0:
                fits = fits and BLOB_FEE_CAP >= self.blob_fee
                fits = fits and blobs + tx.blobs + blobs_ahead <= self.rules.blob_limit
            if not fits:
                held_back.add(tx.kind)
                kept.append(tx)
                continue
            gas, blobs = gas + tx.gas, blobs + tx.blobs
            tx.slot = self.slot
            self.unfinal.append(tx)
            tx.on_included()
        self.pending = kept
        return gas, blobs

    def advance_fees(self, gas, blobs):
        rules, target = self.rules, self.rules.gas_limit // 2
        self.excess = max(self.excess + (blobs - rules.blob_target) * BLOB_GAS, 0)
        self.blob_fee = fake_exponential(self.excess, rules.blob_fee_fraction)
        if gas > target:
            self.base_fee += max(self.base_fee * (gas - target) // target // 8, 1)
        else:
            self.base_fee -= self.base_fee * (target - gas) // target // 8
