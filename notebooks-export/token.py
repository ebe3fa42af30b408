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
# # What is a token for?
#
# A rollup's token unlocks by a schedule, new ones are emitted to stakers, some of both is sold, and fees may buy tokens, be
# shared or be paid in tokens. The experiment `token` follows these stocks and flows for half a year on a rollup like Arbitrum with twelve
# transactions a second, for what fees do, how fast 44 % of ten billion tokens unlock, and how deep the market is.
#
# **What the article says** (section 2c): tokens of rollups are not used for gas or stakes, so that they capture none of what the network
# earns; few of them circulate, and more come and are sold.
#
# The shares are those of a large rollup at its launch. A dollar a token, the depth of the market, that a tenth of what is new is
# sold, and the billion that a stake would secure are assumed. The market is a pool: a price says what flows do to an
# assumed one.

# %% Load
import altair as alt
import pandas as pd

import lab

runs = pd.read_csv("../results/token/runs.csv")
runs["unlock [d]"] = runs.token_unlock_s / 86_400
runs["depth"] = runs.token_depth_usd.map(lambda usd: f"{usd / 1e6:g} million USD deep")
COLUMNS = {"token_use": "use of fees", "depth": "market", "unlock [d]": "unlock [d]", "token_price_usd": "price [USD]",
           "token_float_share": "float", "token_sold_usd": "sold [USD]", "token_bought_usd": "bought by fees [USD]",
           "token_yield": "yield a year"}
lab.table(runs[list(COLUMNS)].rename(columns=COLUMNS).head(6))

# %% [markdown]
# ## Unlocks and the price

# %% Plot
alt.Chart(runs).mark_line(point=True).encode(
    x=alt.X("unlock [d]:Q", scale=alt.Scale(type="log"), title="time in which all is unlocked [d]"),
    y=alt.Y("token_price_usd:Q", title="price after 190 d [USD]", scale=alt.Scale(zero=True)),
    color=alt.Color("token_use:N", title="fees", scale=alt.Scale(range=lab.PALETTE[:4])),
    strokeDash=alt.StrokeDash("depth:N", title=None),
).properties(width=460, height=300, title="Unlocks move the price, fees do not")

# %% tags=["words"]
price = runs.set_index(["token_depth_usd", "token_unlock_s", "token_use"]).token_price_usd.unstack()
lift = (price.burn / price.governance - 1).max()
bought = runs[runs.token_use == "burn"].token_bought_usd.mean()
paid = runs[runs.token_use == "gas"]
lost = -(paid.token_exchange_usd / paid.token_bought_usd)
lab.say(f"""**What came out.** Of a dollar {lab.digits(100 * price.governance.min(), 2)} to {lab.digits(100 * price.governance.max(), 2)} cents are left
after half a year, by how fast tokens unlock and how deep the market is. Where all fees buy tokens and destroy them, which takes
{lab.digits(bought, 3)} USD in that time, the price is {lab.digits(100 * lift, 2)} % higher at most. Where gas is paid for in tokens
that the operator sells at the next step, it is {lab.digits(100 * (price.gas / price.governance - 1).max(), 2)} % higher at most, and he
has {lab.digits(100 * lost.min(), 2)} to {lab.digits(100 * lost.max(), 2)} % less than users paid.""")

# %% [markdown]
# ## What stakes would secure

# %% Table
cost = runs[runs.token_use == "governance"][["depth", "unlock [d]", "token_staked_usd", "token_attack_usd", "token_security_ratio"]]
cost.columns = ["market", "unlock [d]", "staked [USD]", "cost of a third [USD]", "over what is secured"]
lab.table(cost)

# %% tags=["words"]
dear = runs[runs.token_use == "governance"]
share = runs.set_index(["token_depth_usd", "token_unlock_s", "token_use"]).token_yield.unstack()
lab.say(f"""**What came out.** Buying a third of the stake costs {lab.digits(100 * dear.token_security_ratio.min(), 2)} to
{lab.digits(100 * dear.token_security_ratio.max(), 2)} % of the billion that it would secure where the market has so many tokens, and cannot be done at
once where it has not ({dear.token_security_ratio.isna().sum()} of {len(dear)} points). Fees that are shared add
{lab.digits(100 * (share.share - share.governance).mean(), 2)} points to a yield that new tokens make.""")

# %% [markdown]
# ## Limits
#
# Nobody buys because a token is cheap, and stakers do not answer to the yield here (`token.staking_response`). A deeper market, or
# buyers, change every price here; that fees are small against unlocks does not depend on them.
