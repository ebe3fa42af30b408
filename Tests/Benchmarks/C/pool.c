/* A pool of provers in plain C: jobs arrive at random, wait first come, first served, and take a
 * gamma distributed time on one of 64 machines that are busy nine tenths of the time. The check is
 * the mean waiting time [s]. */
#include <gsl/gsl_randist.h>

#include "philox.h"
#include "report.h"
#include "schedule.h"

enum { PROVERS = 64 };
enum { DONE, ARRIVAL }; /* kinds of event, and their order at one instant */
static const double load = 0.9, mean_service = 200, service_cv = 0.3;

/* The arrivals of jobs that wait, in a ring that grows. */
typedef struct {
  int64_t *times;
  uint64_t capacity, first, end;
} queue_t;

static schedule_t schedule;
static queue_t waiting;
static gsl_rng *arrivals, *services;
static uint64_t arrived, started;
static int busy;
static u128 waited;

static void queue_grow(queue_t *queue) {
  uint64_t capacity = queue->capacity ? 2 * queue->capacity : 1024;
  int64_t *times = malloc(capacity * sizeof *times);
  if (!times) abort();
  for (uint64_t place = queue->first; place < queue->end; place++)
    times[place % capacity] = queue->times[place % queue->capacity];
  free(queue->times);
  queue->times = times;
  queue->capacity = capacity;
}

static void queue_push(queue_t *queue, int64_t time) {
  if (queue->end - queue->first == queue->capacity) queue_grow(queue);
  queue->times[queue->end++ & (queue->capacity - 1)] = time;
}

static int64_t queue_pop(queue_t *queue) {
  return queue->times[queue->first++ & (queue->capacity - 1)];
}

static void schedule_arrival(void) {
  double mean_gap = mean_service / (load * PROVERS);
  schedule_at(
      &schedule, schedule.now + nanoseconds(gsl_ran_exponential(arrivals, mean_gap)), ARRIVAL,
      ARRIVAL);
}

static void begin_job(int64_t arrived_at) {
  const double shape = 1 / (service_cv * service_cv);
  int64_t service = nanoseconds(gsl_ran_gamma(services, shape, mean_service / shape));
  waited += (u128)(schedule.now - arrived_at);
  started++;
  schedule_at(&schedule, schedule.now + service, DONE, DONE);
}

static void arrive(uint64_t jobs) {
  if (++arrived < jobs) schedule_arrival();
  if (busy == PROVERS) {
    queue_push(&waiting, schedule.now);
  } else {
    busy++;
    begin_job(schedule.now);
  }
}

static void finish(void) {
  if (waiting.first == waiting.end)
    busy--;
  else
    begin_job(queue_pop(&waiting));
}

int main(int argc, char **argv) {
  uint64_t jobs = argc == 2 ? strtoull(argv[1], NULL, 10) : 0;
  if (jobs == 0) {
    fprintf(stderr, "usage: pool JOBS\n");
    return 2;
  }
  double start = cpu_seconds();
  arrivals = philox_stream(1, 0, "pool.arrivals");
  services = philox_stream(1, 0, "pool.service");
  schedule_arrival();
  while (started < jobs)
    if (schedule_next(&schedule) == ARRIVAL)
      arrive(jobs);
    else
      finish();
  double mean_wait = (double)waited / (double)jobs / 1e9;
  report("pool", 0, jobs, cpu_seconds() - start, mean_wait);
  gsl_rng_free(arrivals);
  gsl_rng_free(services);
  schedule_free(&schedule);
  free(waiting.times);
  return 0;
}
