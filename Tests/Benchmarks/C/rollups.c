/* Optimistic rollups of 50 transactions a second each, side by side on one settlement chain, in
 * plain C. */
#include "world.h"

int main(int argc, char **argv) {
  uint64_t count = argc == 3 ? strtoull(argv[1], NULL, 10) : 0;
  uint64_t transactions = argc == 3 ? strtoull(argv[2], NULL, 10) : 0;
  if (count == 0 || count > 255 || transactions < count * BASE_RATE) {
    fprintf(
        stderr, "usage: rollups NUMBER TRANSACTIONS (at least a second's worth, of at most 255)\n");
    return 2;
  }
  double start = cpu_seconds();
  open_world((unsigned)count, BASE_RATE, SECONDS(transactions / (count * BASE_RATE)), 0);
  run();
  double seconds = cpu_seconds() - start;
  report("rollups", count, sent(count * BASE_RATE), seconds, mean_seconds(&rollups[0].latencies[SOFT]));
  close_world();
  return 0;
}
