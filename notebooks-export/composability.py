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
# # How often is a call to another rollup still of use when it gets there?
#
# A call sells something on one rollup and buys with it on another, which is of use only while the price there has not risen by more
# than half a percent. The experiment `composability` sends six calls an hour for two weeks, by each way that a pair of rollups of one
# system has: through both contracts on the settlement chain, by a proof that the other rollup reads there, through a provider's
# capital, and in blocks that one sequencer makes of both; and between two layer 3s on one layer 2.
#
# **What the article says** (section 4b): rollups will be composable through the settlement chain, layer 2 to layer 1 to layer 2, as
# in StarkWare's dAMM; calls as direct as on one chain are hard, since rollups cannot verify each other.

# %% Load
import altair as alt
import numpy as np
import pandas as pd
from scipy.stats import norm

import lab

runs = pd.read_csv("../results/composability/runs.csv")
RUNS = runs.replication.nunique()
SYSTEM, PATH, VOLATILITY, CAPITAL, PAYS = (
    "rollups_a_system", "rollups_a_calls_path", "rollups_a_calls_volatility", "rollups_a_calls_capital_eth",
    "rollups_a_calls_pays_after")
calls = runs[runs.rollup == "a"]
means = calls.groupby([SYSTEM, PATH, VOLATILITY, CAPITAL, PAYS]).mean(numeric_only=True).reset_index()
means["system"] = means[SYSTEM].map(lambda s: "layer 3 on ZKsync Era" if s == "layer3-exchange" else lab.name(s))
ways = means[(means[CAPITAL] == 3000) & (means[PAYS] == "soft")]
lab.table(ways[ways[VOLATILITY] == 0.8][["system", PATH, "call_s_mean", "call_success_share", "call_hanging_share", "call_cost_wei_mean"]],
          call_s_mean=lab.duration)

# %% [markdown]
# ## In time, by way and volatility

# %% Plot
alt.Chart(ways).mark_line(point=True).encode(
    x=alt.X(f"{VOLATILITY}:Q", scale=alt.Scale(type="log"), title="volatility of the price a year"),
    y=alt.Y("call_success_share:Q", scale=alt.Scale(domain=[0, 1]), title="share of calls that succeed"),
    color=alt.Color(f"{PATH}:N", title="way", scale=alt.Scale(range=lab.PALETTE[:4])),
    column=alt.Column("system:N", title=None),
).properties(width=150, height=240, title=alt.Title("Calls that are in time", subtitle=f"means over {RUNS} replications, half a percent of slippage"))

# %% [markdown]
# The oracle of a call that takes a time T is the normal law, Φ((ln(1 + s) + σ² T/2)/(σ √T)). Each way has its own distribution of T, so
# it is put in at the mean, where it should come close.

# %% Law
law = ways[ways.call_s_mean > 0].assign(years=lambda t: t.call_s_mean / (365 * 86_400))
deviation = law[VOLATILITY] * np.sqrt(law.years)
law["expected"] = norm.cdf((np.log1p(0.005) + deviation**2 / 2) / deviation)
law["apart"] = law.call_success_share - law.expected
lab.table(law[law[VOLATILITY] == 0.8][["system", PATH, "call_s_mean", "call_success_share", "expected"]], call_s_mean=lab.duration)

# %% tags=["words"]
at = ways.set_index([SYSTEM, PATH, VOLATILITY]).sort_index()
weekly = at.call_success_share[("arbitrum-nitro", "bridge")]
lab.say(f"""**What came out.** Through both contracts a call takes {lab.duration(at.call_s_mean[("arbitrum-nitro", "bridge", 0.8)])} from Arbitrum One and
{lab.duration(at.call_s_mean[("zksync-era", "bridge", 0.8)])} from ZKsync Era, and is in time in {lab.digits(100 * weekly[0.8], 2)} % and
{lab.digits(100 * at.call_success_share[("zksync-era", "bridge", 0.8)], 2)} % of cases. A proof that the other rollup reads takes
{lab.duration(at.call_s_mean[("zksync-era", "proof", 0.8)])}: {lab.digits(100 * at.call_success_share[("zksync-era", "proof", 0.8)], 2)} %. A provider
takes {lab.duration(at.call_s_mean[("zksync-era", "liquidity", 0.8)])}, one sequencer
{lab.duration(at.call_s_mean[("arbitrum-nitro", "sequencer", 0.8)])}, and both are in time always. Two layer 3s on one layer 2 call each other in
{lab.duration(at.call_s_mean[("layer3-exchange", "proof", 0.8)])}. Whatever is not in time leaves one leg hanging, but where one sequencer
makes both blocks: there it leaves neither. The normal law at the mean time is {lab.digits(law.apart.abs().max(), 2)} off at most, since calls of a
run share their price: {RUNS} paths of two weeks are few for a call of a week.""")

# %% [markdown]
# ## What it takes from providers

# %% Capital
pools = means[(means[PATH] == "liquidity") & (means[VOLATILITY] == 0.8) & (means[PAYS] == "soft")]
pools = pools[pools[SYSTEM].isin(["arbitrum-nitro", "zksync-era"])]
alt.Chart(pools).mark_line(point=True).encode(
    x=alt.X(f"{CAPITAL}:Q", scale=alt.Scale(type="log"), title="capital of providers [ETH]"),
    y=alt.Y("call_refused_share:Q", title="share of calls refused"),
    color=alt.Color("system:N", title=None, scale=alt.Scale(range=lab.PALETTE[:2])),
).properties(width=360, height=240, title=alt.Title("Capital that calls need", subtitle=f"means over {RUNS} replications, six calls of 1 ETH an hour"))

# %% tags=["words"]
waits = means[(means[PATH] == "liquidity") & (means[CAPITAL] == 3000) & (means[VOLATILITY] == 0.8)].set_index([SYSTEM, PAYS])
lab.say(f"""**What came out.** Six calls of one coin an hour need {lab.digits(6 * at.call_s_mean[("arbitrum-nitro", "bridge", 0.8)] / 3600, 2)} coins
where the way back takes as long as from Arbitrum One, and {lab.digits(6 * at.call_s_mean[("zksync-era", "bridge", 0.8)] / 3600, 2)} where it takes as long
as from ZKsync Era (Little's law). A provider who waits until the data is final on the settlement chain pays after
{lab.duration(waits.call_s_mean[("arbitrum-nitro", "settled")])}, and {lab.digits(100 * waits.call_success_share[("arbitrum-nitro", "settled")], 2)} % of calls are in
time; one who trusts the sequencer pays at once.""")

# %% [markdown]
# ## Limits
#
# Calls of a run share one price, so those of a week are few independent cases. A call takes no room in blocks. Prices move as a
# geometric Brownian motion without jumps; `calls.jumps` has some. Providers have their capital where it is needed. Who calls does
# not give up, and does not look before the second leg.
