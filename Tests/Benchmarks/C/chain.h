/* A settlement chain: slots, two fee markets, inclusion and finality by epochs. The rules that
 * differ between programs are in `rules`; the defaults are those of the base case. */
#ifndef CHAIN_H
#define CHAIN_H

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "philox.h"

enum { EPOCH = 32, EPOCHS_TO_FINALITY = 3, BLOB_GAS = 131072 };
enum { DATA, CLAIM, KINDS, SENDERS = 256 };
/* Room for batches, claims and settlement transactions. */
enum { TABLE = 1 << 12, WAITING = 1 << 16 };

static const uint64_t slot_seconds = 12, initial_blob_fee = 1000000000;
static const uint64_t fee_cap = 1000000000000, tip_cap = 2000000000, blob_fee_cap = 1000000000000;
static const double missed_slots = 0.01, mean_tip = 1e9, saturation = 100;

typedef struct {
  uint64_t gas_limit, blob_target, blob_limit, blob_fee_fraction, initial_base_fee;
} rules_t;

static rules_t rules = {
    .gas_limit = 30000000,
    .blob_target = 3,
    .blob_limit = 6,
    .blob_fee_fraction = 3338477,
    .initial_base_fee = 15000000000};

/* One of our transactions, of one of several rollups, which waits for inclusion and then for
 * finality. */
typedef struct {
  unsigned rollup;
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
static demand_t blob_demand = {0.9, 0.3, 1800, 0.3, 1e9, 0, 0, 0, NULL};
static gsl_rng *blob_count, *missed;
static uint64_t base_fee, blob_fee, excess_blob_gas, slot, missed_count;
static u128 fee_sum[2]; /* over slots, of base fees and of blob base fees */
static u128 spent[KINDS], burned, blob_burned, tips;
static settlement_t pending[WAITING], unfinal[TABLE];
static uint64_t pending_count, unfinal_first, unfinal_end;

/* What the rollup does when its transaction is included, and when it is final. */
static void on_included(const settlement_t *tx);
static void on_final(const settlement_t *tx);

/* ---- Others' demand ---- */

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
  double appetite = exp(-demand->elasticity * discount);
  if (appetite > saturation) appetite = saturation;
  return demand->level * appetite * exp(demand->deviation);
}

/* ---- Fee markets ---- */

/* floor(term * numerator / divisor), where `scaled` is floor(2^58 * numerator / denominator) and
 * divisor is denominator * index. Of a term under 2^58 one product finds the quotient or 1 less. */
static inline u128 next_term(
    u128 term, uint64_t index, uint64_t numerator, uint64_t divisor, uint64_t scaled) {
  if (term >> 58) return term * numerator / divisor;
  uint64_t small = (uint64_t)term;
  uint64_t guess = (uint64_t)((u128)(small << 6) * (scaled / index) >> 64);
  uint64_t remainder = small * numerator - guess * divisor;
  if (__builtin_expect(remainder >= divisor, 0)) guess++;
  return guess;
}

/* e^(numerator/denominator) by its Taylor series in integers (EIP-4844). */
static uint64_t fake_exponential(uint64_t numerator, uint64_t denominator) {
  if (numerator / denominator >= 44) return UINT64_MAX;
  uint64_t scaled = (uint64_t)(((u128)numerator << 58) / denominator), divisor = denominator;
  u128 output = 0, term = denominator;
  for (uint64_t index = 1; term > 0; index++, divisor += denominator) {
    output += term;
    term = next_term(term, index, numerator, divisor, scaled);
  }
  return (uint64_t)(output / denominator);
}

/* The least excess blob gas at which the fee reaches `fee`, by bisection. */
static uint64_t excess_reaching(uint64_t fee) {
  uint64_t low = 0, high = 44 * rules.blob_fee_fraction;
  while (low < high) {
    uint64_t middle = low + (high - low) / 2;
    if (fake_exponential(middle, rules.blob_fee_fraction) >= fee) high = middle;
    else low = middle + 1;
  }
  return low;
}

static void advance_fees(uint64_t gas_used, uint64_t blobs_used) {
  uint64_t excess = excess_blob_gas + blobs_used * BLOB_GAS;
  uint64_t blob_target = rules.blob_target * BLOB_GAS, target = rules.gas_limit / 2;
  excess_blob_gas = excess >= blob_target ? excess - blob_target : 0;
  blob_fee = fake_exponential(excess_blob_gas, rules.blob_fee_fraction);
  uint64_t distance = gas_used > target ? gas_used - target : target - gas_used;
  uint64_t step = (uint64_t)((u128)base_fee * distance / target / 8); /* EIP-1559 */
  base_fee = gas_used > target ? base_fee + (step ? step : 1) : base_fee - step;
}

/* ---- Blocks ---- */

static void chain_open(void) {
  slot = missed_count = pending_count = unfinal_first = unfinal_end = 0;
  burned = blob_burned = tips = 0;
  memset(spent, 0, sizeof spent);
  memset(fee_sum, 0, sizeof fee_sum);
  base_fee = rules.initial_base_fee;
  excess_blob_gas = excess_reaching(initial_blob_fee);
  blob_fee = fake_exponential(excess_blob_gas, rules.blob_fee_fraction);
  demand_open(&gas_demand, "settlement.demand");
  demand_open(&blob_demand, "settlement.blob_demand");
  blob_count = philox_stream(1, 0, "settlement.blob_count");
  missed = philox_stream(1, 0, "settlement.missed_slots");
}

static void chain_close(void) {
  gsl_rng_free(gas_demand.stream);
  gsl_rng_free(blob_demand.stream);
  gsl_rng_free(blob_count);
  gsl_rng_free(missed);
}

static inline void chain_submit(settlement_t tx) {
  if (pending_count == WAITING) abort();
  pending[pending_count++] = tx;
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

/* What a block has of others and of us. */
typedef struct {
  double others_gas;
  uint64_t others_blobs, gas, blobs;
} filling_t;

/* Includes what fits beside others whose tip is higher; their tips are exponential. A transaction
 * that does not fit holds back those of its kind behind it that its rollup sends. */
static void include_ours(filling_t *block) {
  uint64_t room = fee_cap > base_fee ? fee_cap - base_fee : 0;
  uint64_t tip = room < tip_cap ? room : tip_cap;
  double share_ahead = exp(-(double)tip / mean_tip);
  double gas_ahead = block->others_gas * share_ahead;
  double blobs_ahead = round((double)block->others_blobs * share_ahead);
  uint64_t kept = 0;
  int held_back[SENDERS][KINDS] = {0};
  for (uint64_t index = 0; index < pending_count; index++) {
    settlement_t tx = pending[index];
    int fits = !held_back[tx.rollup][tx.kind] && fee_cap >= base_fee
               && (double)(block->gas + tx.gas) + gas_ahead <= (double)rules.gas_limit;
    if (tx.blobs > 0)
      fits = fits && blob_fee_cap >= blob_fee
             && (double)(block->blobs + tx.blobs) + blobs_ahead <= (double)rules.blob_limit;
    if (fits) {
      block->gas += tx.gas;
      block->blobs += tx.blobs;
      include(tx, tip);
    } else {
      held_back[tx.rollup][tx.kind] = 1;
      pending[kept++] = tx;
    }
  }
  pending_count = kept;
}

static void produce_block(void) {
  double target = (double)(rules.gas_limit / 2), most_blobs = 4 * (double)rules.blob_limit;
  double wanted_blobs = quantity(&blob_demand, blob_fee) * (double)rules.blob_target;
  filling_t block = {fmin(quantity(&gas_demand, base_fee) * target, 1e18), 0, 0, 0};
  block.others_blobs = gsl_ran_poisson(blob_count, fmin(wanted_blobs, most_blobs));
  if (pending_count > 0) include_ours(&block);
  uint64_t gas = block.gas + (uint64_t)block.others_gas, blobs = block.blobs + block.others_blobs;
  advance_fees(
      gas < rules.gas_limit ? gas : rules.gas_limit,
      blobs < rules.blob_limit ? blobs : rules.blob_limit);
}

/* The checkpoint of an epoch is the block of its first slot. */
static void finalise(void) {
  uint64_t epoch = slot / EPOCH, behind = EPOCHS_TO_FINALITY - 1;
  if (slot % EPOCH != 0 || epoch < behind) return;
  uint64_t first_unfinal = (epoch - behind) * EPOCH + 1;
  while (unfinal_first < unfinal_end && unfinal[unfinal_first % TABLE].slot < first_unfinal)
    on_final(&unfinal[unfinal_first++ % TABLE]);
}

static void chain_slot(void) {
  finalise();
  demand_advance(&gas_demand);
  demand_advance(&blob_demand);
  if (gsl_rng_uniform(missed) < missed_slots)
    missed_count++;
  else
    produce_block();
  slot++;
  fee_sum[0] += base_fee;
  fee_sum[1] += blob_fee;
}

#endif
