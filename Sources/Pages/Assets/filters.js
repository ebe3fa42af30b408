// Which levels of factors are shown, in every figure and table.

const points = table(result.points);
for (const factor of factors) {
  // What a design chooses in a range is no level that anybody named.
  factor.isListed = factor.kind === "words" || factor.levels?.length > 0;
  if (!factor.levels || factor.levels.length === 0) {
    const values = [...new Set(points.map(row => row[factor.field] ?? null))].filter(value => value !== null);
    if (factor.kind !== "words") values.sort((a, b) => a - b);
    factor.levels = values.map(value => ({ value, label: levelLabel(factor, value) }));
  }
}

/** The levels that are hidden, as texts, by the field of their factor. */
const hidden = new Map(factors.map(factor => [factor.field, new Set()]));
const followers = [];

/** Has a function called whenever other levels are shown. */
function onFilter(follower) { followers.push(follower); }

/** Whether a row is of levels that are shown. */
function isShown(row) {
  return factors.every(({ field }) => !(field in row) || !hidden.get(field).has(String(row[field])));
}

/** Whether the levels of a factor are few enough for a box each. */
const hasBoxes = ({ levels, isListed }) => isListed && levels.length > 1 && levels.length <= 16;

/** A box for each level of each factor that has a handful. */
function showFilters() {
  const bar = document.getElementById("filters");
  for (const factor of factors.filter(hasBoxes)) {
    const boxes = factor.levels.map(({ value, label }) => {
      const toggle = event => {
        hidden.get(factor.field)[event.target.checked ? "delete" : "add"](String(value));
        followers.forEach(follower => follower());
      };
      const box = element("input", {
        type: "checkbox", checked: true, onchange: toggle,
        "data-field": factor.field, "data-level": String(value),
      });
      return element("label", {}, box, ` ${label}`);
    });
    bar.append(element("fieldset", {}, element("legend", {}, factor.title), ...boxes));
  }
  bar.hidden = bar.children.length === 0;
}
