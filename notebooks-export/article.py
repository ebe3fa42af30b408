# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] tags=["handbook"]
# # The article, claim by claim
#
# What the article "Almost everything about Rollup" says, what tries it, and what came out.
#
# ## Overview
#
# The article, of 2022, by Foresight Ventures, describes what rollups are, praises them, finds fault with them and
# says where they will go. Its claims stand here section by section, in our words. Each names the experiment that
# tries it, and what came out. All numbers are calculated from the tables in `results/`, and so are the verdicts, by
# the rule that each claim states.
#
# | verdict | means |
# |---|---|
# | supported | the rule holds in every case that was simulated |
# | under some parameters | it holds in some of them, and the text says in which |
# | not supported | it holds in none |
# | put in | it is an input of the presets, so no result can speak for or against it |
#
# A verdict is on the model with its assumptions, at the parameters of the experiment. It is none on the world.

# %% Load
import pathlib

import altair as alt
import pandas as pd

import lab

finality = pd.read_csv("../results/finality/runs.csv")
throughput = pd.read_csv("../results/throughput/runs.csv")
cost = pd.read_csv("../results/cost/runs.csv")
history = pd.read_csv("../results/history/runs.csv")
markets = pd.read_csv("../results/fee-markets/runs.csv")
pipeline = pd.read_csv("../results/prover-scaling/runs.csv")
formats = pd.read_csv("../results/data-format/runs.csv")
availability = pd.read_csv("../results/data-availability/runs.csv")
posting = pd.read_csv("../results/batch-posting/runs.csv")
exits = pd.read_csv("../results/mass-exit/runs.csv")
systems = pd.read_csv("../results/every-system/runs.csv")
private = pd.read_csv("../results/privacy/runs.csv")
killer = pd.read_csv("../results/prover-killer/runs.csv")
sharers = pd.read_csv("../results/shared-blobs/runs.csv")
windows = pd.read_csv("../results/challenge-window/runs.csv")
games = pd.read_csv("../results/dispute-game/runs.csv")
advances = pd.read_csv("../results/fast-exit/runs.csv")
outages = pd.read_csv("../results/downtime/runs.csv")
left_out = pd.read_csv("../results/censorship/runs.csv")
replays = pd.read_csv("../results/incidents/runs.csv")
turns = pd.read_csv("../results/decentralised-sequencer/runs.csv")
executions = pd.read_csv("../results/parallel-execution/runs.csv")
extracted = pd.read_csv("../results/mev/runs.csv")
upgraded = pd.read_csv("../results/upgrades/runs.csv")
business = pd.read_csv("../results/economics/runs.csv")
tokens = pd.read_csv("../results/token/runs.csv")
layers = pd.read_csv("../results/layer3/runs.csv")
kinds = pd.read_csv("../results/layer3-kinds/runs.csv")
leaving = pd.read_csv("../results/layer3-exits/runs.csv")
crossed = pd.read_csv("../results/hybrids/runs.csv")
stale = pd.read_csv("../results/damm/runs.csv")
composed = pd.read_csv("../results/composability/runs.csv")
endgame = pd.read_csv("../results/endgame/runs.csv")
bursty = pd.read_csv("../results/bursts/runs.csv")
LAYERS = ["rollups_host_system", "rollups_child_system", "rollups_child_host_pricing",
          "rollups_child_workload_arrivals_poisson_rate_per_s"]
LOAD = "workload_arrivals_poisson_rate_per_s"
OPTIMISTIC = ["arbitrum-nitro", "optimism-fault-proofs"]
VALIDITY = ["zksync-era", "starknet"]
LOADS = sorted(cost[LOAD].unique())
TOP = LOADS[-1]
AGE, ZIPF = "poster_max_age_s", "workload_state_zipf_exponent"
NEW, WARM = "workload_state_new_share", "poster_compression_warmup_bytes"
AGES = sorted(formats[AGE].unique())

# %% [markdown]
# A claim is kept with its rule, the cases in which the rule holds, and what came out in words.

# %% tags=["words"]
claims = []


def claim(section, text, experiment, rule, holds, came_out, figure=None):
    """A claim that an experiment tries. Holds says of each case whether the rule does."""
    holds = [bool(h) for h in holds]
    verdict = "supported" if all(holds) else "under some parameters" if any(holds) else "not supported"
    claims.append({"section": section, "claim": text, "experiment": experiment, "verdict": verdict,
                   "rule": f"{rule}: {sum(holds)} of {len(holds)}", "came_out": came_out, "figure": figure})


def put_in(section, text, experiment, came_out):
    """A claim that presets take for granted."""
    claims.append({"section": section, "claim": text, "experiment": experiment, "verdict": "put in",
                   "rule": None, "came_out": came_out, "figure": None})


def told(section):
    """The claims of a section in words."""
    for c in claims:
        if c["section"] != section:
            continue
        parts = [f"**{c['claim']}**", f"*{c['verdict'].capitalize()}.* {c['came_out']}"]
        source = f"Experiment: [`{c['experiment']}`]({c['experiment']}.html)."
        if c["rule"]:
            source = f"Rule, and cases in which it holds: {c['rule']}. {source}"
        if c["figure"]:
            path = f"results/{c['experiment']}/figures/{c['figure']}.svg"
            source += f" Figure: [`{path}`](../{path})."
        parts.append(source)
        lab.say("\n\n".join(parts))


def by_replication(runs, columns, values):
    """The runs of one measure as a column for each system or level, a row for each replication."""
    return runs.pivot(index="replication", columns=columns, values=values)


# %% [markdown] tags=["handbook"]
# ## 0. What a rollup is

# %%
# A transfer on the settlement chain itself: 21,000 gas at the mean base fee of the run, without a tip.
cost["transfer"] = 21_000 * cost.fee_base_wei_per_gas_mean
rows = []
for (carrier, system, load), part in cost.groupby(["poster_carrier", "system", LOAD], sort=False):
    test = lab.paired_ratio(part.transfer, part.cost_total_wei_per_tx_mean)
    rows.append({"carrier": carrier, "system": lab.name(system), "load": load, "transfer over rollup": test.ratio,
                 "low": test.low, "high": test.high})
cheaper = pd.DataFrame(rows)
lab.table(cheaper)

# %% tags=["words"]
blobs, calldata = (cheaper[cheaper.carrier == c] for c in ("blobs", "calldata"))
dear = cheaper[cheaper.high < 1]
least, most = (cheaper["transfer over rollup"].agg(f) for f in ("min", "max"))
claim("0", "A rollup is a cheaper way to use the settlement chain.", "cost",
      "a transfer on the settlement chain costs more than the mean transaction of the rollup", cheaper.low > 1,
      f"A plain transfer on the settlement chain costs {lab.digits(least, 2)} to {lab.digits(most, 2)} times what a "
      f"transaction of a rollup costs its operator. The rollup is dearer in {len(dear)} of {len(cheaper)} cases, at "
      f"{', '.join(f'{v:g}' for v in sorted(dear.load.unique()))} transactions per second "
      f"({', '.join(sorted(dear.system.unique()))}), where there is nobody to share a proof with; in "
      f"{len(cheaper) - len(dear) - (cheaper.low > 1).sum()} more the replications cannot tell.",
      "total")

# %%
rows = []
for (carrier, system), part in cost.groupby(["poster_carrier", "system"], sort=False):
    shared = by_replication(part, LOAD, "cost_total_usd_per_tx_mean")
    fee = by_replication(part, LOAD, "fee_base_wei_per_gas_mean")
    test = lab.paired_ratio(shared[LOADS[0]], shared[TOP])
    rows.append({"carrier": carrier, "system": lab.name(system), "times cheaper": test.ratio, "low": test.low,
                 "high": test.high, "base fee, times": lab.paired_ratio(fee[TOP], fee[LOADS[0]]).ratio})
sharing = pd.DataFrame(rows)
lab.table(sharing)

# %% tags=["words"]
by = sharing.set_index(["carrier", "system"])
names = [lab.name(s) for s in OPTIMISTIC]
claim("0", "Many transactions that share a batch make each of them cheaper.", "cost",
      f"cheaper at {TOP:g} /s than at {LOADS[0]:g} /s", sharing.low > 1,
      f"In blobs a thousand times more load makes a transaction {lab.digits(by.loc['blobs', 'times cheaper'].min(), 2)} "
      f"to {lab.digits(by.loc['blobs', 'times cheaper'].max(), 2)} times cheaper. In calldata validity rollups share "
      f"their proofs, but the bytes of optimistic ones are each paid for, and so many of them move the base fee to "
      f"{lab.digits(by.loc['calldata', 'base fee, times'][names].min(), 2)} times what it was and more: a transaction "
      f"costs up to {lab.digits(1 / by.loc['calldata', 'times cheaper'][names].min(), 2)} times as much.", "total")

# %%
ELASTIC = "settlement_blob_demand_elasticity"
alone = sharers[sharers.rollups_kinto_poster_service == "own"]
together = sharers[(sharers.rollups_base_poster_service == "pool") & (sharers.services_pool_shared_blobs_split == "bytes")]
paid = [part.groupby([ELASTIC, "rollup"]).cost_data_usd_per_tx_mean.mean() for part in (alone, together)]
pooled = (1 - paid[1] / paid[0]).dropna()
lab.table(pooled.unstack(ELASTIC).reset_index())

# %% tags=["words"]
claim("0", "Rollups that share a batch make each other cheaper, too.", "shared-blobs",
      "data is cheaper in shared blobs than in blobs of its own, for each rollup and each elasticity of others' demand, over all "
      "replications", pooled > 0,
      f"By {lab.digits(100 * pooled.min(), 2)} to {lab.digits(100 * pooled.max(), 3)} %, of 28 rollups in 2024. Those that "
      "filled no blob save padding; those that did have nothing but the fee, which falls where others leave the blobs "
      "that are free, and lose where they do not.", "base")

# %% tags=["words"]
ten = cost[(cost.poster_carrier == "blobs") & (cost[LOAD] == 10)]
share = (ten.bytes_posted_per_tx / ten.bytes_raw_per_tx).groupby(ten.system).mean()
put_in("0", "Transactions are compressed, and validity rollups can leave out more.", "cost",
       f"Optimistic presets publish {lab.digits(share[OPTIMISTIC].mean(), 2)} of the bytes of a transaction, ZKsync Era "
       f"{lab.digits(share['zksync-era'], 2)} and Starknet {lab.digits(share['starknet'], 2)}. These are ratios and sizes "
       "from documentation and from what was measured on the chains; how they come about is what the next claim is about.")

# %%
rows = []
for (new, warm, exponent, age), part in formats.groupby([NEW, WARM, ZIPF, AGE]):
    posted = by_replication(part, "poster_format", "bytes_posted_per_tx")
    test = lab.paired_ratio(posted.transactions, posted.state_differences)
    rows.append({"new slots": new, "warm-up": warm, "exponent": exponent, "age": age, "times": test.ratio,
                 "low": test.low, "high": test.high})
smaller = pd.DataFrame(rows)
grown = []
for (new, warm, exponent), part in formats[formats[AGE].isin([AGES[0], AGES[-1]])].groupby([NEW, WARM, ZIPF]):
    ratio = {age: by_replication(batch, "poster_format", "bytes_posted_per_tx").eval("transactions / state_differences")
             for age, batch in part.groupby(AGE)}
    grown.append(lab.paired_ratio(ratio[AGES[-1]], ratio[AGES[0]]))
grown = pd.DataFrame(grown)
lab.table(smaller[smaller["warm-up"] == 0].drop(columns="warm-up"))

# %% tags=["words"]
larger = smaller[smaller.high < 1]
claim("0", "A validity rollup can compress further, for it leaves out what does not change the state.", "data-format",
      "transactions are more bytes than state differences, for each age of batches, exponent, share of new slots and "
      "warm-up of compression", smaller.low > 1,
      f"Where all slots are alike and none is new, transactions are {lab.digits(smaller[(smaller.exponent == 0) & (smaller['new slots'] == 0)].times.min(), 2)} "
      f"times as many bytes; where few slots are hot, up to {lab.digits(smaller.times.max(), 2)} times. State differences "
      f"are larger in {len(larger)} cases, all with a third of the writes to new slots and an exponent of "
      f"{lab.digits(larger.exponent.max(), 1)}: hardly any write meets another, and a new slot needs its whole key.", "bytes")

# %%
rows = []
for (carrier, load), part in cost.groupby(["poster_carrier", LOAD], sort=False):
    data = by_replication(part, "system", "cost_data_usd_per_tx_mean")
    for validity in VALIDITY:
        for optimistic in OPTIMISTIC:
            test = lab.paired_ratio(data[optimistic], data[validity])
            rows.append({"carrier": carrier, "load": load, "optimistic": lab.name(optimistic),
                         "validity": lab.name(validity), "optimistic over validity": test.ratio,
                         "low": test.low, "high": test.high})
data = pd.DataFrame(rows)
lab.table(data[data.load.isin([LOADS[0], TOP])])

# %% tags=["words"]
best = data[data.load == TOP].groupby("carrier")["optimistic over validity"]
wins = data.assign(wins=data.low > 1).groupby("carrier").wins
claim("0", "The data of a validity rollup costs less, therefore.", "cost",
      "data of the validity rollup is cheaper, for each pair, load and carrier", data.low > 1,
      f"At {TOP:g} transactions per second in calldata, data of optimistic rollups costs "
      f"{lab.digits(best.get_group('calldata').min(), 2)} to {lab.digits(best.get_group('calldata').max(), 2)} times as "
      f"much; over all loads the claim holds in {wins.sum()['calldata']} of {wins.size()['calldata']} comparisons in "
      f"calldata and in {wins.sum()['blobs']} of {wins.size()['blobs']} in blobs. Where bytes cost next to "
      "nothing, what counts is how much gas a posting takes and how many transactions share it.", "total")

# %% tags=["words"]
week = finality.groupby(["system", LOAD]).finality_final_s_p50.mean()[OPTIMISTIC]
paid = finality.groupby(["system", LOAD]).finality_withdrawable_s_p50.mean()[OPTIMISTIC]
claim("0", "An optimistic rollup is final only after a dispute window of about a week.", "finality",
      "the median time to finality is six days or more, for each system and load", week > 6 * 86_400,
      f"Arbitrum One is final after {lab.duration(week['arbitrum-nitro'].mean())}. OP Mainnet is after "
      f"{lab.duration(week['optimism-fault-proofs'].mean())}, the clock of a dispute, while money waits a week: "
      f"withdrawals are paid after {lab.duration(paid['optimism-fault-proofs'].mean())}, and after "
      f"{lab.duration(paid['arbitrum-nitro'].mean())} on Arbitrum One. Nobody disputes anything in this experiment.",
      "ladder")

# %%
rows = []
for load, part in finality.groupby(LOAD):
    final = by_replication(part, "system", "finality_final_s_p50")
    settled = by_replication(part, "system", "finality_settled_s_p50")
    for validity in VALIDITY:
        for optimistic in OPTIMISTIC:
            sooner = lab.paired_ratio(final[optimistic], final[validity])
            later = lab.paired_ratio(settled[validity], settled[optimistic])
            rows.append({"load": load, "validity": lab.name(validity), "optimistic": lab.name(optimistic),
                         "final: optimistic over validity": sooner.ratio, "sooner": sooner.low > 1,
                         "settled: validity over optimistic": later.ratio, "later": later.low > 1})
ends = pd.DataFrame(rows)
lab.table(ends)

# %% tags=["words"]
claim("0", "A validity rollup needs no window, so it is final sooner.", "finality",
      "final before the optimistic rollup, for each pair and load", ends.sooner,
      f"It is {lab.digits(ends['final: optimistic over validity'].min(), 2)} to "
      f"{lab.digits(ends['final: optimistic over validity'].max(), 2)} times sooner. ZKsync Era could be sooner still: "
      "most of its time is a delay of three hours before it executes a batch.", "ladder")
stark = ends[ends.validity == "Starknet"]["settled: validity over optimistic"]
era = ends[ends.validity == "ZKsync Era"]["settled: validity over optimistic"]
hours = systems.groupby(["system", LOAD]).finality_final_s_p50.mean()
proved = hours[[system not in ("arbitrum-nitro-2022", "optimism-2022", "arbitrum-nitro", "optimism-fault-proofs",
                               "optimism-celestia", "zkopru")
                for system, _ in hours.index]]
claim("0", "A validity rollup is final in hours.", "every-system",
      "the median time to finality is less than a day, for each validity system and load", proved < 86_400,
      f"From {lab.duration(proved.min())} ({lab.name(proved.idxmin()[0])}) to {lab.duration(proved.max())} "
      f"({lab.name(proved.idxmax()[0])}), where the delay before execution was a day in 2023.", "ladder")
claim("0", "Proving costs time, always.", "finality",
      "data is settled later than that of the optimistic rollup, for each pair and load", ends.later,
      f"It does where data waits for the proof: that of Starknet settles {lab.digits(stark.min(), 2)} to "
      f"{lab.digits(stark.max(), 2)} times as late. ZKsync Era posts data first and proves beside, and its data settles "
      f"after {lab.digits(era.min(), 2)} to {lab.digits(era.max(), 2)} of the time of the optimistic ones: there "
      "proving delays only what is final.", "ladder")

late = killer.pivot_table(index=["workload_mix_attack", "prover_provers"], columns="workload_classes_attack_prover_work",
                          values="finality_proven_s_max")
price = killer.groupby("workload_mix_attack").attack_fee_usd.mean()
claim("0", "Proving costs time, and whoever sends what is hard to prove costs everybody time.", "prover-killer",
      "where proofs of an attack take 94 times as long, the last user's proof comes at least twice as late as with the "
      "same gas of usual work, for each size of attack and number of provers", late[2726] / late[29] > 2,
      f"An hour of attack for {lab.digits(price.min(), 2)} to {lab.digits(price.max(), 2)} USD makes the last proof "
      f"{lab.digits((late[2726] / late[29]).min(), 2)} to {lab.digits((late[2726] / late[29]).max(), 2)} times as late. It takes "
      "effect where it fills the provers, and then for longer than it lasts.", "finality")

# %%
rows = []
for (carrier, system, load), part in cost[cost.system.isin(VALIDITY)].groupby(["poster_carrier", "system", LOAD], sort=False):
    proving = part.cost_proof_usd_per_tx_mean + part.cost_prover_usd_per_tx_mean
    rows.append({"carrier": carrier, "system": lab.name(system), "load": load,
                 "share of proofs": (proving / part.cost_total_usd_per_tx_mean).mean()})
proofs = pd.DataFrame(rows)
lab.table(proofs)

# %% tags=["words"]
last = proofs[proofs.load == TOP].groupby("carrier")["share of proofs"]
claim("0", "Proofs are a cost that never goes away.", "cost",
      "proofs are 1 % or more of the cost, for each system, load and carrier", proofs["share of proofs"] > 0.01,
      f"At {TOP:g} transactions per second checking and making proofs is still "
      f"{lab.digits(100 * last.get_group('blobs').min(), 2)} to {lab.digits(100 * last.get_group('blobs').max(), 2)} % of the "
      f"cost in blobs, and {lab.digits(100 * last.get_group('calldata').min(), 2)} to "
      f"{lab.digits(100 * last.get_group('calldata').max(), 2)} % in calldata. Rents and gas of provers rest on figures "
      "that are estimated, or drawn from ranges.", "total")
survived = lab.wrong_claims(
    windows, ["bridge_challenge_blocks", "watchers_count", "watchers_common_share", "settlement_censorship_share"])
one_day = survived[(survived.bridge_challenge_blocks == 7200) & (survived.settlement_censorship_share == 0)].set_index(
    ["watchers_count", "watchers_common_share"]).share
claim("0", "What an optimistic rollup does wrong can be disputed and corrected, but never with certainty.",
      "challenge-window", "some wrong claims take effect, in each setting of window, watchers and censors", survived.share > 0,
      f"In a window of a day ten watchers that fail by themselves miss {lab.digits(100 * one_day[(10, 0)], 2)} % of wrong "
      f"claims, and {lab.digits(100 * one_day[(10, 0.2)], 2)} % if they share a fifth of their failures. In a week no run shows "
      "one: what is left there is a probability that only splitting finds.", "survival")
delays = games[games.adversary_pace == "last_moment"]
days = delays.groupby(["system", "adversary_stakes"]).dispute_claim_s_mean.mean() / 86_400
claim("0", "Fraud proofs settle disputes.", "dispute-game",
      "who is right wins, against attackers who use up their clocks, for each system and number of stakes",
      delays.groupby(["system", "adversary_stakes"]).dispute_lost_share.max() == 0,
      f"With 16 stakes an attacker delays Nitro before BoLD by {lab.digits(days[('arbitrum-nitro-2024', 16)], 3)} days, BoLD by "
      f"{lab.digits(days[('arbitrum-nitro', 16)], 3)} and OP by {lab.digits(days[('optimism-fault-proofs', 16)], 3)}. Who is "
      "right needs time and money: BoLD's defenders lose with less than about a seventh of what attackers stake.", "delay")
advanced = advances[(advances.fast_exits_run_users == 0) & (advances.adversary_plan == "none")
                    & (advances.fast_exits_pays_after == "soft")]
lent = advanced.groupby(["system", "fast_exits_capital_eth"])[
    ["fast_exit_share", "fast_exit_fee_share_mean", "fast_exit_slow_s_mean"]].mean()
weekly = lent.loc[["arbitrum-nitro", "optimism-fault-proofs"]]
claim("0", "Users of an optimistic rollup need not wait for the dispute period: somebody advances the money.", "fast-exit",
      "most withdrawals are fast, for each optimistic system and capital of the providers", weekly.fast_exit_share > 0.5,
      f"It is a question of capital: from 6,250 to 100,000 ETH the share of fast withdrawals goes from "
      f"{lab.digits(100 * weekly.fast_exit_share.min(), 2)} to {lab.digits(100 * weekly.fast_exit_share.max(), 2)} %, at "
      f"{lab.digits(1e4 * weekly.fast_exit_fee_share_mean.min(), 2)} to {lab.digits(1e4 * weekly.fast_exit_fee_share_mean.max(), 2)} "
      "basis points. Who pays early lends for a week, and loses what he pays for a claim that he has not checked.", "fee")
claim("0", "A validity rollup may publish states or transactions.", "data-format",
      f"the ratio of their bytes is larger for batches of {lab.duration(AGES[-1])} than of {lab.duration(AGES[0])}, so it "
      "is a choice and no constant", grown.low > 1,
      f"In batches of {lab.duration(AGES[-1])} the ratio is {lab.digits(grown.ratio.min(), 3)} to "
      f"{lab.digits(grown.ratio.max(), 3)} times that in batches of {lab.duration(AGES[0])}: the longer a batch, the more "
      "writes meet in it. Both let anybody rebuild the state; only transactions also give its history.", "collapsed")
end = availability.groupby(["data_mode", "point"])["data_frozen_share_end"].mean()
held = end["host"]
claim("0", "Data on the settlement chain lets anybody rebuild the rollup when its operator runs away.",
      "data-availability", "nothing is frozen at the end, in blobs and in calldata", held == 0,
      "An hour after data is withheld, the time that somebody is given to rebuild the state, all that was final is there "
      f"again, in blobs and in calldata; a committee leaves {lab.digits(100 * end['committee'].min(), 2)} to "
      f"{lab.digits(100 * end['committee'].max(), 2)} % frozen, by how many sign and whether they withhold together. What the "
      f"operator had confirmed and not put on the chain for good, "
      f"{lab.digits(100 * availability[availability.data_mode == 'host'].data_in_flight_share.mean(), 2)} % of it, is lost in "
      "any case.", "cost-and-freeze")
with_data = exits[exits.data_withholding_collusion == 0].groupby(
    ["system", "exits_users", "exits_worth"])[["exit_left_share", "exit_left_value_share", "exit_s_p95"]].mean()
without = exits[exits.data_withholding_collusion == 1].exit_left_share
claim("0", "With the data on the chain everybody can leave.", "mass-exit",
      "all but a thousandth of the users leave within a week after the freeze, for each system whose data is to be had, "
      "number of users and worth of an exit", with_data.exit_left_share > 0.999,
      f"Everybody may leave and not everybody pays for it: {lab.digits(100 * with_data.exit_left_share.min(), 2)} to "
      f"{lab.digits(100 * with_data.exit_left_share.max(), 2)} % of the users do, with "
      f"{lab.digits(100 * with_data.exit_left_value_share.min(), 2)} to "
      f"{lab.digits(100 * with_data.exit_left_value_share.max(), 2)} % of the value. The others have less than the fee that "
      f"the rush makes. Without the data {lab.digits(100 * without.mean(), 2)} % leave.", "left")

# %% tags=["handbook", "words"]
told("0")

# %% [markdown] tags=["handbook"]
# ## 1. What is good about them

# %%
answers = pd.concat([finality.groupby(["system", LOAD]).finality_soft_s_p95.mean(),
                     throughput.groupby(["system", LOAD]).finality_soft_s_p95.mean()]).reset_index()
answers["within a block"] = answers.finality_soft_s_p95 < 12
slow = answers[~answers["within a block"]]
lab.table(answers.assign(system=answers.system.map(lab.name)).rename(columns={LOAD: "load"}))

# %% tags=["words"]
claim("1", "A rollup answers at once.", "throughput",
      "95 % of answers come within 12 s, the time of a block of the settlement chain, for each system and load of "
      "`finality` and `throughput`", answers["within a block"],
      f"Below capacity answers take {lab.duration(answers[answers['within a block']].finality_soft_s_p95.min())} to "
      f"{lab.duration(answers[answers['within a block']].finality_soft_s_p95.max())}. Above the capacity of the sequencer "
      f"the mempool fills and they take up to {lab.duration(slow.finality_soft_s_p95.max())} "
      f"({', '.join(f'{lab.name(s)} from {g[LOAD].min():,} /s' for s, g in slow.groupby('system'))}).", "executed")
even = bursty[bursty.rollups_poisson_fees_rule == "constant"].copy()
even["load"] = (20 * 73_300 / even.rollups_poisson_sequencer_block_gas).round(1)
felt = even.groupby(["load", "rollup"])[["finality_soft_s_p95", "throughput_dropped_share", "cost_total_usd_per_tx_mean"]].mean()
felt["dearer"] = felt.cost_total_usd_per_tx_mean / felt.cost_total_usd_per_tx_mean.groupby("load").transform(
    lambda costs: costs.xs("poisson", level="rollup").iloc[0])
quick = (felt.finality_soft_s_p95 < 12) & (felt.throughput_dropped_share < 0.01)
moved = bursty[bursty.rollups_poisson_fees_rule == "eip1559"].groupby(["rollups_poisson_sequencer_block_gas", "rollup"]).fee_l2_wei_per_tx_mean.mean()
risen = moved.xs("modulated", level="rollup") / moved.xs("poisson", level="rollup")
bursts, hours = felt.xs("modulated", level="rollup"), felt.xs("daily", level="rollup")
claim("1", "Rates fall short of what theory has, but quick confirmations make a rollup feel fast and cheap.", "bursts",
      "95 % of answers come within 12 s and fewer than a hundredth are dropped, where the price of gas stands still, for each process of arrivals and load below what blocks carry",
      quick,
      f"With the same ten transactions a second it depends on when they come. Bursts of five minutes are answered within "
      f"{lab.duration(bursts.finality_soft_s_p95.min())} to {lab.duration(bursts.finality_soft_s_p95.max())} by load, and "
      f"{lab.digits(100 * bursts.throughput_dropped_share.min(), 2)} to {lab.digits(100 * bursts.throughput_dropped_share.max(), 2)} % are dropped; the "
      f"hours of a day take up to {lab.duration(hours.finality_soft_s_p95.max())}. Bursts cost the operator "
      f"{lab.digits(bursts.dearer.min(), 3)} to {lab.digits(bursts.dearer.max(), 3)} times what independent arrivals do. Where the price of gas follows "
      f"blocks, and nobody is kept away by it, users pay {lab.digits(risen.max(), 2)} times as much.", "confirmation")
larger, dearer = [], []
for hidden, public in [("aztec-connect", "zksync-lite"), ("zkopru", "optimism-2022")]:
    for age, part in private[private[LOAD] == 0.02].groupby("poster_max_age_s"):
        for measure, tests in [("bytes_posted_per_tx", larger), ("cost_data_usd_per_tx_mean", dearer)]:
            values = part.pivot(index="replication", columns="system", values=measure)
            tests.append(lab.paired_ratio(values[hidden], values[public]))
larger, dearer = pd.DataFrame(larger), pd.DataFrame(dearer)
claim("1", "Private transactions are larger.", "privacy",
      "they publish more bytes than those of a public rollup of the same kind and time, for each pair and age of batches",
      larger.low > 1,
      f"They publish {lab.digits(larger.ratio.min(), 2)} to {lab.digits(larger.ratio.max(), 2)} times the bytes, and their data "
      f"costs {lab.digits(dearer.ratio.min(), 2)} to {lab.digits(dearer.ratio.max(), 2)} times as much: Aztec Connect beside "
      "zkSync Lite, ZKOPRU beside Optimism. Hashes and ciphertext do not compress. The user's own proof comes before all "
      "that, for seconds.", "cost")
SHARED = "execution_classes_swap_hot_share"
faster = executions.groupby(["execution_mode", SHARED, "execution_lanes"])[
    ["execution_speedup", "execution_retries_per_tx", "throughput_executed_tx_per_s"]].mean()
apart, together = (faster.loc["declared", share].execution_speedup for share in (0, 1))
claim("1", "Systems without a common state can process transactions in parallel.", "parallel-execution",
      "what is declared runs on lanes at more than half of their number in speed, for each number and share of swaps on one "
      "pool", [row.execution_speedup > lanes / 2 for (_, lanes), row in faster.loc["declared"].iterrows()],
      f"Without a common key 32 lanes are {lab.digits(apart[32], 3)} times as fast as one. If all swaps go to one pool, half of "
      f"the gas, they are {lab.digits(together[32], 3)} times as fast, and four lanes {lab.digits(together[4], 3)} times: "
      "what transactions touch decides, more than who declares it. Executing in the hope that nothing conflicts takes "
      f"{lab.digits(faster.loc['optimistic', 1].execution_retries_per_tx[32], 2)} attempts more a transaction there, and is "
      f"{lab.digits(faster.loc['optimistic', 1].execution_speedup[32], 3)} times as fast.", "speed-up")

# %% tags=["handbook", "words"]
told("1")

# %% [markdown] tags=["handbook"]
# ## 2. What is bad about them
#
# ### a) Centralisation

# %% tags=["words"]
outages["nodes_takeover_s"] = outages.pop("nodes_takeover").str.removesuffix(" s").astype(float)
machines = outages.groupby(["nodes_takeover_s", "nodes_sequencers", "nodes_implementations"]).mean(numeric_only=True)
made = machines.availability_sequencer_share
quick = machines.index.get_level_values(0).min()
one_machine = made.xs(1, level="nodes_sequencers")
more = {sequencers: made.xs(sequencers, level="nodes_sequencers") for sequencers in (2, 4)}
claim("2a", "One sequencer is one machine that can fail.", "downtime",
      "with one machine blocks are made for less of the time than with more, for each number, implementation and take-over",
      [share > one_machine[where] for shares in more.values() for where, share in shares.items()],
      f"""One machine that fails each ten days for four hours makes no blocks for {lab.digits(100 * (1 - one_machine[(quick, 1)]), 2)} % of
      the time, four in four implementations for {lab.digits(100 * (1 - more[4][(quick, 4)]), 2)} %.""",
      "availability")
delaying = left_out[left_out.forced_inbox == "delays"]
waits = delaying.groupby(["system", "settlement_censorship_share"])[
    ["censorship_delay_s_mean", "censorship_stranded_share"]].mean()
claim("2a", "One sequencer can censor.", "censorship",
      "who is left out waits for more than an hour or for ever, for each system, with and without censors on the settlement chain",
      [row.censorship_stranded_share == 1 or row.censorship_delay_s_mean > 3600 for row in waits.itertuples()],
      f"""Until the contract lets him in a user waits from {lab.digits(waits.censorship_delay_s_mean.min() / 3600, 2)} hours to
      {lab.digits(waits.censorship_delay_s_mean.max() / 86_400, 2)} days in the mean; on Starknet for ever.""",
      "delay")
bribes = upgraded.groupby("system").upgrade_bribe_share.mean()
at_once = upgraded[upgraded.upgrades_delay_s == 0]
claim("2a", "A few keys guard billions.", "upgrades",
      "to bribe the fewest signers who can replace the contracts, at a million USD each, costs less than a hundredth of a billion that is "
      "locked, for each system", [share < 0.01 for share in bribes],
      f"""It costs {lab.digits(100 * bribes.min(), 2)} to {lab.digits(100 * bribes.max(), 2)} % of what is locked, by how many have to sign. Where no
      delay is needed {lab.digits(100 * at_once.upgrade_lost_share.mean(), 3)} % of the value is lost. How many have to sign is documented; what a
      signer costs and what is locked are assumptions, and the verdict is theirs.""", "lost")

# %% tags=["handbook", "words"]
told("2a")

# %% [markdown] tags=["handbook"]
# ### b) Performance

# %%
rows = []
for (system, load), part in finality.groupby(["system", LOAD], sort=False):
    test = lab.paired_ratio(part.finality_settled_s_p50, part.finality_soft_s_p50)
    rows.append({"system": lab.name(system), "load": load, "settled over soft": test.ratio, "low": test.low,
                 "settled": part.finality_settled_s_p50.mean(), "soft": part.finality_soft_s_p50.mean(),
                 "interval": part.batch_interval_s_mean.mean(), "posted": part.finality_posted_s_mean.mean(),
                 "share": (part.finality_posted_s_mean / part.batch_interval_s_mean).mean()})
stages = pd.DataFrame(rows)
lab.table(stages, **{c: lab.duration for c in ("settled", "soft", "interval", "posted")})

# %% tags=["words"]
claim("2b", "A fast confirmation is time that the user borrows; finality on the settlement chain is far off.", "finality",
      "settled later than ten times the answer, for each system and load", stages.low > 10,
      f"An answer takes {lab.duration(stages.soft.min())} to {lab.duration(stages.soft.max())}. The data is final on the "
      f"settlement chain after {lab.duration(stages.settled.min())} to {lab.duration(stages.settled.max())}, "
      f"{lab.digits(stages['settled over soft'].min(), 2)} to {lab.digits(stages['settled over soft'].max(), 2)} times as "
      "long.", "ladder")
timer, proof = stages[stages.system != "Starknet"], stages[stages.system == "Starknet"]
claim("2b", "How soon data is on the settlement chain depends on how often a rollup posts.", "finality",
      "posted after half an interval, within a tenth, for each system and load", (stages.share / 0.5 - 1).abs() < 0.1,
      f"Where data is posted on its own it comes after {lab.digits(timer.share.min(), 2)} to "
      f"{lab.digits(timer.share.max(), 2)} of an interval, as chance would have it, and intervals last "
      f"{lab.duration(timer.interval.min())} to {lab.duration(timer.interval.max())}. Starknet posts with the proof, "
      f"after {lab.digits(proof.share.min(), 2)} to {lab.digits(proof.share.max(), 2)} intervals: there it depends on "
      "how fast it proves.", "ladder-by-load")

# %%
top = throughput[throughput[LOAD] == throughput[LOAD].max()]
rows = []
for system, part in top.groupby("system", sort=False):
    test = lab.paired_ratio(part.throughput_claimed_tx_per_s, part.throughput_final_tx_per_s)
    rows.append({"system": lab.name(system), "claimed": part.throughput_claimed_tx_per_s.mean(),
                 "executed": part.throughput_executed_tx_per_s.mean(), "final": part.throughput_final_tx_per_s.mean(),
                 "claimed over final": test.ratio, "low": test.low, "high": test.high})
headlines = pd.DataFrame(rows)
lab.table(headlines)

# %% tags=["words"]
sure, unsure = headlines[headlines.low > 1], headlines[headlines.low <= 1]
doubt = "".join(f" In {r.system} it is {lab.digits(r._5, 2)} times, but {top.replication.nunique()} replications with proofs drawn from "
                f"wide ranges cannot tell that from 1 ({lab.interval(r.low, r.high, 2)})." for r in unsure.itertuples())
claim("2b", "Headline rates of transactions per second rest on assumptions that make them large.", "throughput",
      f"what would be claimed is more than what becomes final at {top[LOAD].max():,} /s, for each system",
      headlines.low > 1,
      f"The capacity of execution with the smallest transaction of the mix is "
      f"{lab.digits(sure['claimed over final'].min(), 2)} to {lab.digits(sure['claimed over final'].max(), 2)} times "
      f"what becomes final ({', '.join(sure.system)}).{doubt} Data, proofs and other users of the settlement chain make the "
      "difference.", "final")

# %%
PRICE = "poster_delay_cost_usd_per_h"
rows = []
priced = posting[posting.poster_policy.isin(["interval", "cost_of_delay"])]
for (policy, volatility), part in priced.groupby(["poster_policy", "settlement_demand_volatility"], sort=False):
    late = by_replication(part, PRICE, "finality_included_s_mean")
    data = by_replication(part, PRICE, "cost_data_usd_per_tx_mean")
    for low, high in zip(late.columns, late.columns[1:]):
        sooner, dearer = lab.paired_ratio(late[high], late[low]), lab.paired_ratio(data[high], data[low])
        rows.append({"policy": {"interval": "grid", "cost_of_delay": "cost of delay"}[policy],
                     "volatility": f"{volatility:g}", "USD/h": f"{low:g} to {high:g}", "delay, times": sooner.ratio,
                     "cost, times": dearer.ratio, "sooner": sooner.high < 1, "dearer": dearer.low > 1})
often = pd.DataFrame(rows)
lab.table(often)

# %% tags=["words"]
totals = posting.groupby(["poster_policy", PRICE, "settlement_demand_volatility"]).posting_objective_usd_per_tx_mean.mean()
ratio = totals["cost_of_delay"] / totals["interval"]
claim("2b", "How often to post is a choice between cost and delay.", "batch-posting",
      "a higher price of delay brings the data sooner and makes it dearer, for two policies, two markets and two steps of "
      "the price", often.sooner & often.dearer,
      f"When the price of delay is ten times as high, who posts by it has the data on the settlement chain in "
      f"{lab.digits(often['delay, times'].min(), 2)} to {lab.digits(often['delay, times'].max(), 2)} of the time, at "
      f"{lab.digits(often['cost, times'].min(), 2)} to {lab.digits(often['cost, times'].max(), 2)} times the cost. Cost and "
      f"delay together, who also waits for low fees pays {lab.digits(ratio.min(), 2)} to {lab.digits(ratio.max(), 2)} times "
      "what who posts on a grid does.", "frontier")

# %% tags=["words"]
broken = replays.groupby(["system", "nodes_outage_duration"])[
    ["availability_unposted_count_mean", "availability_lost_count"]].mean()
claim("2b", "What a sequencer has confirmed is a promise, which an outage can break.", "incidents",
      "transactions were confirmed and not posted when machines failed, for each outage of the past",
      [count > 0 for count in broken.availability_unposted_count_mean],
      f"""From {lab.digits(broken.availability_unposted_count_mean.min(), 2)} to
      {lab.digits(broken.availability_unposted_count_mean.max(), 2)} were, in the mean. Where they were reverted, as on Starknet,
      {lab.digits(broken.availability_lost_count.max(), 2)} confirmations were lost.""",
      "wait")

# %% tags=["handbook", "words"]
told("2b")

# %% [markdown] tags=["handbook"]
# ### c) Economics

# %%
rows = []
for (carrier, system), part in cost[cost[LOAD] == TOP].groupby(["poster_carrier", "system"], sort=False):
    chain = 1 - (part.cost_prover_usd_per_tx_mean.fillna(0) / part.cost_total_usd_per_tx_mean)
    rows.append({"carrier": carrier, "system": lab.name(system), "share of the settlement chain": chain.mean()})
space = pd.DataFrame(rows)
lab.table(space)

# %% tags=["words"]
least = space.loc[space["share of the settlement chain"].idxmin()]
claim("2c", "What a rollup pays for is above all space on the settlement chain.", "cost",
      f"more than half of the cost at {TOP:g} /s, for each system and carrier",
      space["share of the settlement chain"] > 0.5,
      f"Optimistic rollups pay little else; the nodes of the operator are not in this cost. The least share is "
      f"{lab.digits(100 * least['share of the settlement chain'], 2)} % ({least.system} in {least.carrier}), where "
      "machines that prove cost as much.", "total")

# %%
starts = sorted(history.settlement_starts_at.unique())
before, after = [s for s in starts if s < 1710288000][-1], [s for s in starts if s > 1710374400][0]
rows = []
for share, part in history.groupby("poster_compression"):
    paid = by_replication(part, "settlement_starts_at", "cost_data_wei_per_tx_mean")
    test = lab.paired_ratio(paid[before], paid[after])
    rows.append({"share of bytes left": f"{share:g}", "calldata over blobs": test.ratio, "low": test.low, "high": test.high})
dencun = pd.DataFrame(rows)
lab.table(dencun)

# %%
quiet = markets[(markets.settlement_demand_shock_factor == 1) & (markets.settlement_blob_demand_shock_factor == 1)
                & (markets.settlement_blob_demand_level == 1.4)]
rows = []
for start, part in quiet.groupby("settlement_starts_at"):
    whole = by_replication(part, "neighbours_large_count", "cost_total_wei_per_tx_mean")
    test = lab.paired_ratio(whole[4], whole[0])
    rows.append({"fork": {1764791351: "Fusaka", 1765282871: "BPO1", 1767740471: "BPO2"}[start],
                 "ten rollups over six": test.ratio, "low": test.low, "high": test.high})
crowd = pd.DataFrame(rows)
lab.table(crowd)

# %% Order
RULE, SEARCHERS = "ordering_rule", "searchers_count"
calm = extracted[(extracted.spam_rate_per_s == 0) & (extracted.searchers_investment == "none")
                 & (extracted.sequencer_block_interval_s == 0.25) & (extracted.ordering_mempool == "private")]
captures = calm.groupby([RULE, SEARCHERS, "fees_l2_gas_price_wei_per_gas"])[
    ["mev_sequencer_share", "mev_wasted_share"]].mean()
first, tips = captures.loc["first_come"], captures.loc["priority_fee"]
floods = extracted[(extracted.spam_rate_per_s > 0) & (extracted.fees_rule == "constant") & (extracted.spam_tip_wei_per_gas == 0)]
flood = floods.groupby(RULE).finality_soft_s_mean.mean()
spam_cost = floods[floods[RULE] == "first_come"].ordering_spam_wei_per_h.mean() / 6

# %% tags=["words"]
dates = [pd.to_datetime(s, unit="s").strftime("%Y-%m-%d") for s in (before, after)]
claim("2c", "So what a rollup pays moves with the price of that space over time.", "history",
      "the last day in calldata costs more than the first in blobs, for both shares of bytes", dencun.low > 1,
      f"The data of a transaction of OP Mainnet cost {lab.digits(dencun['calldata over blobs'].min(), 2)} times as much on "
      f"{dates[0]} in calldata as on {dates[1]} in blobs, of which the article could not know.", "cost")
claim("2c", "And it moves with what others do who share that space.", "fee-markets",
      "a transaction costs more beside nine rollups than beside five, for each fork", crowd.low > 1,
      f"Four more large rollups make a transaction "
      f"{', '.join(f'{lab.digits(r._2, 2)} times as dear around {r.fork}' for r in crowd.itertuples())}: the "
      "more room there is for blobs, the less neighbours matter.", "blob-cost")
earned = business[business.data_fees_rule != "bedrock"].groupby(
    ["data_fees_rule", "settlement_demand_level", LOAD]).mean(numeric_only=True).fillna(0)
outgoings = (earned.profit_data_usd_per_d + earned.profit_claims_usd_per_d + earned.profit_prover_usd_per_d
             + earned.profit_nodes_usd_per_d)
income = earned.profit_gas_fees_usd_per_d + earned.profit_data_fees_usd_per_d
left_out = (income - outgoings - earned.profit_usd_per_d).abs()
claim("2c", "Profit is what users pay, less space on the settlement chain and machines.", "economics",
      "what this leaves out of the profit is less than a tenth of costs, for each fee policy, load and demand",
      left_out < 0.1 * outgoings,
      f"""What is left out is money that stakes hold, {lab.digits(left_out.max(), 3)} USD a day for an assumed million at 5 % a year: much
      where little else is paid. Profit goes from {lab.digits(earned.profit_usd_per_d.min(), 2)} to
      {lab.digits(earned.profit_usd_per_d.max(), 2)} USD a day: nodes at an assumed 20 USD an hour decide at small loads.""", "profit")
prices = tokens.set_index(["token_depth_usd", "token_unlock_s", "token_use"]).token_price_usd.unstack()
claim("2c", "A token without a use does not capture what the network earns, and unlocks weigh on it.", "token",
      "in half a year the price falls by more than fees lift it that buy and destroy tokens, for each depth of the market and time of "
      "unlocking", list(1 - prices.governance > prices.burn - prices.governance),
      f"""Unlocks and emissions leave {lab.digits(100 * prices.governance.min(), 2)} to {lab.digits(100 * prices.governance.max(), 2)} cents of a
      dollar, fees lift that by {lab.digits(100 * (prices.burn / prices.governance - 1).max(), 2)} % at most. How deep the market is and how
      much of what unlocks is sold are assumptions.""", "price")
claim("2c", "First come, first served ignores extractable value, asks more of nodes and makes attacks cheap.", "mev",
      "the sequencer takes less of the value than by tips, more of it is wasted, and users wait longer for the same spam, for each "
      "number of searchers and price of gas, and for tips above those of spam",
      list(first.mev_sequencer_share < tips.mev_sequencer_share) + list(first.mev_wasted_share > tips.mev_wasted_share)
      + [flood["first_come"] > flood["priority_fee"]],
      f"The sequencer takes nothing of the value by arrival, and {lab.digits(100 * tips.mev_sequencer_share.min(), 2)} to "
      f"{lab.digits(100 * tips.mev_sequencer_share.max(), 2)} % by tips; copies waste up to "
      f"{lab.digits(100 * first.mev_wasted_share.max(), 2)} % by arrival. Five minutes of full blocks cost "
      f"{lab.digits(spam_cost / 1e18, 2)} ETH at a constant price of gas.", "capture")

# %% tags=["handbook", "words"]
told("2c")

# %% [markdown] tags=["handbook"]
# ## 3. Where both kinds end

# %%
rows = []
for (carrier, load), part in cost.groupby(["poster_carrier", LOAD], sort=False):
    whole = by_replication(part, "system", "cost_total_usd_per_tx_mean")
    for validity in VALIDITY:
        for optimistic in OPTIMISTIC:
            test = lab.paired_ratio(whole[validity], whole[optimistic])
            rows.append({"carrier": carrier, "load": load, "validity": lab.name(validity),
                         "optimistic": lab.name(optimistic), "ratio": test.ratio, "low": test.low, "high": test.high})
rivals = pd.DataFrame(rows)
lab.table(rivals[rivals.load == TOP])

# %% tags=["words"]
dearer = rivals.assign(yes=rivals.low > 1, no=rivals.high < 1).groupby("carrier")[["yes", "no"]].sum()
each = rivals.groupby("carrier").size()
peak = rivals[rivals.load == TOP].groupby("carrier").ratio
claim("3", "Because of its proofs a validity rollup costs more than an optimistic one.", "cost",
      "dearer in all, for each pair, load and carrier", rivals.low > 1,
      f"In blobs it is dearer in {dearer.yes['blobs']} of {each['blobs']} comparisons, "
      f"{lab.digits(peak.get_group('blobs').min(), 2)} to {lab.digits(peak.get_group('blobs').max(), 2)} times at "
      f"{TOP:g} transactions per second. In calldata it is cheaper in {dearer.no['calldata']} of {each['calldata']}, "
      f"and costs {lab.digits(peak.get_group('calldata').min(), 2)} to {lab.digits(peak.get_group('calldata').max(), 2)} times "
      "as much at that load. What decides is the price of data: where it is dear fewer bytes outweigh proofs.", "total")
# Of the experiment's points those whose provers keep up, in pairs that differ in one thing.
pipeline = pipeline[pipeline.throughput_utilisation_proving < 1]
PROVING = [LOAD, "prover_provers", "prover_chunk_work"]
spent = pipeline.groupby(PROVING)["cost_prover_usd_per_tx_mean"].mean()
took = pipeline.groupby(PROVING)["finality_proven_s_p50"].mean()


def steps(values, along):
    """Ratios of a figure from each level of a factor to the next, all else alike."""
    table = values.unstack(along)
    return (table.T / table.T.shift()).T.stack()


more, larger, whole = (steps(spent, along) for along in ("prover_provers", LOAD, "prover_chunk_work"))
sooner = steps(took, "prover_chunk_work")
claim("3", "Proofs get cheaper with more provers, larger batches and recursion.", "prover-scaling",
      "cheaper per transaction with twice the provers, with ten times the load, or in smaller chunks, all else alike",
      list(more < 0.999) + list(larger < 0.999) + list(whole > 1.001),
      f"Load does it: ten times as much makes proving {lab.digits(1 / larger.max(), 2)} to "
      f"{lab.digits(1 / larger.min(), 2)} times cheaper. Twice the provers cost {lab.digits(more.min(), 2)} to "
      f"{lab.digits(more.max(), 2)} times as much, for machines are paid for while they are idle. Smaller chunks, which "
      "recursion makes one proof of, are for time and not for cost: the next smaller size has its proof "
      f"{lab.digits(sooner.min(), 2)} to {lab.digits(sooner.max(), 2)} times sooner.", "time-to-proof")
by_layer = layers.groupby([*LAYERS, "rollup"]).mean(numeric_only=True)
priced = by_layer.cost_total_usd_per_tx_mean.unstack()
proved = priced[(priced.index.get_level_values("rollups_child_system") == "zksync-era")]
cheaper = proved.alone / proved.child
claim("3", "Recursion lets a validity rollup grow by layers.", "layer3",
      "a transaction of a validity rollup on a host costs less than that of the same rollup alone on the settlement chain, for each host, load "
      "and way to pay the host", proved.child < proved.alone,
      f"Alone it costs {lab.digits(cheaper.min(), 2)} to {lab.digits(cheaper.max(), 2)} times as much: what is verified and posted there is gas and "
      "calldata of the host, which shares what it pays itself. How proofs within proofs cost a prover more is not in it.", "cost")
endgame["family"] = endgame.system.map({"zksync-era": "validity"}).fillna(endgame.bridge_early_proof.map({"yes": "proved later", "no": "optimistic"}))
# Blocks of the one family come each quarter of a second, of the other each second.
endgame["gas_per_s"] = endgame.sequencer_block_gas * endgame.family.map({"validity": 1}).fillna(4)
worlds = ["gas_per_s", "settlement_chain", "settlement_blob_target", "settlement_base_fee_wei_per_gas", "workload_arrivals_poisson_rate_per_s"]
ends_at = endgame.groupby([*worlds, "prover_proof_time_per_work_s", "family"]).mean(numeric_only=True).reset_index()
cheap = ends_at[ends_at.family == "optimistic"].groupby(worlds).first()
proven = ends_at[ends_at.family == "validity"].set_index(worlds)
extra = (proven.cost_total_usd_per_tx_mean / cheap.cost_total_usd_per_tx_mean.reindex(proven.index)).dropna()
wait = (cheap.finality_final_s_mean.reindex(proven.index) / proven.finality_final_s_mean).dropna()
room = (proven.throughput_bottleneck_tx_per_s / cheap.throughput_bottleneck_tx_per_s.reindex(proven.index)).dropna()
claim("3", "Performance ends optimistic, but the whole ends with validity proofs.", "endgame",
      "a transaction of a validity rollup costs more than one of an optimistic rollup and is final ten times sooner, for each year from 2022 to 2030, case "
      "of the trends, load, and place of the map of 2030", (extra > 1) & (wait > 10),
      f"A validity rollup costs {lab.digits(extra.min(), 2)} to {lab.digits(extra.max(), 2)} times as much: more while proving costs more than the data "
      f"that it saves, less once it does not. It is final {lab.digits(wait.min(), 2)} to {lab.digits(wait.max(), 2)} times sooner, and fits "
      f"{lab.digits(room.min(), 2)} to {lab.digits(room.max(), 2)} times as many transactions. The sentence about performance holds under some trends and not under others, "
      "of which those after 2026 are assumed; that about the whole holds wherever finality counts.", "prover")

proved_later = crossed[(crossed.system == "optimism-bedrock") & (crossed.dispute_form == "none")]
alone = proved_later[proved_later.bridge_early_proof == "no"].groupby("bridge_challenge_window_s").finality_final_s_mean.mean()
joined = proved_later[proved_later.bridge_early_proof == "yes"].groupby(["bridge_challenge_window_s", "prover_proof_time"]).finality_final_s_mean.mean()
gained = joined / alone.reindex(joined.index.get_level_values(0)).to_numpy()
claim("3", "Between both kinds there are hybrids.", "hybrids",
      "an optimistic rollup whose claims are proved later is final sooner than by its window alone, for each window from an hour to a week and proof from ten minutes to "
      "102 h", gained < 0.99,
      f"Where the proof is there before the window ends it is final after {lab.digits(gained.min(), 2)} to {lab.digits(gained[gained < 0.99].max(), 2)} of the time; where it is "
      "not, nothing is gained, and nothing lost but the proof. A proof only when somebody challenges asks for a window longer than the proof takes.", "later")

# %% tags=["handbook", "words"]
told("3")

# %% [markdown] tags=["handbook"]
# ## 4. Where rollups go

# %% tags=["words"]
alike = turns[(turns.sequencer_set_members == 8) & (turns.sequencer_set_term_s == 60) & (turns.sequencer_set_timeout_s == 10)
              & (turns.sequencer_set_bft_faulty == 0)].groupby(["sequencer_set_kind", "sequencer_set_fault"]).mean(numeric_only=True)
staked = alike.sequencer_capital_usd_per_day.drop(("operator", 0.0))
claim("4", "Sequencers have to be decentralised, which costs capital.", "decentralised-sequencer",
      "capital that members have at stake, or have paid ahead, costs more than nothing, for each way to take turns and fault",
      [cost > 0 for cost in staked],
      f"""With stakes of 32 ETH eight members cost {lab.digits(staked[("round_robin", 0.0)], 2)} USD a day. Time costs more: a confirmation
      takes {lab.digits(alike.finality_soft_s_mean[("operator", 0.0)], 2)} s with one operator,
      {lab.digits(alike.finality_soft_s_mean[("bft", 0.0)], 2)} with a committee, and
      {lab.digits(alike.finality_soft_s_mean[("settlement_proposers", 0.0)], 2)} with the settlement chain's proposers.""",
      "faults")
clients = made.unstack("nodes_implementations")
several = clients[clients.index.get_level_values("nodes_sequencers") > 1]
claim("4", "Clients in several languages keep a rollup up.", "downtime",
      "blocks are made for more of the time with several implementations than with one, for each number of machines above one and take-over",
      [row[count] > row[1] for _, row in several.iterrows() for count in (2, 4)],
      f"""With four machines and a take-over of a second, four implementations leave {lab.digits(100 * (1 - made[(quick, 4, 4)]), 2)} % of the
      time without blocks, one leaves {lab.digits(100 * (1 - made[(quick, 4, 1)]), 2)} %: its bugs take all machines down at once.""",
      "availability")
escapes = upgraded.groupby(["system", "upgrades_delay_s", "exits_hesitation"]).mean(numeric_only=True)
in_time = escapes[escapes.upgrade_window_s > 0].upgrade_saved_share
too_late = escapes[escapes.upgrade_window_s <= 0].upgrade_saved_share
claim("4", "Upgrades are for governance, or for nobody.", "upgrades",
      "nine of ten users are out before a malicious upgrade of those who hold the keys takes effect, for each system, delay and time until "
      "users notice; the claim holds where they are not", escapes.upgrade_saved_share < 0.9,
      f"""Nobody is saved where a withdrawal takes longer than the delay ({lab.digits(100 * too_late.max(), 2)} % at most);
      where it is shorter {lab.digits(100 * in_time.min(), 2)} to {lab.digits(100 * in_time.max(), 2)} % are, by how soon they notice. So a delay
      that is long enough does for users what governance or nobody would; a council that needs none undoes it.""", "saved")
reached = composed[(composed.rollup == "a") & (composed.rollups_a_calls_capital_eth == 3000) & (composed.rollups_a_calls_pays_after == "soft")]
reached = reached.groupby(["rollups_a_host", "rollups_a_system", "rollups_a_calls_path", "rollups_a_calls_volatility"]).mean(numeric_only=True)
direct = reached.loc["settlement"].reset_index()
through = direct[direct.rollups_a_calls_path.isin(["bridge", "proof"])]
others = direct[direct.rollups_a_calls_path.isin(["liquidity", "sequencer"])]
claim("4", "Rollups will call each other through the settlement chain.", "composability",
      "nine of ten calls through the settlement chain are of use when they get there, half a percent of slippage, for each system, way there and volatility",
      through.call_success_share > 0.9,
      f"Through both contracts or by a proof a call takes {lab.duration(through.call_s_mean.min())} to {lab.duration(through.call_s_mean.max())}, and "
      f"{lab.digits(100 * through.call_success_share.min(), 2)} to {lab.digits(100 * through.call_success_share.max(), 2)} % are in time; by a provider's capital or one "
      f"sequencer it takes {lab.duration(others.call_s_mean.min())} to {lab.duration(others.call_s_mean.max())}, and "
      f"{lab.digits(100 * others.call_success_share.min(), 2)} % are. So what comes through the settlement chain is money, and what calls is who trusts a sequencer.",
      "success")
answers = by_layer.finality_soft_s_mean.unstack()
ends = by_layer.finality_final_s_mean.unstack()
claim("4", "Layer 1 is the hour hand, layer 2 the minute hand and layer 3 the second hand.", "layer3",
      "a layer 3 answers sooner than its host does, and that sooner than the settlement chain makes a block, for each pair, load and way to pay",
      (answers.child < 0.99 * answers.host) & (answers.host < 6),
      f"A layer 3 answers after {lab.duration(answers.child.min())} to {lab.duration(answers.child.max())}, its host after "
      f"{lab.duration(answers.host.min())} to {lab.duration(answers.host.max())}: who is sooner is a matter of the interval between blocks, which is "
      f"assumed. What counts is later for each layer: a layer 3 is final {lab.duration((ends.child - ends.host).min())} to "
      f"{lab.duration((ends.child - ends.host).max())} after its host.", "final")
of_kind = kinds[(kinds.rollup == "child") & (kinds.rollups_host_nodes_outage_hits == "none")
                & (kinds.rollups_child_data_mode != "settlement")].groupby(
    ["rollups_child_system", "rollups_host_system", "rollups_child_data_mode"]).cost_total_usd_per_tx_mean.mean()
claim("4", "Layer 3s for privacy, payments, NFT markets, games and exchanges are what is of interest.", "layer3-kinds",
      "a transaction costs less than a cent, for each of the five kinds, two hosts and three places of data", of_kind < 0.01,
      f"It costs {lab.digits(of_kind.min(), 2)} USD ({of_kind.idxmin()[0].removeprefix('layer3-')}) to {lab.digits(of_kind.max(), 2)} USD "
      f"({of_kind.idxmax()[0].removeprefix('layer3-')}). The presets are mostly assumed; what makes the difference is what a transaction is: bytes that do not compress, and a proof "
      "of its own.", "cost")
leaving["operator"] = leaving.rollups_host_censorship_guests.where(leaving.rollups_host_nodes_stops_at_s == 0, "stopped")
by_state = leaving[leaving.rollups_child_data_mode == "settlement"].groupby(
    ["rollup", "rollups_host_system", "rollups_child_system", "operator"]).finality_withdrawable_s_mean.mean()
two_layers = by_state["child"].unstack()
of_host = by_state["host"].unstack()["none"]
claim("4", "A layer 3 with its data on layer 1 is a rollup as before, but its exit is more complicated.", "layer3-exits",
      "an exit to the settlement chain takes longer than one from the host of the layer 3 that takes all, for each host, kind, and "
      "whether its operator takes all, takes nothing, or has stopped", (two_layers.stack() / of_host > 1),
      f"It takes {lab.duration(two_layers['none'].min())} to {lab.duration(two_layers['none'].max())} where the operator of layer 2 takes all, and "
      f"{lab.duration((two_layers['all'] - two_layers['none']).min())} to {lab.duration((two_layers['all'] - two_layers['none']).max())} more where he takes nothing: "
      "the delay of forced inclusion for each step, of claim and withdrawal. With the data on layer 1 nobody below can keep it from coming.", "game")
lost = stale[stale.rollups_a_damm_fee == 0].groupby(["rollup", "rollups_a_damm_every", "rollups_a_damm_volatility", "rollups_a_damm_confirmations"]).damm_excess_share.mean()
claim("4", "A market can stand on several rollups and have its price from the settlement chain, as dAMM does.", "damm",
      "it loses less than half as much again to arbitrage as a market whose price is never stale, without a fee, for each rollup, time between prices, volatility and age of prices",
      lost < 0.5,
      f"It loses {lab.digits(100 * lost.min(), 2)} to {lab.digits(100 * lost.max(), 2)} % more: as much as a price is old over the time between two. A price that seldom comes, or comes "
      "soon, costs little, whatever the volatility; one that waits for finality and comes each minute costs many times what the market loses else.", "excess")
of_host = availability[availability.data_mode == "host"].pivot(
    index="replication", columns="poster_carrier", values="cost_data_usd_per_tx_mean")
rows = []
for point, part in availability[availability.data_mode.isin(["committee", "external"])].groupby("point"):
    cost_there = part.set_index("replication").cost_data_usd_per_tx_mean
    for carrier in of_host:
        test = lab.paired_ratio(of_host[carrier], cost_there)
        rows.append({"mode": part.data_mode.iloc[0], "carrier": carrier, "ratio": test.ratio, "low": test.low})
elsewhere = pd.DataFrame(rows)
ratio = elsewhere.groupby(["mode", "carrier"]).ratio
claim("4", "A layer 3 can keep its data elsewhere, at the price of trust.", "data-availability",
      "data is cheaper there than on the host, for each committee and another chain, against blobs and calldata",
      elsewhere.low > 1,
      f"Against calldata a committee makes data {lab.digits(ratio.min()['committee', 'calldata'], 2)} to "
      f"{lab.digits(ratio.max()['committee', 'calldata'], 2)} times cheaper, another chain "
      f"{lab.digits(ratio.min()['external', 'calldata'], 2)} times. Blobs after Dencun cost "
      f"{lab.digits(ratio.min()['committee', 'blobs'], 2)} to {lab.digits(ratio.max()['committee', 'blobs'], 2)} times what a "
      f"committee costs, and {lab.digits(ratio.min()['external', 'blobs'], 2)} times what another chain does: less. The price of trust is the first claim of section 0 about "
      "data. The rollup is a layer 2; a layer 3 pays its host in the same way.", "cost-and-freeze")

# %% tags=["handbook", "words"]
told("4")

# %% [markdown] tags=["handbook"]
# ## All claims

# %%
# An experiment with results has to have a claim that it tries.
built = {p.parent.name for p in pathlib.Path("../results").glob("*/points.csv")}
built &= {p.stem for p in pathlib.Path("../experiments").glob("*.yaml")}
tried = {c["experiment"] for c in claims}
assert built <= tried, f"experiments with results that try no claim: {sorted(built - tried)}"

# %% tags=["handbook", "words"]
VERDICTS = ["supported", "under some parameters", "not supported", "put in"]
table = pd.DataFrame(claims)
counts = table.verdict.value_counts().reindex(VERDICTS, fill_value=0)
lab.say(f"{len(table)} claims: {', '.join(f'{v} {n}' for v, n in counts.items())}.")
lab.table(table[["section", "claim", "experiment", "verdict"]])

# %%
alt.Chart(table).mark_bar().encode(
    x=alt.X("count():Q", title="claims", axis=alt.Axis(tickMinStep=1)),
    y=alt.Y("section:N", title="section of the article"),
    color=alt.Color("verdict:N", sort=VERDICTS, title="verdict", scale=alt.Scale(
        domain=VERDICTS, range=["#009E73", "#E69F00", "#D55E00", "#56B4E9", "#BBBBBB"])),
    order=alt.Order("rank:Q"),
).transform_calculate(rank=f"indexof({VERDICTS}, datum.verdict)").properties(
    width=460, height=190, title=alt.Title("What became of the claims"))

# %% [markdown] tags=["handbook"]
# ## Limits
#
# Most claims are tried on four rollups with presets of 2024 to 2026, while the article is of 2022; `every-system` and
# `mass-exit` run systems of that time, too. Few replications tell large differences and not small ones. Several claims
# share an experiment, and each case is tested at 95 % by itself: of many cases that barely hold, some are chance.
