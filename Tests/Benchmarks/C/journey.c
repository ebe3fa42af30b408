/* One optimistic rollup on its settlement chain in plain C: the world of
 * Tests/Benchmarks/Swift/Journey.swift, draw for draw.
 *
 * The rate goes to standard output; what the run measured goes to standard error. */
#include "chain.h"
#include "latency.h"
#include "report.h"
#include "schedule.h"
#include "workload.h"

#define SECONDS(n) ((int64_t)(n) * 1000000000)

enum { BASE_RATE = 50, BATCH_OVERHEAD = 200, MOST_WAITING = 1000000 };
static const double compression = 0.6;
static const int64_t block_interval = SECONDS(1) / 4, batch_age = SECONDS(300);
static const int64_t claim_interval = SECONDS(3600), window = SECONDS(7 * 86400);
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
static const char *stage_names[] = {
    "soft", "posted", "included", "settled", "proven", "final", "withdrawable"};

typedef struct {
  int64_t submitted_at;
  uint32_t gas, bytes;
} transaction_t;

typedef struct {
  uint64_t count, gas, bytes, measured_gas;
  span_t submissions;
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
static histogram_t latencies[STAGES];
static uint64_t gas_passed[STAGES];
static uint64_t total_count, total_gas, total_bytes;
static u128 fees_paid;

static workload_t workload;
static transaction_t *mempool;
static uint64_t mempool_mask, mempool_first, mempool_end;
static uint64_t offered, dropped, closed_measured;
static int64_t last_seal, last_measured_post;

static batch_t batches[TABLE], open_batch;
static claim_t claims[TABLE];
static uint64_t batch_first, batch_end, claim_first, claim_end, included_end, unclaimed;

/* Schedules an event; its payload is subject and kind. */
static void at(int64_t time, unsigned kind, uint64_t subject) {
  schedule_at(&schedule, time, phase[kind], subject << 8 | kind);
}

static void after(int64_t delay, unsigned kind, uint64_t subject) {
  at(schedule.now + delay, kind, subject);
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

/* Takes what is submitted by now straight from the piece.
 *
 * Returns whether the block had room for all of it. */
static int take_piece(block_t *block) {
  piece_t *piece = &workload.piece;
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
      offered += count;
    }
    piece->head = end;
  }
  refill(&workload);
  return end == later;
}

/* Lets what is submitted by now wait behind what waits, and behind what a block has already. */
static void admit(uint64_t taken) {
  for (; next_arrival(&workload) <= schedule.now; refill(&workload)) {
    piece_t *piece = &workload.piece;
    size_t place = piece->head++;
    offered += (uint64_t)piece->is_measured;
    if (piece->gas[place] <= block_gas_limit && mempool_end - mempool_first + taken < mempool_limit)
      mempool[mempool_end++ & mempool_mask] =
          (transaction_t){piece->instants[place], piece->gas[place], piece->bytes[place]};
    else
      dropped += (uint64_t)piece->is_measured;
  }
}

static void take_waiting(block_t *block) {
  for (; mempool_first != mempool_end && block->count < block_count_limit; mempool_first++) {
    const transaction_t *tx = &mempool[mempool_first & mempool_mask];
    if (block->gas + tx->gas > block_gas_limit) return;
    block->count++;
    block->gas += tx->gas;
    block->bytes += tx->bytes;
    if (tx->submitted_at >= horizon) continue;
    span_t span = {(u128)tx->submitted_at, 1, tx->submitted_at, tx->submitted_at};
    note_measured(block, &span, tx->gas);
  }
}

static block_t fill_block(void) {
  block_t block = {.submissions = {.first = INT64_MAX}};
  if (mempool_first == mempool_end) {
    int had_room = 1;
    while (had_room && next_arrival(&workload) <= schedule.now) had_room = take_piece(&block);
    if (had_room) return block;
  }
  admit(block.count);
  take_waiting(&block);
  return block;
}

/* ---- Block -> batch ---- */

static void pass(int stage, const profile_t *profile, uint64_t gas) {
  for (int index = 0; index < profile->used; index++)
    histogram_record(&latencies[stage], &profile->spans[index], schedule.now);
  gas_passed[stage] += gas;
}

static uint64_t published(uint64_t raw) {
  return (uint64_t)ceil(compression * (double)raw) + BATCH_OVERHEAD;
}

static void post(void) {
  const profile_t *profile = &open_batch.profile;
  uint64_t blobs = (published(open_batch.raw_bytes) + blob_bytes - 1) / blob_bytes;
  pass(POSTED, profile, open_batch.measured_gas);
  for (int index = 0; index < profile->used; index++)
    closed_measured += profile->spans[index].count;
  if (profile->used > 0) last_measured_post = schedule.now;
  if (batch_end - batch_first == TABLE) abort();
  batches[batch_end % TABLE] = open_batch;
  chain_submit((settlement_t){DATA, batch_end++, data_gas, blobs, 0});
  memset(&open_batch, 0, sizeof open_batch);
}

static void append(const block_t *block) {
  uint64_t together = published(open_batch.raw_bytes + block->bytes);
  if (open_batch.count > 0 && together > batch_limit) post();
  if (open_batch.count == 0) after(batch_age, DEADLINE, batch_end);
  open_batch.count += block->count;
  open_batch.raw_bytes += block->bytes;
  open_batch.measured_gas += block->measured_gas;
  profile_append(&open_batch.profile, &block->submissions);
  if (published(open_batch.raw_bytes) >= batch_limit) post();
}

/* Whether later transactions can still matter to a measured one: they fill its batch and claim. */
static int needs_transactions(void) {
  if (next_arrival(&workload) < horizon || closed_measured != offered - dropped) return 1;
  int64_t longest = 2 * claim_interval < horizon ? 2 * claim_interval : horizon;
  return schedule.now - last_measured_post < longest;
}

/* The next block, which is the next that has transactions. */
static int64_t next_seal(void) {
  int64_t next = last_seal + block_interval, arrival = next_arrival(&workload);
  if (mempool_first != mempool_end || arrival <= next) return next;
  return next + (arrival - next + block_interval - 1) / block_interval * block_interval;
}

static void seal(void) {
  if (!needs_transactions()) return;
  last_seal = schedule.now;
  block_t block = fill_block();
  if (block.count > 0) {
    histogram_record(&latencies[SOFT], &block.submissions, schedule.now);
    gas_passed[SOFT] += block.measured_gas;
    fees_paid += (u128)block.gas * layer2_price;
    total_count += block.count;
    total_gas += block.gas;
    total_bytes += block.bytes;
    append(&block);
  }
  at(next_seal(), SEAL, 0);
}

/* ---- Settlement, claims and withdrawals ---- */

static void on_included(const settlement_t *tx) {
  if (tx->kind == DATA) {
    const batch_t *batch = &batches[tx->reference % TABLE];
    included_end = tx->reference + 1;
    pass(INCLUDED, &batch->profile, batch->measured_gas);
  } else {
    const claim_t *claim = &claims[tx->reference % TABLE];
    pass(PROVEN, &claim->profile, claim->measured_gas);
    after(window, MATURE, tx->reference);
  }
}

static void forget_finished_batches(void) {
  while (batch_first < batch_end && batches[batch_first % TABLE].is_settled
         && batches[batch_first % TABLE].is_claimed)
    batch_first++;
}

/* A claim is final once it can be neither disputed nor re-organised away. */
static void finalise_if_done(claim_t *claim) {
  if (!claim->is_settled || !claim->is_matured) return;
  pass(FINAL, &claim->profile, claim->measured_gas);
  claim->is_final = 1;
  while (claim_first < claim_end && claims[claim_first % TABLE].is_final) claim_first++;
}

static void on_final(const settlement_t *tx) {
  if (tx->kind == DATA) {
    batch_t *batch = &batches[tx->reference % TABLE];
    pass(SETTLED, &batch->profile, batch->measured_gas);
    batch->is_settled = 1;
    forget_finished_batches();
  } else {
    claims[tx->reference % TABLE].is_settled = 1;
    finalise_if_done(&claims[tx->reference % TABLE]);
  }
}

static void assert_state(void) {
  after(claim_interval, ASSERT, 0);
  if (unclaimed == included_end) return;
  if (claim_end - claim_first == TABLE) abort();
  claim_t *claim = &claims[claim_end % TABLE];
  memset(claim, 0, sizeof *claim);
  for (; unclaimed < included_end; unclaimed++) {
    batch_t *batch = &batches[unclaimed % TABLE];
    for (int index = 0; index < batch->profile.used; index++)
      profile_append(&claim->profile, &batch->profile.spans[index]);
    claim->measured_gas += batch->measured_gas;
    batch->is_claimed = 1;
  }
  forget_finished_batches();
  chain_submit((settlement_t){CLAIM, claim_end++, claim_gas, 0, 0});
}

static void mature(claim_t *claim) {
  pass(WITHDRAWABLE, &claim->profile, claim->measured_gas);
  claim->is_matured = 1;
  finalise_if_done(claim);
}

/* ---- The run ---- */

/* Whether the last measured transaction has passed its last stage. */
static int is_finished(void) {
  uint64_t accepted = offered - dropped;
  return next_arrival(&workload) >= horizon && latencies[FINAL].count == accepted
         && latencies[SETTLED].count == accepted && latencies[WITHDRAWABLE].count == accepted;
}

static void run(void) {
  at(0, SLOT, 0);
  at(next_seal(), SEAL, 0);
  at(claim_interval, ASSERT, 0);
  while (!is_finished()) {
    uint64_t event = schedule_next(&schedule), subject = event >> 8;
    switch (event & 0xFF) {
    case SLOT: after(SECONDS(slot_seconds), SLOT, 0); chain_slot(); break;
    case SEAL: seal(); break;
    case DEADLINE: if (subject == batch_end) post(); break;
    case ASSERT: assert_state(); break;
    case MATURE: mature(&claims[subject % TABLE]); break;
    }
  }
}

static void print_results(void) {
  for (int stage = 0; stage < STAGES; stage++)
    fprintf(
        stderr, "%s: %" PRIu64 " transactions, %" PRIu64 " gas, mean %.17g s, max %.9f s\n",
        stage_names[stage], latencies[stage].count, gas_passed[stage],
        mean_seconds(&latencies[stage]), (double)latencies[stage].maximum / 1e9);
  fprintf(
      stderr,
      "all blocks: %" PRIu64 " transactions, %" PRIu64 " gas, %" PRIu64 " B; %" PRIu64
      " measured were dropped\n",
      total_count, total_gas, total_bytes, dropped);
  fprintf(
      stderr, "%" PRIu64 " batches, %" PRIu64 " slots, %" PRIu64 " missed, fees %.17g %.17g wei\n",
      batch_end, slot, missed_count, (double)fee_sum[0] / (double)slot,
      (double)fee_sum[1] / (double)slot);
  fprintf(
      stderr, "earned %.17g, data %.17g, state %.17g, burned %.17g + %.17g, tips %.17g wei\n",
      (double)fees_paid, (double)spent[DATA], (double)spent[CLAIM], (double)burned,
      (double)blob_burned, (double)tips);
}

/* Lets blocks, batches, blobs and the mempool hold as much more as the rate is above 50/s. */
static void scale(uint64_t rate) {
  if (rate <= BASE_RATE) return;
  block_gas_limit = block_gas_limit * rate / BASE_RATE;
  batch_limit = batch_limit * rate / BASE_RATE;
  blob_bytes = blob_bytes * rate / BASE_RATE;
  mempool_limit = mempool_limit * rate / BASE_RATE;
  if (mempool_limit > MOST_WAITING) mempool_limit = MOST_WAITING;
}

static void open_world(uint64_t rate, uint64_t transactions) {
  scale(rate);
  horizon = SECONDS(transactions / rate);
  uint64_t capacity = 1024;
  while (capacity < mempool_limit) capacity *= 2;
  mempool = allocate(capacity, sizeof *mempool); /* pages count once they are used */
  mempool_mask = capacity - 1;
  workload_open(&workload, (double)rate, horizon);
  chain_open();
}

static void close_world(void) {
  workload_close(&workload);
  chain_close();
  schedule_free(&schedule);
  free(mempool);
}

int main(int argc, char **argv) {
  uint64_t rate = argc == 3 ? strtoull(argv[1], NULL, 10) : 0;
  uint64_t transactions = argc == 3 ? strtoull(argv[2], NULL, 10) : 0;
  if (rate == 0 || transactions < rate) {
    fprintf(stderr, "usage: journey RATE TRANSACTIONS (at least a second's worth)\n");
    return 2;
  }
  double start = cpu_seconds();
  open_world(rate, transactions);
  run();
  double seconds = cpu_seconds() - start;
  report("journey", 0, transactions, seconds, mean_seconds(&latencies[SOFT]));
  print_results();
  close_world();
  return 0;
}
