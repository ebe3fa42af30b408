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
# # How probable is it that a wrong claim takes effect?
#
# An optimistic rollup is right as long as somebody looks, sees what is wrong, and gets a transaction into a block before the
# window ends. The experiment `challenge-window` makes every claim wrong and counts those that stand: by the window in blocks
# of the settlement chain, by watchers, by what watchers share, and by proposers who leave challenges out.
#
# **What the article says** (sections 0b and 0d): the dispute period lets errors be corrected, by economics and games, and
# never with certainty.
#
# A watcher is out for a tenth of the time, twelve hours at once in the mean, and sees a wrong claim ten minutes after its
# block. These figures are assumed: nobody publishes the uptime of challengers. One proof on the chain is enough, as for Fuel V1
# or ZKOPRU; games of many moves are in `dispute-game`.

# %% Load
import altair as alt
import numpy as np
import pandas as pd

import lab

points = pd.read_csv("../results/challenge-window/points.csv")
runs = pd.read_csv("../results/challenge-window/runs.csv")
BLOCKS, COUNT, COMMON, CENSORS = ("bridge_challenge_blocks", "watchers_count", "watchers_common_share",
                                  "settlement_censorship_share")
OUT, REPAIR, SEEN, SLOT = 0.1, 43_200, 600, 12 / 0.99
stood = lab.wrong_claims(runs, [BLOCKS, COUNT, COMMON, CENSORS])
lab.table(points.head(3))

# %% [markdown]
# ## Watchers that fail by themselves
#
# Where nothing is shared, n watchers miss a window w with probability (u q(w) + (1 - u) p(w))ⁿ, with p for who works and has not
# seen it yet, and q for who is out and back too late: both follow from exponential times. Without the slots that are lost at
# the ends it would be exact.

# %% Closed form
def missed(blocks, count):
    """Probability that none of so many acts within a window."""
    window = blocks * SLOT
    late = (REPAIR * np.exp(-window / REPAIR) - SEEN * np.exp(-window / SEEN)) / (REPAIR - SEEN)
    return (OUT * late + (1 - OUT) * np.exp(-window / SEEN)) ** count


alone = stood[(stood[COMMON] == 0) & (stood[CENSORS] == 0)].copy()
alone["closed form"] = [missed(b, n) for b, n in zip(alone[BLOCKS], alone[COUNT])]
lab.table(alone[[BLOCKS, COUNT, "dispute_wrong_count", "share", "closed form"]].rename(
    columns={"dispute_wrong_count": "wrong claims", "share": "take effect"}))

# %% Plot
alt.Chart(stood[stood.share > 0]).mark_line(point=True).encode(
    x=alt.X(f"{BLOCKS}:Q", scale=alt.Scale(type="log"), title="window [blocks]"),
    y=alt.Y("share:Q", scale=alt.Scale(type="log"), title="share of wrong claims that take effect"),
    color=alt.Color(f"{COUNT}:N", title="watchers", scale=alt.Scale(range=lab.PALETTE[:3])),
    strokeDash=alt.StrokeDash(f"{COMMON}:N", title="failures in common"),
    column=alt.Column(f"{CENSORS}:N", title="share of proposers who censor"),
).properties(width=300, height=300, title=alt.Title(
    "What watchers share is what is left", subtitle="where none took effect there is no point"))

# %% tags=["words"]
day = stood[(stood[BLOCKS] == 7200) & (stood[CENSORS] == 0)].set_index([COUNT, COMMON]).share
week = stood[(stood[BLOCKS] == 45_818)]
hour = stood[(stood[BLOCKS] == 300) & (stood[COUNT] == 10) & (stood[COMMON] == 0)].set_index(CENSORS).share
lab.say(f"""**What came out.** In a window of a day (7,200 blocks) one watcher misses {lab.digits(100 * day[(1, 0)], 2)} % of wrong
claims. Ten that fail by themselves miss {lab.digits(100 * day[(10, 0)], 2)} %; ten that share a fifth of their failures miss
{lab.digits(100 * day[(10, 0.2)], 2)} %, so seven more of the same client help little. Of
{int(week.dispute_wrong_count.sum()):,} wrong claims with Arbitrum's 45,818 blocks {int(week.stood.sum())} stood. Proposers who
leave out nine of ten challenges change little: at a window of 300 blocks ten watchers miss {lab.digits(100 * hour[0.9], 2)} %
of claims with them and {lab.digits(100 * hour[0.0], 2)} % without. What is rarer than a run can show is in the oracle
`censorship-window`, by importance splitting.""")

# %% [markdown]
# ## A window in blocks
#
# Of a hundred slots one has no block, so that 45,818 blocks last 555,370 s and not 549,816. Who counts a window in seconds at 12 s
# a block is an hour and a half too early.

# %% Windows
final = runs[(runs[COUNT] == 10) & (runs[CENSORS] == 0)].groupby(BLOCKS).finality_final_s_max.mean().reset_index()
final["blocks at 12 s"] = final[BLOCKS] * 12
lab.table(final.rename(columns={"finality_final_s_max": "longest time to the final state [s]"}))

# %% [markdown]
# ## What the result rests on

# %% tags=["words"]
lab.rests_on(points, runs)
