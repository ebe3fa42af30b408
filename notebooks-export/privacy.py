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
# # What a private transfer publishes, costs and waits for
#
# A private transfer has commitments, nullifiers, ciphertexts and, in ZKOPRU, a proof of its own: hashes and random bytes,
# which no compressor shortens. The experiment `privacy` puts two private systems of 2022 beside two public ones, Aztec
# Connect (private transfers under one validity proof) beside zkSync Lite, and ZKOPRU (private transfers in an optimistic
# rollup) beside Optimism. Then more and more transactions of a rollup that compresses are private.
#
# **What the article says** (sections 1 and 3): private rollups carry larger transactions; zk-zk and zk-optimistic rollups
# are ways to have them.
#
# All are on Ethereum after the merge, at one load, 0.02 transactions per second, which Aztec Connect could prove. Sizes
# are those of the systems' encodings. How long a user's machine takes for its proof was found for neither: both are ranges,
# drawn from what circuits of that size take elsewhere.

# %% Load
import altair as alt
import pandas as pd

import lab

points = pd.read_csv("../results/privacy/points.csv")
runs = pd.read_csv("../results/privacy/runs.csv")
LOAD, AGE = "workload_arrivals_poisson_rate_per_s", "poster_max_age_s"
SHARE, FIXED = "workload_mix_private_transfer", "workload_classes_private_transfer_incompressible"
NAMES = {"aztec-connect": "Aztec Connect (private)", "zkopru": "ZKOPRU (private)", "zksync-lite": "zkSync Lite (public)",
         "optimism-2022": "Optimism (public)"}
means = points.pivot(index=["point", "system", LOAD, AGE, SHARE, FIXED], columns="measure", values="mean").reset_index()
means["name"] = means.system.map(NAMES)
systems = means[means[LOAD] == 0.02]
mixed = means[means[LOAD] == 0.5]
lab.table(points.head(3))

# %% [markdown]
# ## Two private systems beside two public ones
#
# Bytes and cost of a transaction, and medians of how long it takes to be settled for good; a batch is closed after the
# given time at the latest. The user's machine works before all of that.

# %% Table
table = systems.assign(
    age=systems[AGE].map(lab.duration), final=systems.finality_final_s_p50.map(lab.duration),
    included=systems.finality_included_s_p50.map(lab.duration))
lab.table(table[["name", "age", "batch_size_tx_mean", "bytes_raw_per_tx", "bytes_posted_per_tx", "cost_data_usd_per_tx_mean",
                 "cost_total_usd_per_tx_mean", "client_work_s_mean", "included", "final"]].rename(columns={
                     "batch_size_tx_mean": "in a batch", "bytes_raw_per_tx": "bytes", "bytes_posted_per_tx": "published",
                     "cost_data_usd_per_tx_mean": "data [USD]", "cost_total_usd_per_tx_mean": "all [USD]",
                     "client_work_s_mean": "user's proof [s]"}))

# %% Plot
alt.Chart(systems).mark_line(point=True).encode(
    x=alt.X(f"{AGE}:Q", scale=alt.Scale(type="log"), title="age at which a batch is closed [s]"),
    y=alt.Y("cost_total_usd_per_tx_mean:Q", scale=alt.Scale(type="log"), title="cost of a transaction [USD]"),
    color=alt.Color("name:N", title=None, scale=alt.Scale(range=lab.PALETTE[:4])),
).properties(width=440, height=300, title=alt.Title(
    "A batch that grows shares its proof, and not the bytes of a private transfer",
    subtitle=f"means over {runs.replication.nunique()} replications, 0.02 transactions per second"))

# %% [markdown]
# ## Private over public, paired by replication

# %% Test
rows = []
for private, public in [("aztec-connect", "zksync-lite"), ("zkopru", "optimism-2022")]:
    for age, part in runs[runs[LOAD] == 0.02].groupby(AGE):
        for measure in ["bytes_posted_per_tx", "cost_data_usd_per_tx_mean", "cost_total_usd_per_tx_mean"]:
            values = part.pivot(index="replication", columns="system", values=measure)
            test = lab.paired_ratio(values[private], values[public])
            rows.append({"pair": f"{NAMES[private]} over {NAMES[public]}", "age": lab.duration(age), "measure": measure,
                         "times": test.ratio, "95 % interval": lab.interval(test.low, test.high), "p": test.p})
tests = pd.DataFrame(rows)
lab.table(tests, p=lab.p_value)

# %% tags=["words"]
soonest = systems[systems[AGE] == systems[AGE].min()].set_index("system").cost_total_usd_per_tx_mean
longest = systems[systems[AGE] == systems[AGE].max()].set_index("system")
lab.say(f"""**What came out.** A private transfer publishes {lab.digits(longest.bytes_posted_per_tx['aztec-connect'], 3)} B on Aztec
Connect and {lab.digits(longest.bytes_posted_per_tx['zkopru'], 3)} B on ZKOPRU; a public one
{lab.digits(longest.bytes_posted_per_tx['zksync-lite'], 2)} and {lab.digits(longest.bytes_posted_per_tx['optimism-2022'], 2)} B. In
batches of four hours its data costs {lab.digits(longest.cost_data_usd_per_tx_mean['aztec-connect'], 2)} and
{lab.digits(longest.cost_data_usd_per_tx_mean['zkopru'], 2)} USD. What proofs and blocks cost beside it is shared by all in a
batch, so how many times a private transfer costs what a public one does grows with the batch. In batches of half an hour
the proof is most of it, and Aztec Connect costs {lab.digits(soonest['aztec-connect'], 3)} USD in all, zkSync Lite, which
executes with a third transaction, {lab.digits(soonest['zksync-lite'], 3)} USD.""")

# %% [markdown]
# ## Private transfers do not compress
#
# An optimistic rollup that compresses to half, of whose transactions a share are private. If one counts ciphertext as
# compressible, as models do that have one ratio for all, they look cheaper than they are.

# %% Mixed
honest, naive = (mixed[mixed[FIXED] == f].set_index(SHARE) for f in (0.89, 0.0))
compared = pd.DataFrame({"published": honest.bytes_posted_per_tx, "if it compressed": naive.bytes_posted_per_tx,
                         "data [USD]": honest.cost_data_usd_per_tx_mean, "if it compressed [USD]": naive.cost_data_usd_per_tx_mean})
lab.table(compared.reset_index().rename(columns={SHARE: "private"}))

# %% tags=["words"]
all_private = compared.loc[1]
lab.say(f"""**What came out.** Where all are private a transaction publishes {lab.digits(all_private.published, 3)} B; a model that
compresses ciphertext says {lab.digits(all_private['if it compressed'], 3)} B, and
{lab.digits(100 * (1 - all_private['if it compressed [USD]'] / all_private['data [USD]']), 2)} % too little for data.""")

# %% [markdown]
# ## What the result rests on

# %% tags=["words"]
lab.rests_on(points, runs)
