/* The transactions that users send, drawn in pieces of time: first how many arrive in a piece, then
 * their instants and classes, then what all of a class use. Draw for draw Sources/Rollup/Workload.
 *
 * A piece is a few arrays, so that a block can sum up a stretch of them at once. */
#ifndef WORKLOAD_H
#define WORKLOAD_H

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "philox.h"

enum { CLASSES = 4, MEAN_ARRIVALS = 256, WAITING_COHORTS = 64 };
static const double class_weights[CLASSES] = {0.3, 0.35, 0.25, 0.1};

/* A draw of gas or bytes: exp(mu + sigma Z), or `constant` where sigma is 0. */
typedef struct {
  double mu, sigma;
  uint32_t constant;
} draw_t;

/* Walker's alias method with both alternatives of a column side by side: chance decides, so a
 * branch would be predicted badly. */
typedef struct {
  double bound[CLASSES];
  uint8_t choice[CLASSES][2];
} mix_t;

static mix_t mix_of(const double weights[CLASSES]) {
  gsl_ran_discrete_t *table = gsl_ran_discrete_preproc(CLASSES, weights);
  mix_t mix;
  for (int column = 0; column < CLASSES; column++) {
    mix.bound[column] = table->F[column];
    mix.choice[column][0] = (uint8_t)table->A[column];
    mix.choice[column][1] = (uint8_t)column;
  }
  gsl_ran_discrete_free(table);
  return mix;
}

/* The class of 64 random bits. */
static inline size_t choose(const mix_t *mix, uint64_t bits) {
  double uniform = (double)(int64_t)(bits >> 11) * 0x1p-53;
  size_t column = (size_t)(int64_t)(uniform * CLASSES);
  return mix->choice[column][uniform < mix->bound[column]];
}

/* Transactions of a piece of time in the order of their submission; those before `head` are
 * taken. */
typedef struct {
  int64_t from, to;
  uint64_t *words, *sorted;
  int64_t *instants;
  uint32_t *gas, *bytes, *places[CLASSES];
  size_t capacity, head, end;
  int is_measured;
} piece_t;

/* A piece of time that is still a number of arrivals. */
typedef struct {
  int64_t from, to;
  uint64_t count;
} ahead_t;

/* Transactions of a stretch of time as one. */
typedef struct {
  int64_t from, to;
  uint64_t count, gas, bytes;
  int is_measured;
} cohort_t;

/* The law of what many transactions use together: a gamma variable, or where one does not vary, its
 * value times their number, with an infinite shape. */
typedef struct {
  double mean, shape;
} sum_law_t;

/* What cohorts are drawn from, and those that are drawn and not sealed, the next one last. */
typedef struct {
  double weight;
  sum_law_t gas[CLASSES], bytes[CLASSES], mixed_gas, mixed_bytes;
  gsl_rng *shares, *edges, gas_words, bytes_words;
  cohort_t waiting[WAITING_COHORTS];
  size_t waiting_count;
} cohorts_t;

typedef struct {
  double rate;
  int64_t grid, horizon, through;
  piece_t piece;
  gsl_rng *arrivals, *classes, *gas, *bytes;
  mix_t mix;
  draw_t gas_draws[CLASSES], bytes_draws[CLASSES];
  int is_in_cohorts, has_ahead;
  ahead_t ahead; /* behind the drawn transactions, where there are cohorts */
  cohorts_t cohorts;
} workload_t;

/* ---- Memory ---- */

static void *allocate(size_t count, size_t size) {
  void *memory = calloc(count, size);
  if (!memory) abort();
  return memory;
}

static void piece_free(piece_t *piece) {
  free(piece->words);
  free(piece->sorted);
  free(piece->instants);
  free(piece->gas);
  free(piece->bytes);
  for (int class = 0; class < CLASSES; class++) free(piece->places[class]);
}

static void piece_reserve(piece_t *piece, size_t capacity) {
  piece_free(piece);
  piece->capacity = capacity;
  piece->words = allocate(capacity, sizeof *piece->words);
  piece->sorted = allocate(capacity, sizeof *piece->sorted);
  piece->instants = allocate(capacity, sizeof *piece->instants);
  piece->gas = allocate(capacity, sizeof *piece->gas);
  piece->bytes = allocate(capacity, sizeof *piece->bytes);
  for (int class = 0; class < CLASSES; class++)
    piece->places[class] = allocate(capacity, sizeof *piece->places[class]);
}

/* ---- Drawing ---- */

/* Sorts random words: by their first bits into about as many places as there are words, then each
 * past the few that are wrong. */
static void sort_words(const uint64_t *words, uint64_t *sorted, size_t count) {
  uint32_t ends[1024];
  int bits = 1;
  while (bits < 10 && (size_t)1 << bits < count) bits++;
  int shift = 64 - bits;
  memset(ends, 0, sizeof *ends << bits);
  for (size_t index = 0; index < count; index++) ends[words[index] >> shift]++;
  for (size_t bucket = 1; bucket < (size_t)1 << bits; bucket++) ends[bucket] += ends[bucket - 1];
  for (size_t index = 0; index < count; index++)
    sorted[--ends[words[index] >> shift]] = words[index];
  for (size_t index = 1; index < count; index++) {
    uint64_t word = sorted[index];
    size_t place = index;
    for (; place > 0 && sorted[place - 1] > word; place--) sorted[place] = sorted[place - 1];
    sorted[place] = word;
  }
}

static inline uint32_t whole(double value) {
  return (uint32_t)(int64_t)(value + 0.5 < 4e9 ? value + 0.5 : 4e9);
}

/* Draws what the transactions at some places use of one thing. */
static void draw_uses(
    const draw_t *draw, const gsl_rng *stream, const uint32_t *places, size_t count,
    uint32_t *uses) {
  if (draw->sigma == 0) {
    for (size_t index = 0; index < count; index++) uses[places[index]] = draw->constant;
    return;
  }
  for (size_t index = 0; index < count; index++)
    uses[places[index]] =
        whole(exp(draw->mu + draw->sigma * gsl_ran_gaussian_ziggurat(stream, 1)));
}

/* Draws the instants and classes of a piece; each class gets a list of its places. */
static void draw_instants(workload_t *w, size_t sizes[CLASSES]) {
  piece_t *piece = &w->piece;
  const mix_t mix = w->mix;
  const uint64_t length = (uint64_t)(piece->to - piece->from), *words = piece->sorted;
  const int64_t from = piece->from;
  const size_t end = piece->end;
  int64_t *instants = piece->instants;
  uint32_t *next[CLASSES];
  philox_fill(w->classes->state, piece->words, end);
  sort_words(piece->words, piece->sorted, end);
  for (int class = 0; class < CLASSES; class++) next[class] = piece->places[class];
  for (size_t index = 0; index < end; index++) {
    u128 product = (u128)words[index] * length;
    instants[index] = from + (int64_t)(product >> 64);
    *next[choose(&mix, (uint64_t)product)]++ = (uint32_t)index;
  }
  for (int class = 0; class < CLASSES; class++)
    sizes[class] = (size_t)(next[class] - piece->places[class]);
}

/* Draws the transactions of a piece. */
static void fill(workload_t *w, ahead_t ahead) {
  piece_t *piece = &w->piece;
  piece->from = ahead.from;
  piece->to = ahead.to;
  piece->is_measured = ahead.from < w->horizon;
  piece->head = 0;
  piece->end = ahead.count;
  if (piece->end > piece->capacity) piece_reserve(piece, 2 * piece->end);
  size_t sizes[CLASSES];
  draw_instants(w, sizes);
  for (int class = 0; class < CLASSES; class++) {
    draw_uses(&w->gas_draws[class], w->gas, piece->places[class], sizes[class], piece->gas);
    draw_uses(&w->bytes_draws[class], w->bytes, piece->places[class], sizes[class], piece->bytes);
  }
}

/* Draws the next piece, which ends on the grid or at the horizon. */
static void next_piece(workload_t *w) {
  ahead_t next = {w->through, (w->through / w->grid + 1) * w->grid, 0};
  if (next.from < w->horizon && next.to > w->horizon) next.to = w->horizon;
  w->through = next.to;
  next.count = gsl_ran_poisson(w->arrivals, w->rate * (double)(next.to - next.from) * 1e-9);
  if (w->is_in_cohorts && next.count > 0) {
    w->ahead = next;
    w->has_ahead = 1;
  } else {
    fill(w, next);
  }
}

/* Draws until there is a transaction that is not taken, or a piece that is a number. */
static inline void refill(workload_t *w) {
  while (w->piece.head == w->piece.end && !w->has_ahead) next_piece(w);
}

/* How many of independent instants lie in a share of the time. */
static uint64_t share_of(cohorts_t *c, uint64_t count, double share) {
  return count > 0 ? gsl_ran_binomial(c->shares, fmin(fmax(share, 0), 1), (unsigned)count) : 0;
}

/* Takes the part of the piece ahead before an instant in it. */
static ahead_t split_ahead(workload_t *w, int64_t instant) {
  ahead_t left = w->ahead, *right = &w->ahead;
  double share = (double)(instant - left.from) / (double)(left.to - left.from);
  left.to = right->from = instant;
  left.count = share_of(&w->cohorts, right->count, share);
  right->count -= left.count;
  w->has_ahead = right->count > 0;
  return left;
}

/* Takes the whole of it. */
static ahead_t take_ahead(workload_t *w) {
  w->has_ahead = 0;
  return w->ahead;
}

/* Draws what is submitted through an instant, of which nothing is drawn that is not taken. */
static __attribute__((noinline)) void draw_more(workload_t *w, int64_t instant) {
  refill(w);
  while (w->piece.head == w->piece.end && w->has_ahead && w->ahead.from <= instant) {
    fill(w, instant + 1 < w->ahead.to ? split_ahead(w, instant + 1) : take_ahead(w));
    refill(w);
  }
}

/* Whether something is submitted through an instant, which is drawn then. */
static inline int draw_through(workload_t *w, int64_t instant) {
  if (w->piece.head == w->piece.end) draw_more(w, instant);
  return w->piece.head < w->piece.end && w->piece.instants[w->piece.head] <= instant;
}

/* When the next transaction is submitted; where it is a number, when it is at the earliest. */
static inline int64_t next_arrival(const workload_t *w) {
  const cohorts_t *c = &w->cohorts;
  if (w->piece.head < w->piece.end) return w->piece.instants[w->piece.head];
  if (c->waiting_count > 0) return c->waiting[c->waiting_count - 1].from;
  return w->has_ahead ? w->ahead.from : w->through;
}

/* ---- Begin and end ---- */

static draw_t lognormal(double mean, double cv) {
  double variance = log1p(cv * cv);
  return (draw_t){log(mean) - variance / 2, sqrt(variance), 0};
}

/* A power of two of nanoseconds that has about 256 arrivals, at most 18 minutes. */
static int64_t grid_for(double rate) {
  int exponent = ilogb(MEAN_ARRIVALS / rate * 1e9);
  return (int64_t)1 << (exponent < 10 ? 10 : exponent > 40 ? 40 : exponent);
}

/* The stream of a workload with a name, below the prefix of its rollup. */
static gsl_rng *workload_stream(const gsl_rng_type *type, const char *prefix, const char *name) {
  char whole[64];
  snprintf(whole, sizeof whole, "%sworkload.%s", prefix, name);
  return philox_open(type, 1, 0, whole);
}

static sum_law_t sum_law(const draw_t *draw) {
  if (draw->sigma == 0) return (sum_law_t){draw->constant, INFINITY};
  double mean = exp(draw->mu + draw->sigma * draw->sigma / 2);
  double variance = expm1(draw->sigma * draw->sigma) * mean * mean;
  return (sum_law_t){mean, mean * mean / variance};
}

/* The law of a transaction of any class, by mean and variance. */
static sum_law_t mixed_law(const sum_law_t laws[CLASSES]) {
  double total = 0, mean = 0, square = 0;
  for (int class = 0; class < CLASSES; class++) {
    double one = laws[class].mean, shape = laws[class].shape;
    double inverse = shape == INFINITY ? 0 : 1 / shape;
    total += class_weights[class];
    mean += class_weights[class] * one;
    square += class_weights[class] * (one * one * (1 + inverse));
  }
  mean /= total;
  return (sum_law_t){mean, mean * mean / (square / total - mean * mean)};
}

/* Some 275 s, less where so many arrive that GSL could not count them. */
static int64_t cohort_grid(double rate) {
  int exponent = ilogb(5e8 / rate * 1e9);
  return (int64_t)1 << (exponent > 38 ? 38 : exponent);
}

static void cohorts_open(workload_t *w, const char *prefix) {
  cohorts_t *c = &w->cohorts;
  for (int class = 0; class < CLASSES; class++) {
    c->weight += class_weights[class];
    c->gas[class] = sum_law(&w->gas_draws[class]);
    c->bytes[class] = sum_law(&w->bytes_draws[class]);
  }
  c->mixed_gas = mixed_law(c->gas);
  c->mixed_bytes = mixed_law(c->bytes);
  c->shares = workload_stream(&philox_type, prefix, "shares");
  c->edges = workload_stream(&philox_type, prefix, "edges");
  /* The same words as of single transactions, but whole. */
  c->gas_words = (gsl_rng){&philox_type, w->gas->state};
  c->bytes_words = (gsl_rng){&philox_type, w->bytes->state};
}

static void workload_open(
    workload_t *w, const char *prefix, double rate, int64_t horizon, int is_in_cohorts) {
  *w = (workload_t){
      .rate = rate,
      .grid = is_in_cohorts ? cohort_grid(rate) : grid_for(rate),
      .horizon = horizon,
      .is_in_cohorts = is_in_cohorts,
      .gas_draws = {{0, 0, 21000}, lognormal(50000, 0.2), lognormal(150000, 0.5),
                    lognormal(120000, 0.5)},
      .bytes_draws = {lognormal(112, 0.05), lognormal(180, 0.1), lognormal(400, 0.4),
                      lognormal(300, 0.4)}};
  w->mix = mix_of(class_weights);
  w->arrivals = workload_stream(&philox_type, prefix, "arrivals");
  w->classes = workload_stream(&philox_type, prefix, "class");
  w->gas = workload_stream(&philox_halves_type, prefix, "gas");
  w->bytes = workload_stream(&philox_halves_type, prefix, "bytes");
  cohorts_open(w, prefix);
  piece_reserve(&w->piece, 2 * MEAN_ARRIVALS);
  refill(w);
}

static void workload_close(workload_t *w) {
  piece_free(&w->piece);
  gsl_rng_free(w->arrivals);
  gsl_rng_free(w->classes);
  gsl_rng_free(w->gas);
  gsl_rng_free(w->bytes);
  gsl_rng_free(w->cohorts.shares);
  gsl_rng_free(w->cohorts.edges);
}

#endif
