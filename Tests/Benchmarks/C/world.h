/* Optimistic rollups on their settlement chain in plain C: the world of
 * Tests/Benchmarks/Swift/Journey.swift, draw for draw. */
#ifndef WORLD_H
#define WORLD_H

#include "rollup.h"

/* ---- The run ---- */

/* Whether the last measured transaction of a rollup has passed its last stage. */
static int is_finished(const rollup_t *r) {
  uint64_t accepted = r->offered - r->dropped;
  return next_arrival(&r->workload) >= horizon && r->latencies[FINAL].count == accepted
         && r->latencies[SETTLED].count == accepted
         && r->latencies[WITHDRAWABLE].count == accepted;
}

static void handle(uint64_t event) {
  rollup_t *r = &rollups[event >> 8 & 0xFF];
  uint64_t subject = event >> 16;
  switch (event & 0xFF) {
  case SLOT: after(r, SECONDS(slot_seconds), SLOT, 0); chain_slot(); break;
  case SEAL: seal(r); break;
  case DEADLINE: if (subject == r->batch_end) post(r); break;
  case ASSERT: assert_state(r); break;
  case MATURE: mature(r, &r->claims[subject % TABLE]); break;
  }
}

static void run(void) {
  at(&rollups[0], 0, SLOT, 0);
  for (unsigned number = 0; number < rollup_count; number++) {
    at(&rollups[number], next_seal(&rollups[number]), SEAL, 0);
    at(&rollups[number], claim_interval, ASSERT, 0);
  }
  for (unsigned finished = 0;;) {
    while (finished < rollup_count && is_finished(&rollups[finished])) finished++;
    if (finished == rollup_count) return;
    handle(schedule_next(&schedule));
  }
}

/* ---- Begin and end ---- */

/* Lets blocks, batches, blobs and the mempool hold as much more as the rate is above 50/s. */
static inline void scale(uint64_t rate) {
  if (rate <= BASE_RATE) return;
  block_gas_limit = block_gas_limit * rate / BASE_RATE;
  batch_limit = batch_limit * rate / BASE_RATE;
  blob_bytes = blob_bytes * rate / BASE_RATE;
  mempool_limit = mempool_limit * rate / BASE_RATE;
  if (mempool_limit > MOST_WAITING) mempool_limit = MOST_WAITING;
}

/* Opens the world of so many rollups; several are called r0, r1, and so on. */
static void open_world(unsigned count, double rate, int64_t until, int is_in_cohorts) {
  horizon = until;
  rollup_count = count;
  rollups = allocate(count, sizeof *rollups);
  uint64_t capacity = 1024;
  while (capacity < mempool_limit) capacity *= 2;
  for (unsigned number = 0; number < count; number++) {
    rollup_t *r = &rollups[number];
    char prefix[32] = "";
    if (count > 1) snprintf(prefix, sizeof prefix, "rollups.r%u.", number);
    r->number = number;
    r->mempool = allocate(capacity, sizeof *r->mempool); /* pages count once they are used */
    r->mempool_mask = capacity - 1;
    workload_open(&r->workload, prefix, rate, horizon, is_in_cohorts);
  }
  chain_open();
}

static void close_world(void) {
  for (unsigned number = 0; number < rollup_count; number++) {
    workload_close(&rollups[number].workload);
    free(rollups[number].mempool);
  }
  free(rollups);
  chain_close();
  schedule_free(&schedule);
  schedule = (schedule_t){0};
}

/* Transactions of so many a second, with those after the horizon. */
static inline uint64_t sent(uint64_t rate) {
  return rate * (uint64_t)((horizon + after_horizon()) / SECONDS(1));
}

/* Runs one rollup as the command line says and reports its rate; returns whether it was
 * understood. */
static inline int run_one(const char *name, int argc, char **argv, int is_in_cohorts) {
  uint64_t rate = argc == 3 ? strtoull(argv[1], NULL, 10) : 0;
  uint64_t transactions = argc == 3 ? strtoull(argv[2], NULL, 10) : 0;
  if (rate == 0 || transactions < rate) {
    fprintf(stderr, "usage: %s RATE TRANSACTIONS (at least a second's worth)\n", name);
    return 0;
  }
  double start = cpu_seconds();
  scale(rate);
  open_world(1, (double)rate, SECONDS(transactions / rate), is_in_cohorts);
  run();
  double seconds = cpu_seconds() - start;
  report(name, rate, sent(rate), seconds, mean_seconds(&rollups[0].latencies[SOFT]));
  return 1;
}

#endif
