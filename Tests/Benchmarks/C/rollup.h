/* An optimistic rollup in plain C, from the transaction to the withdrawal. */
#ifndef ROLLUP_H
#define ROLLUP_H

#include "chain.h"
#include "latency.h"
#include "report.h"
#include "schedule.h"
#include "cohort.h"

#define SECONDS(n) ((int64_t)(n) * 1000000000)

enum { BASE_RATE = 50, BATCH_OVERHEAD = 200, MOST_WAITING = 1000000 };
static const double compression = 0.6;
static int64_t block_interval = SECONDS(1) / 4, batch_age = SECONDS(300);
static int64_t claim_interval = SECONDS(3600), window = SECONDS(7 * 86400);
static const uint64_t layer2_price = 20000000, data_gas = 21000 + 50000, claim_gas = 150000;

/* What grows with the rate above that of the base case, so that blocks and batches of any rate are
 * as full and as many. */
static uint64_t block_gas_limit = 32000000, batch_limit = 100000, blob_bytes = 126976;
static uint64_t mempool_limit = 100000;
static const uint64_t block_count_limit = 1000000;

/* Kinds of event, and their ranks among the events of one instant. */
enum { SLOT, SEAL, DEADLINE, ASSERT, MATURE };
static const unsigned phase[] = {
    [SLOT] = 1, [SEAL] = 2, [DEADLINE] = 3, [ASSERT] = 5, [MATURE] = 6};

enum { SOFT, POSTED, INCLUDED, SETTLED, PROVEN, FINAL, WITHDRAWABLE, STAGES };

typedef struct {
  int64_t submitted_at;
  uint32_t gas, bytes;
} transaction_t;

typedef struct {
  uint64_t count, gas, bytes, measured_gas;
  span_t submissions;
  /* Of a stretch of blocks: when the measured ones were sealed, and how long they waited. */
  int is_stretch;
  u128 sealed; /* the sum of instants [ns] */
  int64_t shortest, longest;
} block_t;

typedef struct {
  uint64_t count, raw_bytes, measured_gas;
  profile_t profile;
  int is_settled, is_claimed;
} batch_t;

typedef struct {
  profile_t profile;
  uint64_t measured_gas;
  int is_settled, is_matured, is_final;
} claim_t;

static schedule_t schedule;
static int64_t horizon;
/* A rollup: what waits, what is under way, and what was measured. */
typedef struct {
  unsigned number;
  histogram_t latencies[STAGES];
  uint64_t gas_passed[STAGES];
  uint64_t total_count, total_gas, total_bytes;
  u128 fees_paid;

  workload_t workload;
  transaction_t *mempool;
  uint64_t mempool_mask, mempool_first, mempool_end;
  uint64_t offered, dropped, closed_measured;
  int64_t last_seal, last_measured_post;
  cohort_t planned[WAITING_COHORTS]; /* the stretch that is sealed next */
  size_t planned_count;

  batch_t batches[TABLE], open_batch;
  int64_t closes_at;
  claim_t claims[TABLE];
  uint64_t batch_first, batch_end, claim_first, claim_end, included_end, unclaimed;
} rollup_t;

static rollup_t *rollups;
static unsigned rollup_count;

/* Schedules an event; its payload is subject, rollup and kind. */
static void at(rollup_t *r, int64_t time, unsigned kind, uint64_t subject) {
  schedule_at(&schedule, time, phase[kind], subject << 16 | r->number << 8 | kind);
}

static void after(rollup_t *r, int64_t delay, unsigned kind, uint64_t subject) {
  at(r, schedule.now + delay, kind, subject);
}

/* ---- Sizes of batches ---- */

static uint64_t published(uint64_t raw) {
  return (uint64_t)ceil(compression * (double)raw) + BATCH_OVERHEAD;
}

/* Bytes before compression that the open batch has room for. */
static uint64_t room(const rollup_t *r) {
  uint64_t most = (uint64_t)((double)(batch_limit - BATCH_OVERHEAD) / compression) + 1;
  while (published(most) > batch_limit) most--;
  return most > r->open_batch.raw_bytes ? most - r->open_batch.raw_bytes : 0;
}

/* ---- Transactions -> block ---- */

/* What a block takes of a piece. */
typedef struct {
  uint64_t gas, bytes, since;
} sums_t;

static sums_t sum_up(const piece_t *piece, size_t first, size_t end) {
  sums_t sums = {0, 0, 0};
  int64_t origin = piece->instants[first];
  for (size_t place = first; place < end; place++) {
    sums.gas += piece->gas[place];
    sums.bytes += piece->bytes[place];
    sums.since += (uint64_t)(piece->instants[place] - origin);
  }
  return sums;
}

/* The first place of a piece, from `place` on, that is submitted later. */
static size_t first_later(const piece_t *piece, size_t place, int64_t through) {
  if (piece->instants[piece->end - 1] <= through) return piece->end;
  while (piece->instants[place] <= through) place++;
  return place;
}

static void note_measured(block_t *block, const span_t *span, uint64_t gas) {
  span_add(&block->submissions, span);
  block->measured_gas += gas;
}

#include "stretch.h"

/* Takes what is submitted by now straight from the piece.
 *
 * Returns whether the block had room for all of it. */
static int take_piece(rollup_t *r, block_t *block) {
  piece_t *piece = &r->workload.piece;
  size_t first = piece->head, later = first_later(piece, first, schedule.now), end = later;
  uint64_t most = block_count_limit < mempool_limit ? block_count_limit : mempool_limit;
  if (end - first > most - block->count) end = first + (most - block->count);
  sums_t sums = sum_up(piece, first, end);
  while (end > first && block->gas + sums.gas > block_gas_limit) {
    end--; /* rare: the block is full */
    sums.gas -= piece->gas[end];
    sums.bytes -= piece->bytes[end];
    sums.since -= (uint64_t)(piece->instants[end] - piece->instants[first]);
  }
  uint64_t count = end - first;
  if (count > 0) {
    block->count += count;
    block->gas += sums.gas;
    block->bytes += sums.bytes;
    if (piece->is_measured) {
      u128 sum = (u128)count * (uint64_t)piece->instants[first] + sums.since;
      span_t span = {sum, count, piece->instants[first], piece->instants[end - 1]};
      note_measured(block, &span, sums.gas);
      r->offered += count;
    }
    piece->head = end;
  }
  refill(&r->workload);
  return end == later;
}

/* Lets what is submitted by now wait behind what waits, and behind what a block has already. */
static void admit(rollup_t *r, uint64_t taken) {
  for (; draw_through(&r->workload, schedule.now); refill(&r->workload)) {
    piece_t *piece = &r->workload.piece;
    size_t place = piece->head++;
    r->offered += (uint64_t)piece->is_measured;
    uint64_t waiting = r->mempool_end - r->mempool_first;
    if (piece->gas[place] <= block_gas_limit && waiting + taken < mempool_limit)
      r->mempool[r->mempool_end++ & r->mempool_mask] =
          (transaction_t){piece->instants[place], piece->gas[place], piece->bytes[place]};
    else
      r->dropped += (uint64_t)piece->is_measured;
  }
}

static void take_waiting(rollup_t *r, block_t *block) {
  for (; r->mempool_first != r->mempool_end; r->mempool_first++) {
    if (block->count == block_count_limit) return;
    const transaction_t *tx = &r->mempool[r->mempool_first & r->mempool_mask];
    if (block->gas + tx->gas > block_gas_limit) return;
    block->count++;
    block->gas += tx->gas;
    block->bytes += tx->bytes;
    if (tx->submitted_at >= horizon) continue;
    span_t span = {(u128)tx->submitted_at, 1, tx->submitted_at, tx->submitted_at};
    note_measured(block, &span, tx->gas);
  }
}

/* Takes what is submitted by now while nothing waits; returns whether the block has all of it. */
static int fill_at_once(rollup_t *r, block_t *block) {
  span_t before = block->submissions;
  int had_room = 1;
  while (had_room && draw_through(&r->workload, schedule.now)) had_room = take_piece(r, block);
  if (block->is_stretch) end_stretch(block, &before);
  return had_room;
}

static block_t fill_block(rollup_t *r) {
  block_t block = {.submissions = {.first = INT64_MAX}};
  if (r->planned_count > 0) {
    seal_stretch(r, &block);
    if (next_arrival(&r->workload) >= schedule.now) return block;
  }
  if (r->mempool_first == r->mempool_end && fill_at_once(r, &block)) return block;
  admit(r, block.count);
  take_waiting(r, &block);
  return block;
}

/* ---- Block -> batch ---- */

static void pass(rollup_t *r, int stage, const profile_t *profile, uint64_t gas) {
  for (int index = 0; index < profile->used; index++)
    histogram_record(&r->latencies[stage], &profile->spans[index], schedule.now);
  r->gas_passed[stage] += gas;
}

static void post(rollup_t *r) {
  const profile_t *profile = &r->open_batch.profile;
  uint64_t blobs = (published(r->open_batch.raw_bytes) + blob_bytes - 1) / blob_bytes;
  pass(r, POSTED, profile, r->open_batch.measured_gas);
  for (int index = 0; index < profile->used; index++)
    r->closed_measured += profile->spans[index].count;
  if (profile->used > 0) r->last_measured_post = schedule.now;
  if (r->batch_end - r->batch_first == TABLE) abort();
  r->batches[r->batch_end % TABLE] = r->open_batch;
  chain_submit((settlement_t){r->number, DATA, r->batch_end++, data_gas, blobs, 0});
  memset(&r->open_batch, 0, sizeof r->open_batch);
}

static void append(rollup_t *r, const block_t *block) {
  uint64_t together = published(r->open_batch.raw_bytes + block->bytes);
  if (r->open_batch.count > 0 && together > batch_limit) post(r);
  if (r->open_batch.count == 0) {
    r->closes_at = schedule.now + batch_age;
    at(r, r->closes_at, DEADLINE, r->batch_end);
  }
  r->open_batch.count += block->count;
  r->open_batch.raw_bytes += block->bytes;
  r->open_batch.measured_gas += block->measured_gas;
  profile_append(&r->open_batch.profile, &block->submissions);
  if (published(r->open_batch.raw_bytes) >= batch_limit) post(r);
}

/* How long users go on at most: for two claims, or for as long as the horizon. */
static inline int64_t after_horizon(void) {
  return 2 * claim_interval < horizon ? 2 * claim_interval : horizon;
}

/* Whether later transactions can still matter to a measured one: they fill its batch and claim. */
static int needs_transactions(rollup_t *r) {
  uint64_t accepted = r->offered - r->dropped;
  if (next_arrival(&r->workload) < horizon || r->closed_measured != accepted) return 1;
  return schedule.now - r->last_measured_post < after_horizon();
}

/* The next block, which is the next that has transactions. */
static int64_t next_seal(rollup_t *r) {
  if (r->workload.is_in_cohorts) {
    int64_t end = plan_stretch(r);
    if (end >= 0) return end;
  }
  int64_t next = r->last_seal + block_interval, arrival = next_arrival(&r->workload);
  if (r->mempool_first != r->mempool_end || arrival <= next) return next;
  return next + (arrival - next + block_interval - 1) / block_interval * block_interval;
}

/* Users are told. */
static void note_soft(rollup_t *r, const block_t *block) {
  const span_t *span = &block->submissions;
  if (!block->is_stretch)
    histogram_record(&r->latencies[SOFT], span, schedule.now);
  else if (span->count > 0)
    histogram_place(
        &r->latencies[SOFT], block->shortest, block->longest, span->count,
        block->sealed - span->sum);
}

static void seal(rollup_t *r) {
  if (!needs_transactions(r)) return;
  r->last_seal = schedule.now;
  block_t block = fill_block(r);
  if (block.count > 0) {
    note_soft(r, &block);
    r->gas_passed[SOFT] += block.measured_gas;
    r->fees_paid += (u128)block.gas * layer2_price;
    r->total_count += block.count;
    r->total_gas += block.gas;
    r->total_bytes += block.bytes;
    append(r, &block);
  }
  at(r, next_seal(r), SEAL, 0);
}

/* ---- Settlement, claims and withdrawals ---- */

static void on_included(const settlement_t *tx) {
  rollup_t *r = &rollups[tx->rollup];
  if (tx->kind == DATA) {
    const batch_t *batch = &r->batches[tx->reference % TABLE];
    r->included_end = tx->reference + 1;
    pass(r, INCLUDED, &batch->profile, batch->measured_gas);
  } else {
    const claim_t *claim = &r->claims[tx->reference % TABLE];
    pass(r, PROVEN, &claim->profile, claim->measured_gas);
    after(r, window, MATURE, tx->reference);
  }
}

static void forget_finished_batches(rollup_t *r) {
  while (r->batch_first < r->batch_end && r->batches[r->batch_first % TABLE].is_settled
         && r->batches[r->batch_first % TABLE].is_claimed)
    r->batch_first++;
}

/* A claim is final once it can be neither disputed nor re-organised away. */
static void finalise_if_done(rollup_t *r, claim_t *claim) {
  if (!claim->is_settled || !claim->is_matured) return;
  pass(r, FINAL, &claim->profile, claim->measured_gas);
  claim->is_final = 1;
  while (r->claim_first < r->claim_end && r->claims[r->claim_first % TABLE].is_final)
    r->claim_first++;
}

static void on_final(const settlement_t *tx) {
  rollup_t *r = &rollups[tx->rollup];
  if (tx->kind == DATA) {
    batch_t *batch = &r->batches[tx->reference % TABLE];
    pass(r, SETTLED, &batch->profile, batch->measured_gas);
    batch->is_settled = 1;
    forget_finished_batches(r);
  } else {
    r->claims[tx->reference % TABLE].is_settled = 1;
    finalise_if_done(r, &r->claims[tx->reference % TABLE]);
  }
}

static void assert_state(rollup_t *r) {
  after(r, claim_interval, ASSERT, 0);
  if (r->unclaimed == r->included_end) return;
  if (r->claim_end - r->claim_first == TABLE) abort();
  claim_t *claim = &r->claims[r->claim_end % TABLE];
  memset(claim, 0, sizeof *claim);
  for (; r->unclaimed < r->included_end; r->unclaimed++) {
    batch_t *batch = &r->batches[r->unclaimed % TABLE];
    for (int index = 0; index < batch->profile.used; index++)
      profile_append(&claim->profile, &batch->profile.spans[index]);
    claim->measured_gas += batch->measured_gas;
    batch->is_claimed = 1;
  }
  forget_finished_batches(r);
  chain_submit((settlement_t){r->number, CLAIM, r->claim_end++, claim_gas, 0, 0});
}

static void mature(rollup_t *r, claim_t *claim) {
  pass(r, WITHDRAWABLE, &claim->profile, claim->measured_gas);
  claim->is_matured = 1;
  finalise_if_done(r, claim);
}

#endif
