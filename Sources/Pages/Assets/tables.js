// Tables of estimates that can be sorted.

const sorting = { column: null, isDown: false };
const largestTable = 500;

/** Fills a table: columns with title and alignment, rows of cells with a text and what it is sorted by. */
function fill(node, columns, rows, onsort) {
  const alignment = column => (column.isNumber ? "number" : "");
  const mark = i => (onsort && sorting.column === i ? (sorting.isDown ? " ▾" : " ▴") : "");
  const button = (column, i) =>
    element("button", { type: "button", onclick: () => onsort(i) }, column.title, mark(i));
  const title = (column, i) => (onsort ? button(column, i) : column.title);
  const head = columns.map((column, i) =>
    element("th", { scope: "col", class: alignment(column) }, title(column, i)));
  const body = rows.map(row => element("tr", {}, ...row.map((cell, i) =>
    element("td", { class: alignment(columns[i]), title: cell.title }, cell.text))));
  node.replaceChildren(element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...body));
}

/** An estimate as a cell, with all digits where one points at it. */
function estimateCell(scale, row, value) {
  return {
    text: scale.estimate(value, row.ci_low, row.ci_high), order: value,
    title: `${value} (${row.ci_low} to ${row.ci_high}) ${row.unit}`,
  };
}

/** Whether a row of the chart is within what was dragged over. */
function isBrushed(row, { x, y, across }) {
  const held = field => {
    switch (field) {
      case "value": return y.of(row.mean);
      case "across": return across.of(row[x.field]);
      case "date": return row[x.field] * 1000;
      default: return row[field];
    }
  };
  return Object.entries(brushed ?? {}).every(([field, range]) => {
    if (["value", "across", "date"].includes(field)) return held(field) >= range[0] && held(field) <= range[1];
    return range.map(String).includes(String(held(field)));
  });
}

/** The rows that the chart shows, or those of it that are dragged over. */
function showPointTable() {
  const seen = looked();
  const rows = seen.rows.filter(row => isBrushed(row, seen));
  const shown = factorsIn(seen.rows);
  const columns = [
    ...shown.map(({ title, kind }) => ({ title, isNumber: kind === "numbers" })),
    { title: seen.y.title(`Mean ± half of its ${short(result.confidence * 100)} % interval`), isNumber: true },
    { title: "n", isNumber: true }, { title: "rests on" },
  ];
  const cells = rows.map(row => [
    ...shown.map(factor => ({ text: levelLabel(factor, row[factor.field]), order: row[factor.field] })),
    estimateCell(seen.y, row, row.mean), { text: String(row.n), order: row.n },
    { text: row.basis === "unknown" ? "† unknown" : row.basis, order: row.basis },
  ]);
  if (sorting.column < columns.length && sorting.column !== null) {
    const order = row => row[sorting.column].order;
    const sign = sorting.isDown ? -1 : 1;
    cells.sort((a, b) => sign * (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0));
  }
  fill(document.getElementById("points"), columns, cells.slice(0, largestTable), column => {
    sorting.isDown = sorting.column === column && !sorting.isDown;
    sorting.column = column;
    showPointTable();
  });
  const cut = rows.length > largestTable ? `, of which ${largestTable} are shown` : "";
  const count = `${rows.length} of ${rowsOf(look.measure).length} points${cut}.`;
  const without = seen.rows.filter(row => !hasPlace(row, seen.x)).length;
  const missing = without > 0 ? `${without} have no place on a logarithmic axis.` : "";
  document.getElementById("table-note").textContent = [seen.measure.meaning, count, missing].join(" ");
}

/** The columns that say what a difference is of, with their titles and the texts of their cells. */
function differenceKeys(rows) {
  const own = factorsIn(rows).map(factor => ({
    title: factor.title, text: row => levelLabel(factor, row[factor.field]),
  }));
  if (!("factor" in rows[0])) return own;
  const varied = row => factors.find(({ path }) => path === row.factor);
  return [
    ...own,
    { title: "Factor", text: row => varied(row)?.title ?? row.factor },
    { title: "Level", text: row => levelLabel(varied(row) ?? {}, row.level) },
    { title: "Compared with", text: row => levelLabel(varied(row) ?? {}, row.reference) },
  ];
}

const differences = table(result.differences);

/** The paired differences of one measure. */
function showDifferences(chosen) {
  const names = [...new Set(differences.map(row => row.measure))].filter(measureOf);
  if (names.length === 0) return;
  const name = chosen ?? names[0];
  const options = names.map(name => [name, measureLabel(measureOf(name))]);
  document.getElementById("difference-controls").replaceChildren(
    choice("Measure", "difference-measure", options, name, showDifferences));
  const isLevelShown = row => {
    const factor = factors.find(({ path }) => path === row.factor);
    return !factor || ![row.level, row.reference].some(level => hidden.get(factor.field).has(String(level)));
  };
  const rows = differences.filter(row => row.measure === name && isShown(row) && isLevelShown(row));
  const scale = new Scale(rows.map(row => row.difference), measureOf(name).units);
  const columns = differenceKeys(differences);
  const isClear = row => row.ci_low > 0 || row.ci_high < 0;
  fill(
    document.getElementById("difference-table"),
    [...columns, { title: scale.title("Difference"), isNumber: true }, { title: "differs from 0" }],
    rows.map(row => [
      ...columns.map(({ text }) => ({ text: text(row) })), estimateCell(scale, row, row.difference),
      { text: row.ci_low === null ? "" : isClear(row) ? "yes" : "not shown" },
    ]));
}

/** Hides parameters that do not have what is searched for. */
function searchParameters() {
  const rows = [...document.querySelectorAll("table.parameters tbody tr")];
  const search = document.getElementById("search");
  const apply = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(word => word);
    for (const row of rows) row.hidden = !words.every(word => row.textContent.toLowerCase().includes(word));
    document.getElementById("found").textContent = `${rows.filter(row => !row.hidden).length} of ${rows.length}`;
  };
  search.addEventListener("input", apply);
  apply();
}
