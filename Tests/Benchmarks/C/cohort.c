/* One optimistic rollup on its settlement chain, whose transactions are drawn in cohorts, in plain
 * C. */
#include "world.h"

int main(int argc, char **argv) {
  if (!run_one("cohort", argc, argv, 1)) return 2;
  close_world();
  return 0;
}
