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
# # What does a rollup earn, and of what?
#
# Users pay for gas and, on the OP Stack and on Arbitrum, for their data apart. The operator pays for data and claims on the
# settlement chain, for machines, and for money that stakes hold. The experiment `economics` has three rollups at three loads and
# two levels of demand for the settlement chain, each with the fee policy of its protocol: OP's data fees after Fjord with scalars
# that never change, after Ecotone with scalars that its operator sets every four hours by what the last ones cost, Arbitrum's price
# of a unit of data, which returns what was collected too much, and ZKsync Era's price of a published byte.
#
# **What the article says** (section 2c): profit is what users pay in fees, less space on the settlement chain and machines; fees are
# gas, what order is worth, and a premium.
#
# Scalars and least prices of gas are those of the protocols; the price of a unit at the start is assumed. That nodes cost 20 USD an hour and that a million dollars is
# held at 5 % a year is assumed, and so are loads. No order is sold here: what it brings is measured by `mev`.

# %% Load
import altair as alt
import pandas as pd

import lab

runs = pd.read_csv("../results/economics/runs.csv")
RUNS = runs.replication.nunique()
POLICY = {"fjord": "OP, Fjord, fixed scalars", "ecotone": "OP, Ecotone, scalars set each 4 h", "arbos": "Arbitrum, ArbOS",
          "era": "ZKsync Era", "bedrock": "OP, Bedrock, January 2024"}
runs["policy"] = runs.data_fees_rule.map(POLICY)
runs["load [1/s]"] = runs.workload_arrivals_poisson_rate_per_s
runs["demand"] = runs.settlement_demand_level
means = runs.groupby(["policy", "demand", "load [1/s]"]).mean(numeric_only=True).reset_index()
swept = means[means.policy != POLICY["bedrock"]]
lab.table(means[["policy", "demand", "load [1/s]", "profit_usd_per_d", "profit_margin", "profit_data_recovery"]].head(4))

# %% [markdown]
# ## Profit and its parts
#
# Costs that do not grow with the load decide at small loads; income that does at large ones.

# %% Table
PARTS = {"profit_gas_fees_usd_per_d": "gas", "profit_data_fees_usd_per_d": "data fees", "profit_data_usd_per_d": "data",
         "profit_claims_usd_per_d": "claims", "profit_prover_usd_per_d": "provers", "profit_nodes_usd_per_d": "nodes",
         "profit_capital_usd_per_d": "capital", "profit_usd_per_d": "profit"}
parts = swept[swept.demand == 1][["policy", "load [1/s]", *PARTS]].rename(columns=PARTS).fillna(0)
lab.table(parts.round(1))

# %% Plot
alt.Chart(swept).mark_line(point=True).encode(
    x=alt.X("load [1/s]:Q", scale=alt.Scale(type="log"), title="load [1/s]"),
    y=alt.Y("profit_usd_per_d:Q", title="profit [USD/d]"),
    color=alt.Color("policy:N", title=None, scale=alt.Scale(range=lab.PALETTE[:4])),
    strokeDash=alt.StrokeDash("demand:N", title="demand level"),
).properties(width=460, height=300, title=alt.Title(
    "A rollup has to be used to pay for itself", subtitle=f"means over {RUNS} replications"))

# %% tags=["words"]
check = (runs.profit_gas_fees_usd_per_d + runs.profit_data_fees_usd_per_d + runs.profit_order_usd_per_d + runs.profit_refunds_usd_per_d
         - runs.profit_data_usd_per_d - runs.profit_claims_usd_per_d - runs.profit_prover_usd_per_d.fillna(0)
         - runs.profit_nodes_usd_per_d - runs.profit_capital_usd_per_d - runs.profit_shares_usd_per_d
         - runs.profit_others_usd_per_d - runs.profit_usd_per_d).abs().max()
worst, best = swept.loc[swept.profit_usd_per_d.idxmin()], swept.loc[swept.profit_usd_per_d.idxmax()]
lab.say(f"""**What came out.** The parts add up to the profit in each run, within {lab.digits(check, 1) if check > 1e-9 else "1e-9"} USD a day.
Profit goes from {lab.digits(worst.profit_usd_per_d, 3)} USD a day ({worst.policy}, {worst["load [1/s]"]:g} /s) to
{lab.digits(best.profit_usd_per_d, 3)} ({best.policy}, {best["load [1/s]"]:g} /s).""")

# %% [markdown]
# ## Whether fees pay for data
#
# What fees for data bring over what data costs. A rule that knows the fees of the settlement chain but not how full its own blobs are
# misses by how full they are; one that looks at what batches cost does not.

# %% Plot
fees = swept[swept.profit_data_recovery.notna()]
alt.Chart(fees).mark_line(point=True).encode(
    x=alt.X("load [1/s]:Q", scale=alt.Scale(type="log"), title="load [1/s]"),
    y=alt.Y("profit_data_recovery:Q", scale=alt.Scale(type="log"), title="fees for data over its cost"),
    color=alt.Color("policy:N", title=None, scale=alt.Scale(range=lab.PALETTE[:4])),
    strokeDash=alt.StrokeDash("demand:N", title="demand level"),
).properties(width=460, height=300, title=alt.Title(
    "Scalars that stay miss what data costs", subtitle=f"means over {RUNS} replications"))

# %% tags=["words"]
fixed, learnt = fees[fees.policy == POLICY["fjord"]], fees[fees.policy != POLICY["fjord"]]
busy = learnt[learnt["load [1/s]"] >= 1]
lab.say(f"""**What came out.** Fixed scalars recover {lab.digits(100 * fixed.profit_data_recovery.min(), 2)} to
{lab.digits(100 * fixed.profit_data_recovery.max(), 3)} % of what data costs, by load. Rules that look at costs recover
{lab.digits(100 * busy.profit_data_recovery.min(), 3)} to {lab.digits(100 * busy.profit_data_recovery.max(), 3)} % from one transaction a second
on, and less at a tenth of that, since a day is short for them there.""")

# %% [markdown]
# ## A quarter that was published
#
# OP Mainnet took in 16 million USD in the first quarter of 2024 and earned 2 of them (Messari, State of Optimism Q1 2024, as
# reported on 2024-05-18), so income was 1.14 times costs. The row `bedrock` has its load of January 2024, its calldata and its
# overhead and scalar of then; sizes of transactions and compression are the preset's, not those of that month.

# %% tags=["words"]
january = means[means.policy == POLICY["bedrock"]].iloc[0]
paid = january.profit_data_usd_per_d + january.profit_claims_usd_per_d
income = january.profit_gas_fees_usd_per_d + january.profit_data_fees_usd_per_d
lab.say(f"""**What came out.** Income over what the settlement chain costs is {lab.digits(income / paid, 3)}, where 1.14 is published: the same order
of magnitude, on the other side of one. Arbitrum One had 39.1 thousand ETH of fees from March 2023 to March 2024, of which 27.2 paid for
data (Arbitrum DAO, Annual Report 2024); `validate data-fees` has that year at a mean price of gas, within a factor of two.""")

# %% [markdown]
# ## Limits
#
# What users pay for order, and what an airdrop or a token is worth, is not in a profit. Arbitrum's poster is paid by reports of
# single batches; its cap on costs is off. Starknet's and ZKsync Era's own prices for data are left out.
