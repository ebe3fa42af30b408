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
# # How final is fast?
#
# A user of a rollup sees an answer at once. Whether anybody could still undo it is another matter: the data
# has to reach the settlement chain, that chain has to make it final, and a state has to be proven, or a
# window has to pass in which it can be disputed. The experiment `finality` follows transactions of four
# rollups through all of these stages under three loads.
#
# **What the article says** (sections 0b, 0d and 2b): what looks fast is a soft confirmation, time that the
# user borrows. Finality comes only with the data on the settlement chain, and how soon that is depends on how
# often a rollup posts. An optimistic rollup adds a dispute window of about a week; a validity rollup has no
# window, but takes time to prove.

# %% Load
import altair as alt
import pandas as pd

import lab

points = pd.read_csv("../results/finality/points.csv")
runs = pd.read_csv("../results/finality/runs.csv")
LOAD = "workload_arrivals_poisson_rate_per_s"
lab.table(points.head(3))

# %% [markdown]
# `points.csv` has a row for each system, load and measure: the mean over replications with Student's 95 %
# interval, and in `basis` the worst evidence behind it. `runs.csv` has a row for each replication.
#
# ## The ladder
#
# The median time from submission to each stage, at ten transactions per second.

# %% Filter
STAGES = ["soft", "posted", "included", "settled", "asserted", "proven", "final", "withdrawable"]
medians = points[points.measure.str.fullmatch(r"finality_\w+_s_p50")].copy()
medians["stage"] = medians.measure.str.extract(r"finality_(\w+)_s_p50", expand=False)
medians["name"] = medians.system.map(lab.name)
medians["load"] = medians[LOAD]
ten = medians[medians.load == 10]

wide = ten.pivot(index="stage", columns="name", values="mean").loc[STAGES, list(lab.NAMES.values())]
lab.table(wide.reset_index(), **{n: lab.duration for n in wide.columns})

# %% Plot
# A stage that several rollups reach at the same time has its points side by side.
x = alt.X("mean:Q", scale=alt.Scale(type="log"), title="median time from submission [s]",
          axis=alt.Axis(values=[0.1, 1, 10, 100, 1000, 10_000, 100_000, 1_000_000], format="~s"))
y = alt.Y("stage:N", sort=STAGES, title=None)
base = alt.Chart(ten).encode(y=y, yOffset=alt.YOffset("name:N", sort=list(lab.NAMES.values())),
                             color=lab.colours())
marks = (base.mark_rule(strokeWidth=3).encode(x=alt.X("ci_low:Q"), x2="ci_high:Q")
         + base.mark_point(filled=True, size=55, opacity=1).encode(x=x, shape=lab.shapes()))
hours = alt.Chart(pd.DataFrame({"mean": [60, 3600, 86_400, 604_800],
                                "word": ["1 min", "1 h", "1 d", "7 d"]}))
marks = (hours.mark_rule(strokeDash=[3, 3], color="#bbb").encode(x=x)
         + hours.mark_text(y=-6, color="#777", fontSize=10).encode(x=x, text="word") + marks)
marks.properties(
    width=520, height=300,
    title=alt.Title("Four rollups, from the sequencer's word to the money", offset=22,
                    subtitle="median at 10 transactions/s; bars: 95 % interval of its mean"))

# %% [markdown]
# ## Is fast final? Pairs of stages
#
# In each replication both stages are those of the same transactions, so their ratio is taken pair by pair. It
# says how many times longer it takes until the settlement chain holds the data for good than until the user
# gets an answer. The interval is of the geometric mean; the test asks whether the ratio is 1.

# %% Test
rows = []
for (system, load), part in runs.groupby(["system", LOAD], sort=False):
    test = lab.paired_ratio(part.finality_settled_s_p50, part.finality_soft_s_p50)
    rows.append({"system": lab.name(system), "load [1/s]": load, "settled over soft": test.ratio,
                 "95 % interval": lab.interval(test.low, test.high), "p": lab.p_value(test.p),
                 "answer": part.finality_soft_s_p50.mean(), "settled": part.finality_settled_s_p50.mean()})
borrowed = pd.DataFrame(rows)
lab.table(borrowed, answer=lab.duration, settled=lab.duration)

# %% tags=["words"]
lab.say(f"""**What came out.** At every load and in every system the answer comes long before the data is
settled: after {lab.duration(borrowed.answer.min())} to {lab.duration(borrowed.answer.max())}, where
settlement takes {lab.duration(borrowed.settled.min())} to {lab.duration(borrowed.settled.max())}. That is
{lab.digits(borrowed["settled over soft"].min(), 2)} to {lab.digits(borrowed["settled over soft"].max(), 2)}
times as long.""")

# %% [markdown]
# ## How often data is posted
#
# Were posting all that matters, a transaction would wait half an interval in the mean: it comes at a random
# moment between two batches. Below 1/2 batches close by size in part, or others wait; above it something
# else than the interval decides.

# %%
rows = []
for (system, load), part in runs.groupby(["system", LOAD], sort=False):
    share = part.finality_posted_s_mean / part.batch_interval_s_mean
    rows.append({"system": lab.name(system), "load [1/s]": load,
                 "interval": part.batch_interval_s_mean.mean(),
                 "posted after": part.finality_posted_s_mean.mean(),
                 "share of an interval": share.mean()})
posting = pd.DataFrame(rows)
lab.table(posting, **{"interval": lab.duration, "posted after": lab.duration})

# %%
points_of = posting.rename(columns={"system": "name", "load [1/s]": "load"})
half = alt.Chart(pd.DataFrame({"interval": [80, 3000], "half": [40, 1500]}))
axis = dict(scale=alt.Scale(type="log", nice=False, padding=12))
dots = alt.Chart(points_of).encode(
    x=alt.X("interval:Q", title="mean interval between batches [s]", **axis),
    y=alt.Y("posted after:Q", title="mean time until data is posted [s]", **axis), color=lab.colours())
line = half.mark_line(strokeDash=[4, 4], color="#777").encode(x="interval:Q", y="half:Q")
(line + dots.mark_line(opacity=0.5) + dots.mark_point(filled=True, size=70, opacity=1).encode(
    shape=lab.shapes())).properties(
    width=420, height=300,
    title=alt.Title("Posting decides when data arrives, unless it waits for a proof",
                    subtitle="2, 10 and 40 transactions/s, from right to left; dashed: half an interval"))

# %% tags=["words"]
timed = posting[posting.system != "Starknet"]["share of an interval"]
late = posting[posting.system == "Starknet"]["share of an interval"]
lab.say(f"""**What came out.** Where data is posted on its own, it comes after
{lab.digits(timed.min(), 2)} to {lab.digits(timed.max(), 2)} of an interval, so the claim holds: how often a
rollup posts is how soon its data is there. More load fills batches sooner and shortens the wait. Starknet
posts its data with the proof, which takes {lab.digits(late.min(), 2)} to {lab.digits(late.max(), 2)} intervals:
there proving decides, and posting more often would not help.""")

# %% [markdown]
# ## A window or a proof
#
# Streams of random numbers are common to all systems: in one replication they meet the same arrivals and the same
# settlement chain. So systems are compared replication by replication, too.

# %%
rows = []
for load, part in runs.groupby(LOAD):
    final = part.pivot(index="replication", columns="system", values="finality_final_s_p50")
    for optimistic in ("arbitrum-nitro", "optimism-fault-proofs"):
        for validity in ("zksync-era", "starknet"):
            test = lab.paired(final[optimistic], final[validity])
            ratio = lab.paired_ratio(final[optimistic], final[validity])
            rows.append({"load [1/s]": load, "optimistic": lab.name(optimistic),
                         "validity": lab.name(validity), "final later by": test.difference,
                         "low": test.low, "high": test.high, "times": ratio.ratio,
                         "p": lab.p_value(test.p)})
windows = pd.DataFrame(rows)
lab.table(windows, **{k: lab.duration for k in ("final later by", "low", "high")})

# %% tags=["words"]
final = medians[medians.stage == "final"].groupby("system")["mean"]
low, high = final.min(), final.max()
withdrawn = medians[medians.stage == "withdrawable"].groupby("system")["mean"].mean()
lab.say(f"""**What came out.** Optimistic rollups are final after
{lab.duration(low["optimism-fault-proofs"])} to {lab.duration(high["arbitrum-nitro"])}, validity rollups after
{lab.duration(low["starknet"])} to {lab.duration(high["zksync-era"])}:
{lab.digits(windows.times.min(), 2)} to {lab.digits(windows.times.max(), 2)} times sooner. A week is right for
money ({lab.duration(withdrawn["arbitrum-nitro"])} and {lab.duration(withdrawn["optimism-fault-proofs"])} until
a withdrawal is paid) rather than for finality: on OP Mainnet a claim stands after the clock of a dispute, half a
week, and money waits as long again. Proofs take hours, and ZKsync Era spends most of them in a delay of
three hours before it executes a batch, which is no work.""")

# %% [markdown]
# ## What this rests on

# %%
lab.rests_on(points, runs)

# %% [markdown]
# ## Limits
#
# Nobody disputes anything here, no sequencer fails and nobody is censored, so windows last as long as they must
# and no longer. Proof times of validity rollups are drawn from ranges where no figure was found. Intervals are of
# means over replications: they say how well the mean of this model is known, and not in which range single
# transactions fall.
