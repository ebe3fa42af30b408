/* Blocks in stretches, where no block can be full: what lies between two instants at which something
 * can happen is drawn as one. Draw for draw Sources/Rollup/Sequencer/Sequencer+Stretches.swift.
 *
 * Part of rollup.h, behind what a rollup is. */
#ifndef STRETCH_H
#define STRETCH_H

enum { FEWEST = 32 }; /* fewer transactions than this in a piece are drawn one by one */

/* The instants of blocks at the interval, counted from 1. */
typedef struct {
  int64_t first;
} grid_t;

static grid_t grid_after(int64_t last, int64_t arrival) {
  int64_t next = last + block_interval, idle = arrival > next ? arrival - next : 0;
  return (grid_t){next + (idle + block_interval - 1) / block_interval * block_interval};
}

static int64_t grid_at(grid_t grid, int64_t number) {
  return grid.first + block_interval * (number - 1);
}

/* How many of them are not after an instant. */
static int64_t grid_count(grid_t grid, int64_t instant) {
  return instant < grid.first ? 0 : (instant - grid.first) / block_interval + 1;
}

/* What is planned so far. */
typedef struct {
  uint64_t count, bytes;
} planned_t;

/* Whether the stretch may have a cohort too: the open batch has room for it, or there is none and
 * neither has transactions. */
static int holds(const rollup_t *r, int is_open, planned_t so_far, const cohort_t *next) {
  return is_open ? so_far.bytes + next->bytes <= room(r) : so_far.count + next->count == 0;
}

/* The share of a cohort that does. */
static double guess(const rollup_t *r, int is_open, planned_t so_far, const cohort_t *next) {
  return is_open ? (double)(room(r) - so_far.bytes) / (double)next->bytes
                 : 1 / (double)(next->count + 1);
}

static void plan(rollup_t *r, cohort_t cohort) {
  if (r->planned_count == WAITING_COHORTS) abort();
  r->planned[r->planned_count++] = cohort;
}

/* Plans the longest stretch that holds, or where its first block with transactions does not, that
 * block alone; returns when it is sealed. What does not hold is cut where it is expected to. */
static int64_t plan_through(rollup_t *r, grid_t grid, int64_t end, int is_open) {
  cohorts_t *cohorts = &r->workload.cohorts;
  planned_t so_far = {0, 0};
  int64_t sealed = 0;
  while (sealed < end && cohorts->waiting_count > 0) {
    cohort_t part = pop_cohort(cohorts);
    int64_t last = grid_count(grid, part.to);
    if (last > end) last = end;
    if (last <= sealed) {
      push_cohort(cohorts, part); /* belongs to the block behind it, with others */
      break;
    }
    if (grid_at(grid, last) < part.to) cut_cohort(cohorts, &part, grid_at(grid, last));
    while (!holds(r, is_open, so_far, &part)) {
      int64_t blocks = last - sealed;
      if (blocks <= 1) {
        if (r->planned_count > 0) {
          push_cohort(cohorts, part);
          return grid_at(grid, sealed);
        }
        plan(r, part);
        return grid_at(grid, last);
      }
      double share = round(guess(r, is_open, so_far, &part) * (double)blocks);
      last = sealed + (int64_t)fmin(fmax(share, 1), (double)(blocks - 1));
      cut_cohort(cohorts, &part, grid_at(grid, last));
    }
    so_far.count += part.count;
    so_far.bytes += part.bytes;
    if (part.count > 0) plan(r, part);
    sealed = last;
  }
  return grid_at(grid, sealed > 1 ? sealed : 1);
}

/* The next cohort, drawn unless it is; 0 where there are too few transactions. */
static int next_cohort(workload_t *w, cohort_t *next) {
  if (w->cohorts.waiting_count > 0) {
    *next = pop_cohort(&w->cohorts);
    return 1;
  }
  refill(w);
  if (w->ahead.count < FEWEST) {
    fill(w, take_ahead(w));
    return 0;
  }
  *next = take_cohort(w);
  return 1;
}

/* Draws the stretch that is sealed next; returns when, or -1 where single ones have to be drawn. */
static int64_t plan_stretch(rollup_t *r) {
  workload_t *w = &r->workload;
  cohort_t next;
  if (r->mempool_first != r->mempool_end || w->piece.head < w->piece.end) return -1;
  if (!next_cohort(w, &next)) return -1;
  grid_t grid = grid_after(r->last_seal, next.from);
  int64_t end = grid_count(grid, next.to);
  int is_open = r->open_batch.count > 0 && r->closes_at >= grid.first;
  if (is_open && end > grid_count(grid, r->closes_at)) end = grid_count(grid, r->closes_at);
  if (end > 0) {
    push_cohort(&w->cohorts, next);
    return plan_through(r, grid, end, is_open);
  }
  /* Its first block has transactions of the next piece as well. */
  plan(r, next);
  refill(w);
  if (w->has_ahead && w->ahead.from < grid.first && grid.first < w->ahead.to) {
    cohort_t rest = draw_cohort(w, split_ahead(w, grid.first));
    if (rest.count > 0) plan(r, rest);
  }
  return grid.first;
}

/* ---- Sealing ---- */

/* Adds latencies of a stretch to those that it has. */
static void widen(block_t *block, int is_first, int64_t shortest, int64_t longest) {
  if (is_first || shortest < block->shortest) block->shortest = shortest;
  if (is_first || longest > block->longest) block->longest = longest;
}

/* Seals the stretch that was planned. */
static void seal_stretch(rollup_t *r, block_t *block) {
  cohorts_t *cohorts = &r->workload.cohorts;
  for (size_t index = 0; index < r->planned_count; index++) {
    const cohort_t *cohort = &r->planned[index];
    times_t times = draw_times(cohorts, cohort, block_interval, schedule.now);
    block->count += cohort->count;
    block->gas += cohort->gas;
    block->bytes += cohort->bytes;
    if (!cohort->is_measured) continue;
    span_t span = {times.submitted, cohort->count, times.first, times.last};
    widen(block, block->submissions.count == 0, times.shortest, times.longest);
    note_measured(block, &span, cohort->gas);
    block->sealed += times.sealed;
    r->offered += cohort->count;
  }
  block->is_stretch = 1;
  r->planned_count = 0;
  gsl_ran_exponential(cohorts->edges, 1); /* what Swift finds the largest block by */
}

/* Ends a stretch with what its last block has beside it. */
static void end_stretch(block_t *block, const span_t *before) {
  uint64_t measured = block->submissions.count - before->count;
  if (measured == 0) return;
  block->sealed += (u128)measured * (uint64_t)schedule.now;
  int64_t latest = schedule.now - block->submissions.last;
  int64_t earliest = schedule.now - block->submissions.first;
  widen(block, before->count == 0, latest, earliest);
}

#endif
