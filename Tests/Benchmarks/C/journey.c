/* One optimistic rollup on its settlement chain in plain C: the world of
 * Tests/Benchmarks/Swift/Journey.swift, draw for draw.
 *
 * The rate goes to standard output; what the run measured goes to standard error. */
#include "chain.h"
#include "latency.h"
#include "report.h"
#include "schedule.h"

#define SECONDS(n) ((int64_t)(n) * 1000000000)

enum { CLASSES = 9, MEMPOOL = 1 << 17, MEMPOOL_LIMIT = 100000 };
enum { BLOB_BYTES = 126976, BATCH_LIMIT = 100000, BATCH_OVERHEAD = 200 };
static const double rate = 50, compression = 0.6;
static const int64_t block_interval = SECONDS(1) / 4, batch_age = SECONDS(300);
static const int64_t claim_interval = SECONDS(3600), window = SECONDS(7 * 86400);
static const uint64_t block_gas_limit = 32000000, layer2_price = 20000000;
static const uint64_t data_gas = 21000 + 50000, claim_gas = 150000;

/* Kinds of event, and their ranks among the events of one instant. */
enum { SLOT, SEAL, DEADLINE, ASSERT, MATURE };
static const unsigned phase[] = {[SLOT] = 1, [SEAL] = 2, [DEADLINE] = 3, [ASSERT] = 5, [MATURE] = 6};

enum { SOFT, POSTED, INCLUDED, SETTLED, PROVEN, FINAL, WITHDRAWABLE, STAGES };
static const char *stage_names[] = {
    "soft", "posted", "included", "settled", "proven", "final", "withdrawable"};

typedef struct {
  int64_t submitted_at;
  uint32_t gas, bytes;
  uint8_t class;
} transaction_t;

typedef struct {
  uint64_t count, gas, bytes;
} totals_t;

typedef struct {
  totals_t classes[CLASSES];
  uint64_t count, raw_bytes, measured_gas;
  span_t submissions;
} block_t;

typedef struct {
  totals_t classes[CLASSES];
  uint64_t count, raw_bytes, measured_gas;
  profile_t profile;
  int is_settled, is_claimed;
} batch_t;

typedef struct {
  profile_t profile;
  uint64_t measured_gas;
  int is_settled, is_matured, is_final;
} claim_t;

/* A draw of gas or bytes: exp(mu + sigma Z), or `constant` where sigma is 0. */
typedef struct {
  double mu, sigma, constant;
} draw_t;

static schedule_t schedule;
static int64_t horizon;
static histogram_t latencies[STAGES];
static uint64_t gas_passed[STAGES];
static totals_t totals[CLASSES];
static u128 fees_paid;

static transaction_t mempool[MEMPOOL];
static uint64_t mempool_first, mempool_end, offered, dropped, claimed;
static int64_t next_arrival;
static gsl_rng *arrivals, *class_stream, *gas_stream, *bytes_stream;
static gsl_ran_discrete_t *mix;
static draw_t gas_draw[CLASSES], bytes_draw[CLASSES];

static batch_t batches[TABLE], open_batch;
static claim_t claims[TABLE];
static uint64_t batch_first, batch_end, claim_first, claim_end, included_end, unclaimed;

/* Schedules an event; its payload is subject and kind. */
static void after(int64_t delay, unsigned kind, uint64_t subject) {
  schedule_at(&schedule, schedule.now + delay, phase[kind], subject << 8 | kind);
}

/* ---- Workload ---- */

static int64_t gap(void) { return nanoseconds(gsl_ran_exponential(arrivals, 1 / rate)); }

static inline uint32_t sample(const draw_t *draw, const gsl_rng *stream) {
  double value = draw->constant;
  if (draw->sigma > 0) value = exp(draw->mu + draw->sigma * gsl_ran_gaussian_ziggurat(stream, 1));
  return (uint32_t)(value + 0.5 < 4e9 ? value + 0.5 : 4e9);
}

static draw_t lognormal(double mean, double cv) {
  double variance = log1p(cv * cv);
  return (draw_t){log(mean) - variance / 2, sqrt(variance), 0};
}

static void workload_open(void) {
  double weights[CLASSES] = {0.3, 0.35, 0.25, 0.1};
  gas_draw[0] = (draw_t){0, 0, 21000};
  gas_draw[1] = lognormal(50000, 0.2);
  gas_draw[2] = lognormal(150000, 0.5);
  gas_draw[3] = lognormal(120000, 0.5);
  bytes_draw[0] = lognormal(112, 0.05);
  bytes_draw[1] = lognormal(180, 0.1);
  bytes_draw[2] = lognormal(400, 0.4);
  bytes_draw[3] = lognormal(300, 0.4);
  mix = gsl_ran_discrete_preproc(CLASSES, weights);
  arrivals = philox_stream(1, 0, "workload.arrivals");
  class_stream = philox_stream(1, 0, "workload.class");
  gas_stream = philox_stream(1, 0, "workload.gas");
  bytes_stream = philox_stream(1, 0, "workload.bytes");
  next_arrival = gap();
}

/* Draws the transactions that arrived since the last block. */
static void admit(int64_t through) {
  while (next_arrival <= through) {
    size_t class = gsl_ran_discrete(class_stream, mix);
    uint32_t gas = sample(&gas_draw[class], gas_stream);
    uint32_t bytes = sample(&bytes_draw[class], bytes_stream);
    offered += next_arrival < horizon;
    if (mempool_end - mempool_first < MEMPOOL_LIMIT)
      mempool[mempool_end++ % MEMPOOL] = (transaction_t){next_arrival, gas, bytes, (uint8_t)class};
    else
      dropped += next_arrival < horizon;
    next_arrival += gap();
  }
}

/* ---- Blocks and batches ---- */

static void pass(int stage, const profile_t *profile, uint64_t gas) {
  for (int index = 0; index < profile->used; index++)
    histogram_record(&latencies[stage], &profile->spans[index], schedule.now);
  gas_passed[stage] += gas;
}

static void add_totals(totals_t *sums, const totals_t *others) {
  for (int class = 0; class < CLASSES; class++) {
    sums[class].count += others[class].count;
    sums[class].gas += others[class].gas;
    sums[class].bytes += others[class].bytes;
  }
}

static uint64_t published(uint64_t raw) {
  return (uint64_t)ceil(compression * (double)raw) + BATCH_OVERHEAD;
}

static void post(void) {
  uint64_t blobs = (published(open_batch.raw_bytes) + BLOB_BYTES - 1) / BLOB_BYTES;
  pass(POSTED, &open_batch.profile, open_batch.measured_gas);
  add_totals(totals, open_batch.classes);
  if (batch_end - batch_first == TABLE) abort();
  batches[batch_end % TABLE] = open_batch;
  chain_submit((settlement_t){DATA, batch_end++, data_gas, blobs, 0});
  memset(&open_batch, 0, sizeof open_batch);
}

static void append(const block_t *block) {
  uint64_t together = published(open_batch.raw_bytes + block->raw_bytes);
  if (open_batch.count > 0 && together > BATCH_LIMIT) post();
  if (open_batch.count == 0) after(batch_age, DEADLINE, batch_end);
  add_totals(open_batch.classes, block->classes);
  open_batch.count += block->count;
  open_batch.raw_bytes += block->raw_bytes;
  open_batch.measured_gas += block->measured_gas;
  profile_append(&open_batch.profile, &block->submissions);
  if (published(open_batch.raw_bytes) >= BATCH_LIMIT) post();
}

static void seal(void) {
  admit(schedule.now);
  after(block_interval, SEAL, 0);
  block_t block = {.submissions = {.first = INT64_MAX}};
  uint64_t gas = 0;
  for (; mempool_first != mempool_end; mempool_first++) {
    const transaction_t *tx = &mempool[mempool_first % MEMPOOL];
    if (gas + tx->gas > block_gas_limit && block.count > 0) break;
    gas += tx->gas;
    block.count++;
    block.raw_bytes += tx->bytes;
    block.classes[tx->class].count++;
    block.classes[tx->class].gas += tx->gas;
    block.classes[tx->class].bytes += tx->bytes;
    if (tx->submitted_at >= horizon) continue;
    span_t one = {(u128)tx->submitted_at, 1, tx->submitted_at, tx->submitted_at};
    span_add(&block.submissions, &one);
    block.measured_gas += tx->gas;
  }
  if (block.count == 0) return;
  histogram_record(&latencies[SOFT], &block.submissions, schedule.now);
  gas_passed[SOFT] += block.measured_gas;
  fees_paid += (u128)gas * layer2_price;
  append(&block);
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
    for (int index = 0; index < batch->profile.used; index++) {
      profile_append(&claim->profile, &batch->profile.spans[index]);
      claimed += batch->profile.spans[index].count;
    }
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

static void run(void) {
  after(0, SLOT, 0);
  after(block_interval, SEAL, 0);
  after(claim_interval, ASSERT, 0);
  for (;;) {
    /* Until every measured transaction is final; once all are claimed, nobody needs blocks. */
    int all_claimed = next_arrival >= horizon && claimed == offered - dropped;
    if (all_claimed && latencies[FINAL].count == claimed && latencies[SETTLED].count == claimed)
      return;
    uint64_t event = schedule_next(&schedule), subject = event >> 8;
    switch (event & 0xFF) {
    case SLOT: after(SECONDS(slot_seconds), SLOT, 0); chain_slot(); break;
    case SEAL: if (!all_claimed) seal(); break;
    case DEADLINE: if (subject == batch_end) post(); break;
    case ASSERT: if (!all_claimed) assert_state(); break;
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
  for (int class = 0; class < CLASSES; class++)
    fprintf(
        stderr, "class %d: %" PRIu64 " transactions, %" PRIu64 " gas, %" PRIu64 " B\n", class,
        totals[class].count, totals[class].gas, totals[class].bytes);
  fprintf(
      stderr, "%" PRIu64 " batches, %" PRIu64 " slots, %" PRIu64 " missed, fees %.17g %.17g wei\n",
      batch_end, slot, missed_count, base_fee_sum / (double)slot, blob_fee_sum / (double)slot);
  fprintf(
      stderr, "earned %.17g, data %.17g, state %.17g, burned %.17g + %.17g, tips %.17g wei\n",
      (double)fees_paid, (double)spent[DATA], (double)spent[CLAIM], (double)burned,
      (double)blob_burned, (double)tips);
}

int main(int argc, char **argv) {
  uint64_t transactions = argc == 2 ? strtoull(argv[1], NULL, 10) : 0;
  if (transactions < (uint64_t)rate) {
    fprintf(stderr, "usage: journey TRANSACTIONS (at least %g)\n", rate);
    return 2;
  }
  horizon = SECONDS(transactions / (uint64_t)rate);
  double start = cpu_seconds();
  workload_open();
  chain_open();
  run();
  double seconds = cpu_seconds() - start;
  report("journey", 0, transactions, seconds, mean_seconds(&latencies[SOFT]));
  print_results();
  return 0;
}
