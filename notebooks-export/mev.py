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
# # Who captures a position in a block, and what do others pay for it?
#
# Whoever is first after a price has moved takes what that is worth. The rule of order decides by what one is first: by speed and
# copies, by tips, by a bid for a place or for an express lane, or by chance. The experiment `mev` lets searchers compete under
# five rules, in the blocks of Arbitrum One, and then floods the chain.
#
# **What the article says** (section 2c): Arbitrum ignores extractable value and takes who comes first; that asks more of nodes and
# makes denial of service cheaper.
#
# An opportunity of 0.01 ETH in the mean comes each two seconds, of which a searcher can take a share that is uniform. Values, gas and
# latencies are assumed. Copies are as many as pay if all choose so (Tullock's contest; Capponi and Zhu, arXiv 2512.10094).

# %% Load
import altair as alt
import pandas as pd

import lab

points = pd.read_csv("../results/mev/points.csv")
runs = pd.read_csv("../results/mev/runs.csv")
RULE, COUNT, PRICE = "ordering_rule", "searchers_count", "fees_l2_gas_price_wei_per_gas"
SPAM, BLOCK, SPEED = "spam_rate_per_s", "sequencer_block_interval_s", "searchers_investment"
calm = runs[(runs[SPAM] == 0) & (runs[SPEED] == "none") & (runs[BLOCK] == 0.25)]
lab.table(points.head(3))

# %% [markdown]
# ## Who gets what

# %% Shares
SHOWN = {"mev_captured_share": "taken", "mev_sequencer_share": "to the sequencer", "mev_wasted_share": "wasted",
         "mev_profit_share": "kept by searchers", "mev_copies_mean": "transactions", "mev_reverted_share": "reverted",
         "ordering_searcher_gas_share": "share of gas", "finality_soft_s_mean": "users wait [s]"}
shares = calm.groupby([RULE, "ordering_mempool", COUNT, PRICE])[list(SHOWN)].mean().reset_index()
lab.table(shares.rename(columns={**SHOWN, COUNT: "searchers", PRICE: "price of gas [wei]"}))

# %% Plot
alt.Chart(shares[shares.ordering_mempool == "private"]).mark_bar().encode(
    x=alt.X(f"{RULE}:N", title="rule"), y=alt.Y("mev_sequencer_share:Q", title="share of the value to the sequencer"),
    xOffset=f"{COUNT}:N", color=alt.Color(f"{COUNT}:N", title="searchers"), column=alt.Column(f"{PRICE}:N", title="price of gas [wei]"),
).properties(width=220, height=220, title="What the sequencer takes")

# %% tags=["words"]
private = shares[shares.ordering_mempool == "private"].set_index([RULE, COUNT, PRICE])
few, many, low, high = private.index.levels[1].min(), private.index.levels[1].max(), 1e7, 1e9
first, lane = private.loc["first_come"], private.loc["express_lane"]
lab.say(f"""**What came out.** By arrival a searcher sends {lab.digits(first.mev_copies_mean[(few, low)] / few, 2)} copies where gas costs
0.01 gwei, and {lab.digits(first.mev_copies_mean[(few, high)] / few, 2)} where it costs 1 gwei: cheap gas is answered by more copies.
{lab.digits(100 * first.mev_reverted_share[(many, low)], 2)} % of the transactions of {many} searchers revert. The express lane brings
{lab.digits(100 * lane.mev_sequencer_share[(many, low)], 2)} % of the value to the sequencer, and takes {lab.digits(100 * (1 - lane.mev_copies_mean[(many, low)] / first.mev_copies_mean[(many, low)]), 2)} % of the copies away.""")

# %% [markdown]
# ## Speed, and who enters
#
# Where speed is for sale, n equals waste (n - 1)/n of the value, and more enter the less it costs: all of it is wasted in the limit.

# %% Entry
entry = runs[runs[SPEED] == "contest"].groupby("searchers_entry_cost_usd_per_h")[
    ["mev_searchers", "mev_wasted_share", "mev_largest_share"]].mean().reset_index()
lab.table(entry)

# %% [markdown]
# ## The delay of the express lane
#
# A delay of 200 ms puts a user min(1, 0.2 s/T) of the time a block later where blocks come every T.

# %% Lane
lanes = runs[(runs[RULE] == "express_lane") & (runs[SPAM] == 0)].groupby(BLOCK)[
    ["ordering_later_share", "ordering_blocks_later_mean", "finality_soft_s_mean", "mev_reverted_share"]].mean().reset_index()
lab.table(lanes)

# %% [markdown]
# ## Spam
#
# Five minutes of 1.17 times what blocks carry, as long as five ETH last.

# %% Spam
FLOOD = {"finality_soft_s_mean": "wait, mean [s]", "finality_soft_s_max": "longest [s]", "ordering_user_wei_per_tx_mean": "a user pays [wei]",
         "ordering_spam_wei_per_h": "spam pays [wei/h]", "ordering_spam_gas_share": "share of gas"}
floods = runs[runs[SPAM] > 0].groupby([RULE, "fees_rule", "spam_tip_wei_per_gas"])[list(FLOOD)].mean().reset_index()
lab.table(floods.rename(columns=FLOOD))

# %% tags=["words"]
flood = floods[floods.spam_tip_wei_per_gas == 0].set_index([RULE, "fees_rule"])
plain, priced = flood.loc[("first_come", "constant")], flood.loc[("first_come", "arbos")]
lab.say(f"""**What came out.** At a constant price of gas users wait {lab.digits(plain.finality_soft_s_mean, 2)} s in the mean by arrival and
{lab.digits(flood.loc[("priority_fee", "constant")].finality_soft_s_mean, 2)} s by tips, for which they pay. Under the price of ArbOS the
money of who floods is gone sooner: they wait {lab.digits(priced.finality_soft_s_mean, 2)} s, and pay
{lab.digits(priced.ordering_user_wei_per_tx_mean / plain.ordering_user_wei_per_tx_mean, 2)} times as much.""")

# %% [markdown]
# ## What is known of Timeboost
#
# Of 151,000 auctions from April to July 2025 two entities won more than 90 %, and 22 % of the transactions that used the lane
# reverted (Messias and Torres, arXiv 2509.22143). Bidders here differ by what they think of a round alone, so they win alike; a
# lasting difference is `searchers.skill`. Whoever has the lane sends one copy, which reverts only if its opportunity is gone: that
# he sends several, or bundles of others, is `searchers.lane_copies` and is not chosen by the model.

# %% [markdown]
# ## What the result rests on

# %% tags=["words"]
lab.rests_on(points, runs)
