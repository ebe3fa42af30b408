/* One optimistic rollup on its settlement chain in plain C.
 *
 * The rate goes to standard output; what the run measured goes to standard error. */
#include "world.h"

static const char *stage_names[] = {
    "soft", "posted", "included", "settled", "proven", "final", "withdrawable"};

static void print_results(const rollup_t *r) {
  for (int stage = 0; stage < STAGES; stage++)
    fprintf(
        stderr, "%s: %" PRIu64 " transactions, %" PRIu64 " gas, mean %.17g s, max %.9f s\n",
        stage_names[stage], r->latencies[stage].count, r->gas_passed[stage],
        mean_seconds(&r->latencies[stage]), (double)r->latencies[stage].maximum / 1e9);
  fprintf(
      stderr,
      "all blocks: %" PRIu64 " transactions, %" PRIu64 " gas, %" PRIu64 " B; %" PRIu64
      " measured were dropped\n",
      r->total_count, r->total_gas, r->total_bytes, r->dropped);
  fprintf(
      stderr, "%" PRIu64 " batches, %" PRIu64 " slots, %" PRIu64 " missed, fees %.17g %.17g wei\n",
      r->batch_end, slot, missed_count, (double)fee_sum[0] / (double)slot,
      (double)fee_sum[1] / (double)slot);
  fprintf(
      stderr, "earned %.17g, data %.17g, state %.17g, burned %.17g + %.17g, tips %.17g wei\n",
      (double)r->fees_paid, (double)spent[DATA], (double)spent[CLAIM], (double)burned,
      (double)blob_burned, (double)tips);
}

int main(int argc, char **argv) {
  if (!run_one("journey", argc, argv, 0)) return 2;
  print_results(&rollups[0]);
  close_world();
  return 0;
}
