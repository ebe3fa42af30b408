/* Transactions of a stretch of time as one: how many, and what they use together. Draw for draw
 * Sources/Rollup/Workload/Cohort.swift, for Poisson arrivals. */
#ifndef COHORT_H
#define COHORT_H

#include "workload.h"

/* When the transactions of a cohort are submitted and sealed. */
typedef struct {
  u128 submitted, sealed; /* sums of instants [ns] */
  int64_t first, last, shortest, longest;
} times_t;

/* ---- Laws of sums: gamma variables with the mean and the variance of one ---- */

static double draw_sum(const sum_law_t *law, uint64_t count, const gsl_rng *stream) {
  if (law->shape == INFINITY) return (double)count * law->mean;
  return gsl_ran_gamma(stream, (double)count * law->shape, law->mean / law->shape);
}

/* The share that `left` of `left + right` have of a sum. */
static double draw_share(
    const sum_law_t *law, uint64_t left, uint64_t right, const gsl_rng *stream) {
  if (left == 0) return 0;
  if (right == 0) return 1;
  return gsl_ran_beta(stream, (double)left * law->shape, (double)right * law->shape);
}

/* ---- Drawing and cutting ---- */

static cohort_t draw_cohort(workload_t *w, ahead_t piece) {
  const cohorts_t *c = &w->cohorts;
  cohort_t cohort = {piece.from, piece.to, 0, 0, 0, piece.from < w->horizon};
  uint64_t left = piece.count;
  double weight = c->weight;
  for (int class = 0; class < CLASSES && left > 0; class++) {
    double share = class_weights[class] / weight;
    uint64_t count = share < 1 ? gsl_ran_binomial(w->classes, share, (unsigned)left) : left;
    left -= count;
    weight -= class_weights[class];
    if (count == 0) continue;
    cohort.count += count;
    cohort.gas += (uint64_t)(draw_sum(&c->gas[class], count, &c->gas_words) + 0.5);
    cohort.bytes += (uint64_t)(draw_sum(&c->bytes[class], count, &c->bytes_words) + 0.5);
  }
  return cohort;
}

/* Draws the whole piece that is still a number as a cohort. */
static cohort_t take_cohort(workload_t *w) { return draw_cohort(w, take_ahead(w)); }

static void push_cohort(cohorts_t *c, cohort_t cohort) {
  if (cohort.count == 0) return;
  if (c->waiting_count == WAITING_COHORTS) abort();
  c->waiting[c->waiting_count++] = cohort;
}

static cohort_t pop_cohort(cohorts_t *c) { return c->waiting[--c->waiting_count]; }

/* Cuts a cohort at an instant in its stretch: what is behind waits, what lies before is left. */
static void cut_cohort(cohorts_t *c, cohort_t *cohort, int64_t instant) {
  cohort_t right = *cohort, *left = cohort;
  double share = (double)(instant - cohort->from) / (double)(cohort->to - cohort->from);
  left->to = right.from = instant;
  left->count = share_of(c, right.count, share);
  right.count -= left->count;
  double gas = draw_share(&c->mixed_gas, left->count, right.count, c->shares);
  double bytes = draw_share(&c->mixed_bytes, left->count, right.count, c->shares);
  left->gas = (uint64_t)round(gas * (double)right.gas);
  left->bytes = (uint64_t)round(bytes * (double)right.bytes);
  right.gas -= left->gas;
  right.bytes -= left->bytes;
  push_cohort(c, right);
}

/* ---- Times ---- */

/* How far the first and the last of so many uniform instants lie from the edges, as shares. */
static void draw_edges(cohorts_t *c, uint64_t count, double edges[2]) {
  if (count == 1) {
    edges[0] = gsl_rng_uniform(c->edges);
    edges[1] = 1 - edges[0];
    return;
  }
  for (int side = 0; side < 2; side++)
    edges[side] = -expm1(-gsl_ran_exponential(c->edges, 1) / (double)count);
}

/* The integral of waits over the time before the last block, and the whole intervals in it. */
static double wait_integral(int64_t time, int64_t interval, int64_t *blocks) {
  double square = (double)interval * (double)interval, rest = (double)(time % interval);
  *blocks = time / interval;
  return ((double)*blocks * square + rest * rest) / 2;
}

/* When the transactions of a cohort are submitted and sealed, by blocks at an interval of which the
 * last is at `end`. */
static times_t draw_times(cohorts_t *c, const cohort_t *cohort, int64_t interval, int64_t end) {
  int64_t near_blocks, far_blocks;
  double length = (double)(cohort->to - cohort->from), count = (double)cohort->count, edges[2];
  double near = wait_integral(end - cohort->to, interval, &near_blocks);
  double far = wait_integral(end - cohort->from - 1, interval, &far_blocks);
  times_t times;
  draw_edges(c, cohort->count, edges);
  times.first = cohort->from + (int64_t)round(edges[0] * length);
  times.last = cohort->to - (int64_t)round(edges[1] * length);
  times.submitted = cohort->count == 1
                        ? (u128)times.first
                        : (u128)cohort->count * (uint64_t)(cohort->from + cohort->to) / 2;
  if (times.last < times.first) times.last = times.first;
  times.sealed = times.submitted + (u128)round((far - near) / length * count);
  if (near_blocks == far_blocks) {
    int64_t block = end - near_blocks * interval;
    times.shortest = block - times.last;
    times.longest = block - times.first;
  } else {
    draw_edges(c, cohort->count, edges);
    double low = edges[0] * (double)interval, high = (double)interval - edges[1] * (double)interval;
    times.shortest = (int64_t)fmin(low, high);
    times.longest = (int64_t)fmax(low, high);
  }
  return times;
}

#endif
