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

# %% [markdown]
# # Every system at its own time
#
# The other experiments compare a few systems in depth. `every-system` runs each rollup for which there is a preset on the
# settlement chain of its own time, and measures how long a transaction takes to each stage and what it costs.
#
# **What the article says** (section 0b): an optimistic rollup is final after a dispute window of about a week, and a
# validity rollup as soon as its proof is there. Here this is tried on systems of the article's own year, 2022, too.
#
# Costs are in the dollars of one price of ether, so that they compare the use of the settlement chain; fees are those of
# each time. Systems with unknown figures are marked by a dagger: their numbers are a range drawn anew in each run.

# %% Load
import pandas as pd

import lab

points = pd.read_csv("../results/every-system/points.csv")
runs = pd.read_csv("../results/every-system/runs.csv")
LOAD = "workload_arrivals_poisson_rate_per_s"
means = points.pivot(index=["point", "system", LOAD], columns="measure", values="mean").reset_index()
means["name"] = means.system.map(lab.name)
lab.table(points.head(3))

# %% [markdown]
# ## How final, and when
#
# Medians over transactions, averaged over replications. Asserted is the stage of an optimistic claim, proven that of a
# proof.

# %% Stages
stages = means.copy()
stages["claimed"] = stages.finality_asserted_s_p50.fillna(stages.finality_proven_s_p50)
columns = {"finality_soft_s_p50": "soft", "finality_posted_s_p50": "posted", "finality_settled_s_p50": "settled",
           "claimed": "claimed", "finality_final_s_p50": "final", "finality_withdrawable_s_p50": "withdrawable"}
for column in columns:
    stages[column] = stages[column].map(lab.duration)
lab.table(stages[["name", LOAD, *columns]].rename(columns={**columns, LOAD: "load [1/s]"}))

# %% [markdown]
# ## What a transaction costs
#
# Data, claims and proofs, and machines.

# %% Costs
costs = means.rename(columns={f"cost_{part}_usd_per_tx_mean": part for part in ("data", "state", "proof", "prover", "total")})
lab.table(costs[["name", LOAD, "bytes_posted_per_tx", "data", "state", "proof", "prover", "total"]].rename(
    columns={LOAD: "load [1/s]", "bytes_posted_per_tx": "bytes"}))

# %% tags=["words"]
ten = costs[costs[LOAD] == 10].set_index("system")
old = ten.loc[["arbitrum-nitro-2022", "optimism-2022", "zksync-lite", "loopring", "starknet-2022", "starkex-dydx"]].total
new = ten.loc[["arbitrum-nitro", "optimism-fault-proofs", "zksync-era", "starknet"]].total
lab.say(f"""**What came out.** At ten transactions per second the systems of 2022 pay {lab.digits(old.min(), 2)} to
{lab.digits(old.max(), 2)} USD for each, those of 2025 {lab.digits(new.min(), 2)} to {lab.digits(new.max(), 2)} USD: calldata has
become blobs. Systems that are made for trades or transfers alone (zkSync Lite, Loopring, dYdX) were not cheaper for their
proofs, but for what they publish: {lab.digits(ten.loc["zksync-lite"].bytes_posted_per_tx, 2)} to
{lab.digits(ten.loc["starkex-dydx"].bytes_posted_per_tx, 2)} bytes a transaction, against
{lab.digits(ten.loc["arbitrum-nitro-2022"].bytes_posted_per_tx, 3)} of a rollup for any contract.""")

# %% [markdown]
# ## What the result rests on

# %% tags=["words"]
lab.rests_on(points, runs)
