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
# # What do hybrids of optimistic and validity rollups gain?
#
# The references of the article name rollups between the two kinds. The experiment `hybrids` runs three: optimistic first and proved
# later, where a proof of what was asserted ends its window; a validity proof only when somebody challenges; and two or three provers
# of different kinds that have to agree.
#
# **What the article says** (section 3): performance ends optimistic, but the whole ends with validity proofs; it links to hybrids.

# %% Load
import altair as alt
import pandas as pd

import lab

runs = pd.read_csv("../results/hybrids/runs.csv")
RUNS = runs.replication.nunique()
WINDOW, EARLY = "bridge_challenge_window_s", "bridge_early_proof"


def seconds(column):
    """Times that stand in the table as distributions."""
    return pd.to_numeric(column.str.removesuffix(" s"), errors="coerce")


lab.table(runs.groupby("point").first()[["system", WINDOW, EARLY, "finality_final_s_mean"]].head(8), finality_final_s_mean=lab.duration)

# %% [markdown]
# ## Proved later

# %% Later
first = runs[(runs.system == "optimism-bedrock") & (runs.dispute_form == "none")].copy()
first["proof"] = seconds(first.prover_proof_time)
later = first[first[EARLY] == "yes"].groupby([WINDOW, "proof"]).mean(numeric_only=True).reset_index()
never = first[first[EARLY] == "no"].groupby(WINDOW).mean(numeric_only=True)
later["window"] = later[WINDOW].map(lab.duration)
alt.Chart(later).mark_line(point=True).encode(
    x=alt.X("proof:Q", scale=alt.Scale(type="log"), title="time of a proof [s]"),
    y=alt.Y("finality_final_s_mean:Q", scale=alt.Scale(type="log"), title="time to finality [s]"),
    color=alt.Color("window:N", title="window", sort=None, scale=alt.Scale(range=lab.PALETTE[:4])),
).properties(width=420, height=260, title=alt.Title("A proof that ends the window", subtitle=f"means over {RUNS} replications"))

# %% tags=["words"]
hour = later[later.proof == 3600].set_index(WINDOW)
week = max(hour.index)
lab.say(f"""**What came out.** With a week's window a proof of an hour makes a transaction final after
{lab.duration(hour.finality_final_s_mean[week])} instead of {lab.duration(never.finality_final_s_mean[week])}. Where the window is
shorter than the proof it decides: a fast path of an hour is final after {lab.duration(hour.finality_final_s_mean[min(hour.index)])} with a proof of an
hour, and {lab.duration(never.finality_final_s_mean[min(hour.index)])} without.""")

# %% [markdown]
# ## Proved when challenged

# %% Challenged
challenged = runs[runs.dispute_form == "single_round"].copy()
challenged["seen"] = seconds(challenged.watchers_detection)
held = challenged.groupby([WINDOW, "seen"]).mean(numeric_only=True).dispute_wrong_effective_share.unstack()
lab.table(held.reset_index().rename(columns=lambda c: lab.duration(c) if not isinstance(c, str) else c), **{WINDOW: lab.duration})

# %% tags=["words"]
stands = held.stack().reset_index(name="share")
lost = stands[stands.seen >= stands[WINDOW]]
safe = stands[stands.seen < stands[WINDOW]]
lab.say(f"""**What came out.** Where the proof takes longer than the window every wrong claim stands ({lab.digits(lost.share.min(), 2)} of them and
more); where it is shorter none does ({lab.digits(safe.share.max(), 2)} at most). An hour of a rollup of 10 Mgas/s was 102 h on one card in 2025, which
loses against Arbitrum's clock of 84 h and wins with ten; in 2026 it was 16 h.""")

# %% [markdown]
# ## Provers that agree

# %% Agree
both = runs[runs.system == "zksync-era"].groupby(["prover_racers", "prover_needs"]).mean(numeric_only=True)
lab.table(both[["finality_final_s_mean", "cost_prover_usd_per_tx_mean", "cost_total_usd_per_tx_mean"]].reset_index(), finality_final_s_mean=lab.duration)

# %% tags=["words"]
one, two, three = (both.loc[key] for key in ((1, "first"), (2, "all"), (3, "all")))
lab.say(f"""**What came out.** With two provers that have to agree a transaction is final
{lab.duration(two.finality_final_s_mean - one.finality_final_s_mean)} later and proving costs
{lab.digits(two.cost_prover_usd_per_tx_mean / one.cost_prover_usd_per_tx_mean, 2)} times as much; with three
{lab.duration(three.finality_final_s_mean - one.finality_final_s_mean)} and
{lab.digits(three.cost_prover_usd_per_tx_mean / one.cost_prover_usd_per_tx_mean, 2)} times. What they buy, that a bug of one of them lets nothing wrong
through, is a probability that nobody has measured.""")

# %% [markdown]
# ## Limits
#
# The time of a proof is the same for each batch, whatever is in it, so what proving costs is not asked here. A proof that ends a
# window meets no dispute. Machines for a proof on challenge cost nothing. Provers that have to agree always do.
