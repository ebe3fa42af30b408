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
# # Transactions or state differences?
#
# A validity rollup can publish its transactions, or only what they have changed: each storage slot that a batch wrote,
# once, with its last value. The experiment `data-format` publishes the same transactions both ways. It varies how long
# a batch collects them, how much their writes prefer few slots, and how many go to slots that nobody wrote before.
#
# **What the article says** (section 0c and its note of 2023): a validity rollup can compress further, since data that
# does not change the state need not be on the chain. But it need not publish states either: it may publish transactions.

# %% Load
import math

import altair as alt
import pandas as pd

import lab

points = pd.read_csv("../results/data-format/points.csv")
runs = pd.read_csv("../results/data-format/runs.csv")
AGE, ZIPF = "poster_max_age_s", "workload_state_zipf_exponent"
NEW, WARM = "workload_state_new_share", "poster_compression_warmup_bytes"
AGES, EXPONENTS = sorted(runs[AGE].unique()), sorted(runs[ZIPF].unique())
RUNS = runs.replication.nunique()
lab.table(points.head(3))

# %% [markdown]
# ## How much collapses
#
# The share of writes that go to a slot which their batch has written before. Each transaction writes 4.8 slots on
# average, of a million. With the exponent 0 all slots are alike, with 1.2 a fifth of all writes go to the first.

# %% Filter
base = runs[(runs[WARM] == 0)]
differences = base[base.poster_format == "state_differences"]
known = differences[differences[NEW] == 0]
share = known.groupby([ZIPF, AGE]).state_collapsed_share.mean().unstack(AGE)
share.columns = [lab.duration(a) for a in share.columns]
share.index.name = "exponent"
lab.table(share.reset_index(), exponent="{:g}".format)

# %% Plot
mean = points[(points.measure == "state_collapsed_share") & (points[WARM] == 0)
              & (points.poster_format == "state_differences")].copy()
mean["exponent"] = mean[ZIPF].map("{:g}".format)
mean["minutes"] = mean[AGE] / 60
mean["new"] = mean[NEW].map(lambda v: f"{v:.0%} of writes to new slots")
base_chart = alt.Chart(mean).encode(
    x=alt.X("minutes:Q", scale=alt.Scale(type="log"), title="age of a batch [min]",
            axis=alt.Axis(values=[0.2, 1, 5, 20, 60])),
    y=alt.Y("mean:Q", title="share of writes that collapse", axis=alt.Axis(format="%"),
            scale=alt.Scale(domain=[0, 1])),
    color=alt.Color("exponent:N", title="Zipf exponent"))
(base_chart.mark_line() + base_chart.mark_point(filled=True, size=50, opacity=1).encode(
    shape=alt.Shape("exponent:N", title="Zipf exponent"))).properties(width=260, height=260).facet(
    column=alt.Column("new:N", title=None),
    title=alt.Title("Writes meet where batches are long and few slots are hot",
                    subtitle=f"means over {RUNS} replications; their 95 % intervals are narrower than the marks"))

# %% [markdown]
# The mean number of different slots is known: of *n* writes Σ (1 − (1 − p)ⁿ) over all slots. `rollsim validate
# distinct-slots` compares it with batches to half a percent. Here is a check on these batches, whose number of writes
# varies: the formula at the mean number, beside the mean of what was published.

# %% Test
def law(count, exponent):
    weights = [k ** -exponent for k in range(1, count + 1)]
    total = math.fsum(weights)
    return [w / total for w in weights]


def expected(writes, probabilities):
    return math.fsum(-math.expm1(writes * math.log1p(-p)) for p in probabilities)


rows = []
for exponent in EXPONENTS:
    probabilities = law(1_000_000, exponent)
    for age in (AGES[0], AGES[2]):
        part = known[(known[ZIPF] == exponent) & (known[AGE] == age)]
        formula = expected(part.state_writes_mean.mean(), probabilities)
        rows.append({"exponent": exponent, "age": lab.duration(age), "writes": part.state_writes_mean.mean(),
                     "different, formula": formula, "different, simulated": part.state_slots_mean.mean(),
                     "off by": part.state_slots_mean.mean() / formula - 1})
check = pd.DataFrame(rows)
lab.table(check, exponent="{:g}".format, **{"off by": lambda v: f"{100 * v:.2f} %"})

# %% tags=["words"]
lab.say(f"""**What came out.** Of batches of {lab.duration(AGES[0])} {lab.digits(100 * share.iloc[0, 0], 2)} to
{lab.digits(100 * share.iloc[-1, 0], 2)} % of the writes collapse, of batches of {lab.duration(AGES[-1])}
{lab.digits(100 * share.iloc[0, -1], 2)} to {lab.digits(100 * share.iloc[-1, -1], 2)} %. Simulation and formula differ
by {lab.digits(100 * check["off by"].abs().max(), 1)} % at most.""")

# %% [markdown]
# ## Bytes of a transaction
#
# How many times as many bytes transactions are as state differences, in pairs: in one replication both formats have
# the same transactions in the same batches.

# %%
rows = []
for (new, warm, exponent, age), part in runs.groupby([NEW, WARM, ZIPF, AGE]):
    posted = part.pivot(index="replication", columns="poster_format", values="bytes_posted_per_tx")
    test = lab.paired_ratio(posted.transactions, posted.state_differences)
    rows.append({"new": new, "warm-up": warm, "exponent": exponent, "age": age, "times": test.ratio, "low": test.low,
                 "high": test.high, "p": test.p, "transactions": posted.transactions.mean(),
                 "differences": posted.state_differences.mean()})
ratios = pd.DataFrame(rows)
constant = ratios[ratios["warm-up"] == 0]
wide = constant.pivot(index=["new", "exponent"], columns="age", values="times")
wide.columns = [lab.duration(a) for a in wide.columns]
lab.table(wide.reset_index(), new="{:.0%}".format, exponent="{:g}".format)

# %%
chart = constant.assign(minutes=constant.age / 60, exponent=constant.exponent.map("{:g}".format),
                        new=constant.new.map(lambda v: f"{v:.0%} of writes to new slots"))
scale = alt.Scale(type="log", domain=[0.8, 12])
encoded = alt.Chart(chart).encode(
    x=alt.X("minutes:Q", scale=alt.Scale(type="log"), title="age of a batch [min]",
            axis=alt.Axis(values=[0.2, 1, 5, 20, 60])),
    y=alt.Y("times:Q", scale=scale, title="bytes, transactions over state differences",
            axis=alt.Axis(values=[1, 2, 3.2, 4.9, 6.4, 10])),
    color=alt.Color("exponent:N", title="Zipf exponent"))
(encoded.mark_line() + encoded.mark_point(filled=True, size=50, opacity=1).encode(
    shape=alt.Shape("exponent:N", title="Zipf exponent"))).properties(width=260, height=280).facet(
    column=alt.Column("new:N", title=None),
    title=alt.Title("What state differences save is no constant",
                    subtitle="a slot of 40 B, a new one of 64 B; the same compression for both formats"))

# %% tags=["words"]
best, worst = constant.loc[constant.times.idxmax()], constant.loc[constant.times.idxmin()]
more = constant[constant.high < 1]
lab.say(f"""**What came out.** Transactions are {lab.digits(worst.times, 3)} to {lab.digits(best.times, 3)} times as many
bytes as state differences. State differences are larger in {len(more)} of {len(constant)} cases: where a third of the
writes go to new slots and the others hardly meet. At the exponent 1 and no new slots the ratio rises from
{lab.digits(wide.loc[(0, 1)].iloc[0], 2)} to {lab.digits(wide.loc[(0, 1)].iloc[-1], 2)} with the age of a batch, at 1.2
from {lab.digits(wide.loc[(0, 1.2)].iloc[0], 2)} to {lab.digits(wide.loc[(0, 1.2)].iloc[-1], 2)}. A constant ratio, as
presets have it, is right for one batch at one load.""")

# %% [markdown]
# ## What small batches lose in compression
#
# A compressor knows nothing at first. With a warm-up of 4 kB half of what large batches save is saved at that size: the
# range is that in which Zstandard's authors see a dictionary help; the form of the loss is assumed.

# %%
warmed = ratios[(ratios.new == 0) & (ratios.exponent == 1)]
loss = warmed.pivot(index="age", columns="warm-up", values=["transactions", "differences"])
loss = pd.DataFrame({
    "age": [lab.duration(a) for a in loss.index],
    "transactions [B]": loss.transactions[0].values, "with a warm-up [B]": loss.transactions[4000].values,
    "more by": (loss.transactions[4000] / loss.transactions[0] - 1).values,
    "state differences [B]": loss.differences[0].values, "with a warm-up [B] ": loss.differences[4000].values,
    "more by ": (loss.differences[4000] / loss.differences[0] - 1).values,
})
percent = {c: (lambda v: f"{100 * v:.2g} %") for c in ("more by", "more by ")}
lab.table(loss, **percent)

# %% tags=["words"]
lab.say(f"""**What came out.** In batches of {lab.duration(AGES[0])} transactions lose
{lab.digits(100 * loss["more by"].iloc[0], 2)} % and state differences, of which there are fewer bytes,
{lab.digits(100 * loss["more by "].iloc[0], 2)} %; from {lab.duration(AGES[2])} on nobody loses more than
{lab.digits(100 * max(loss["more by"].iloc[2], loss["more by "].iloc[2]), 1)} %. What collapses matters more.""")

# %% [markdown]
# ## Beside what was measured
#
# Chaliasos et al. (2024) measured payloads on Polygon zkEVM, which publishes transactions, and on ZKsync Era, which
# publishes state differences: 6.4 times as many bytes for token transfers, 4.9 for deployments, 3.2 for transfers. How
# many transactions these payloads had, and how many accounts, is not in what could be read. So the figures cannot check
# the model; it can say what they would take. Published bytes are in proportion to the bytes of a slot, so each case
# gives the size of a slot with which it would reach a ratio.

# %%
slot = constant[constant.new == 0].copy()
needed = pd.DataFrame({"exponent": slot.exponent, "age": slot.age.map(lab.duration)})
for target in (3.2, 4.9, 6.4):
    needed[f"slot for {target} [B]"] = 40 * slot.times / target
pick = slot.age.isin([AGES[0], AGES[2], AGES[-1]])
lab.table(needed[pick], exponent="{:g}".format)

# %% tags=["words"]
alike = needed[slot.exponent == 0]
lab.say(f"""**What came out.** With hardly any collapse, at the exponent 0, a slot of
{lab.digits(alike["slot for 6.4 [B]"].min(), 2)} to {lab.digits(alike["slot for 3.2 [B]"].max(), 2)} B gives the measured
ratios. ZKsync packs a slot that was written before into an index of 4 or 5 B, a byte and what is left of the value
without zeroes, so such sizes are possible. With slots of 40 B it takes an exponent of 1 or more and long batches. The measured ratios alone
cannot tell packing from collapsing; they would differ in how the ratio moves with the batch.""")

# %% [markdown]
# ## What can be rebuilt
#
# Both formats give whoever reads the chain the state. Transactions also give its history: who did what, and every state
# in between. That is no number that a run could measure. An optimistic rollup has no choice, for a dispute executes
# transactions again.

# %% [markdown]
# ## What this rests on

# %%
lab.rests_on(points, runs)

# %% [markdown]
# ## Limits
#
# Writes are independent of each other and follow one Zipf law over a million slots; the exponent and the writes of a
# transaction are assumed. On Ethereum a third of write events are no updates of slots that are there, which is why a
# third is one of the levels. A slot has a fixed size, whatever its value. Signatures and whatever else a validity
# rollup need not publish with transactions are in the bytes of a transaction, as on an optimistic one.
