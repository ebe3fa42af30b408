/* The settlement chain of journey.c: slots, two fee markets, inclusion and finality by epochs. */
#ifndef CHAIN_H
#define CHAIN_H

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "philox.h"

enum { EPOCH = 32, EPOCHS_TO_FINALITY = 3, BLOB_TARGET = 3, BLOB_LIMIT = 6, BLOB_GAS = 131072 };
enum { DATA, CLAIM, KINDS };
enum { TABLE = 1 << 13 }; /* room for batches, claims and settlement transactions at one time */

static const uint64_t slot_seconds = 12, slot_gas_limit = 30000000, blob_fee_fraction = 3338477;
static const uint64_t fee_cap = 1000000000000, tip_cap = 2000000000, blob_fee_cap = 1000000000000;
static const double missed_slots = 0.01, mean_tip = 1e9;

/* One of our transactions, which waits for inclusion and then for finality. */
typedef struct {
  int kind;
  uint64_t reference, gas, blobs, slot;
} settlement_t;

/* Others' demand: an Ornstein-Uhlenbeck process of its logarithm, with price elasticity. */
typedef struct {
  double level, volatility, reversion, elasticity, reference;
  double persistence, innovation, deviation;
  gsl_rng *stream;
} demand_t;

static demand_t gas_demand = {1, 0.3, 600, 0.5, 15e9, 0, 0, 0, NULL};
static demand_t blob_demand = {0.9, 0.3, 1800, 0.1, 1e6, 0, 0, 0, NULL};
static gsl_rng *blob_count, *missed;
static uint64_t base_fee = 15000000000, blob_fee = 1000000000, excess_blob_gas = 69184147, slot, missed_count;
static double base_fee_sum, blob_fee_sum;
static u128 spent[KINDS], burned, blob_burned, tips;
static settlement_t pending[TABLE], unfinal[TABLE];
static uint64_t pending_count, unfinal_first, unfinal_end;

/* What the rollup does when its transaction is included, and when it is final. */
static void on_included(const settlement_t *tx);
static void on_final(const settlement_t *tx);

static void demand_open(demand_t *demand, const char *name) {
  demand->stream = philox_stream(1, 0, name);
  demand->persistence = exp(-(double)slot_seconds / demand->reversion);
  demand->innovation = demand->volatility * sqrt(1 - demand->persistence * demand->persistence);
  demand->deviation = demand->volatility * gsl_ran_gaussian_ziggurat(demand->stream, 1);
}

static void demand_advance(demand_t *demand) {
  demand->deviation = demand->deviation * demand->persistence
                      + demand->innovation * gsl_ran_gaussian_ziggurat(demand->stream, 1);
}

static double quantity(const demand_t *demand, uint64_t fee) {
  double discount = log((double)(fee > 1 ? fee : 1) / demand->reference);
  return demand->level * exp(demand->deviation - demand->elasticity * discount);
}

static void chain_open(void) {
  demand_open(&gas_demand, "settlement.demand");
  demand_open(&blob_demand, "settlement.blob_demand");
  blob_count = philox_stream(1, 0, "settlement.blob_count");
  missed = philox_stream(1, 0, "settlement.missed_slots");
}

static void chain_submit(settlement_t tx) {
  if (pending_count == TABLE) abort();
  pending[pending_count++] = tx;
}

/* e^(numerator/denominator) by its Taylor series in integers (EIP-4844). */
static uint64_t fake_exponential(uint64_t numerator, uint64_t denominator) {
  u128 output = 0, term = denominator;
  for (u128 index = 1; term > 0; index++) {
    output += term;
    term = term * numerator / (denominator * index);
  }
  return (uint64_t)(output / denominator);
}

static void advance_fees(uint64_t gas_used, uint64_t blobs_used) {
  uint64_t excess = excess_blob_gas + blobs_used * BLOB_GAS, target = slot_gas_limit / 2;
  excess_blob_gas = excess >= BLOB_TARGET * BLOB_GAS ? excess - BLOB_TARGET * BLOB_GAS : 0;
  blob_fee = fake_exponential(excess_blob_gas, blob_fee_fraction);
  uint64_t distance = gas_used > target ? gas_used - target : target - gas_used;
  uint64_t step = (uint64_t)((u128)base_fee * distance / target / 8); /* EIP-1559 */
  base_fee = gas_used > target ? base_fee + (step ? step : 1) : base_fee - step;
}

static void include(settlement_t tx, uint64_t tip) {
  u128 blob_cost = (u128)tx.blobs * BLOB_GAS * blob_fee;
  burned += (u128)tx.gas * base_fee;
  blob_burned += blob_cost;
  tips += (u128)tx.gas * tip;
  spent[tx.kind] += (u128)tx.gas * (base_fee + tip) + blob_cost;
  tx.slot = slot;
  if (unfinal_end - unfinal_first == TABLE) abort();
  unfinal[unfinal_end++ % TABLE] = tx;
  on_included(&tx);
}

/* Includes what fits beside others whose tip is higher; their tips are exponential. A transaction
 * that does not fit holds back those of its kind behind it. */
static void produce_block(void) {
  double target = (double)(slot_gas_limit / 2);
  double others_gas = fmin(quantity(&gas_demand, base_fee) * target, 1e18);
  double mean_blobs = fmin(quantity(&blob_demand, blob_fee) * BLOB_TARGET, 4 * BLOB_LIMIT);
  unsigned others_blobs = gsl_ran_poisson(blob_count, mean_blobs);
  uint64_t room = fee_cap > base_fee ? fee_cap - base_fee : 0, tip = room < tip_cap ? room : tip_cap;
  double share_ahead = pending_count > 0 ? exp(-(double)tip / mean_tip) : 0;
  double gas_ahead = others_gas * share_ahead, blobs_ahead = round(others_blobs * share_ahead);
  uint64_t gas = 0, blobs = 0, kept = 0;
  int held_back[KINDS] = {0};
  for (uint64_t index = 0; index < pending_count; index++) {
    settlement_t tx = pending[index];
    int fits = !held_back[tx.kind] && fee_cap >= base_fee
               && (double)(gas + tx.gas) + gas_ahead <= (double)slot_gas_limit;
    if (tx.blobs > 0)
      fits = fits && blob_fee_cap >= blob_fee
             && (double)(blobs + tx.blobs) + blobs_ahead <= BLOB_LIMIT;
    if (fits) {
      gas += tx.gas;
      blobs += tx.blobs;
      include(tx, tip);
    } else {
      held_back[tx.kind] = 1;
      pending[kept++] = tx;
    }
  }
  pending_count = kept;
  gas += (uint64_t)others_gas;
  blobs += others_blobs;
  advance_fees(
      gas < slot_gas_limit ? gas : slot_gas_limit, blobs < BLOB_LIMIT ? blobs : BLOB_LIMIT);
}

static void chain_slot(void) {
  if (slot % EPOCH == 0 && slot / EPOCH + 1 > EPOCHS_TO_FINALITY) {
    uint64_t first_unfinal = (slot / EPOCH + 1 - EPOCHS_TO_FINALITY) * EPOCH;
    while (unfinal_first < unfinal_end && unfinal[unfinal_first % TABLE].slot < first_unfinal)
      on_final(&unfinal[unfinal_first++ % TABLE]);
  }
  demand_advance(&gas_demand);
  demand_advance(&blob_demand);
  if (gsl_rng_uniform(missed) < missed_slots)
    missed_count++;
  else
    produce_block();
  slot++;
  base_fee_sum += (double)base_fee;
  blob_fee_sum += (double)blob_fee;
}

#endif
