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
# # What does a stale price cost a market?
#
# In StarkWare's dAMM the same liquidity stands on several rollups, and the settlement chain sets its price. The experiment `damm` puts a
# million dollars on two rollups, one with a block each 2 s, one with a block each 12 s. With each new price arbitrage takes what the
# price has moved while it was on its way, beside what it takes of any market that quotes a curve.
#
# **What the article says** (section 4b): dAMM shows how rollups are composed through the settlement chain.

# %% Load
import altair as alt
import pandas as pd

import lab

runs = pd.read_csv("../results/damm/runs.csv")
RUNS = runs.replication.nunique()
EVERY, VOLATILITY, CONFIRMATIONS, FEE = (f"rollups_a_damm_{key}" for key in ("every", "volatility", "confirmations", "fee"))
means = runs.groupby([EVERY, VOLATILITY, CONFIRMATIONS, FEE, "rollup"]).mean(numeric_only=True).reset_index()
means["block"] = means.rollup.map({"a": 2.0, "b": 12.0})
free = means[means[FEE] == 0]
lab.table(free[(free[VOLATILITY] == 0.8) & (free.rollup == "a")][[EVERY, CONFIRMATIONS, "damm_age_s_mean", "damm_loss_usd_per_d", "damm_excess_share"]],
          damm_age_s_mean=lab.duration)

# %% Plot
shown = free[free[VOLATILITY] == 0.8].assign(age=lambda t: t[CONFIRMATIONS].astype(str) + " blocks")
alt.Chart(shown).mark_line(point=True).encode(
    x=alt.X(f"{EVERY}:Q", scale=alt.Scale(type="log"), title="blocks from price to price"),
    y=alt.Y("damm_loss_usd_per_d:Q", scale=alt.Scale(type="log"), title="loss [USD/d]"),
    color=alt.Color("age:N", title="until a price is read", scale=alt.Scale(range=lab.PALETTE[:4])),
    strokeDash=alt.StrokeDash("rollup:N", title=None),
).properties(width=420, height=260, title=alt.Title("What arbitrage takes of a million dollars", subtitle=f"means over {RUNS} replications, volatility 0.8, no fee"))

# %% [markdown]
# A curve of constant product that is worth V loses σ² V/8 a year, and one whose price comes each τ and is d old, on a rollup with a
# block each b, (d − b)/τ of that beside.

# %% Law
free = free.assign(expected=lambda t: (t.damm_age_s_mean - t.block) / (12 * t[EVERY] / 0.99))
free["apart"] = (1 + free.damm_excess_share) / (1 + free.expected) - 1
lab.table(free.groupby(CONFIRMATIONS)[["damm_excess_share", "expected"]].mean().reset_index())

# %% tags=["words"]
usual = 0.8**2 / 8 * 1e6 / 365
worst = free[(free[VOLATILITY] == 0.8)].damm_loss_usd_per_d.max()
charged = means[(means[FEE] > 0) & (means[VOLATILITY] == 0.8)]
lab.say(f"""**What came out.** A market without staleness and fee loses {lab.digits(usual, 3)} USD a day of a million at a volatility of 0.8; with a
price each minute that is 13 min old it loses {lab.digits(worst, 3)}. The formula is {lab.digits(100 * free.apart.abs().max(), 2)} % off at most. A fee of
0.3 % leaves {lab.digits(charged.damm_loss_usd_per_d.max(), 2)} USD a day or less, since no price of a minute moves as much: staleness is paid for by
those who trade.""")

# %% [markdown]
# ## Limits
#
# The settlement chain has the price elsewhere with each block that sets one, and nobody trades but arbitrage, which costs nothing. Both
# rollups have paths of their own.
