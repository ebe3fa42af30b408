/* A settlement chain alone in plain C: Ethereum at Pectra with nobody of ours on it, draw for draw
 * what Tests/Benchmarks/Swift/Slots.swift runs. The check is the mean sum of both base fees
 * [gwei]. */
#include "chain.h"
#include "report.h"
#include "schedule.h"

static void on_included(const settlement_t *tx) { (void)tx; }
static void on_final(const settlement_t *tx) { (void)tx; }

int main(int argc, char **argv) {
  uint64_t slots = argc == 2 ? strtoull(argv[1], NULL, 10) : 0;
  if (slots == 0) {
    fprintf(stderr, "usage: slots SLOTS\n");
    return 2;
  }
  rules = (rules_t){
      .gas_limit = 36000000,
      .blob_target = 6,
      .blob_limit = 9,
      .blob_fee_fraction = 5007716,
      .initial_base_fee = 2000000000};
  gas_demand.reference = 2e9;
  double start = cpu_seconds();
  chain_open();
  schedule_t schedule = {0};
  schedule_at(&schedule, 0, 0, 0);
  while (slot < slots) {
    schedule_next(&schedule);
    schedule_at(&schedule, schedule.now + (int64_t)slot_seconds * 1000000000, 0, 0);
    chain_slot();
  }
  double sum = (double)(fee_sum[0] + fee_sum[1]);
  report("slots", 0, slots, cpu_seconds() - start, sum / (double)slots / 1e9);
  schedule_free(&schedule);
  chain_close();
  return 0;
}
