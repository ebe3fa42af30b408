// Any measure over any factor, beside the table of the same rows.

const colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#8C6D31"];
/** What is looked at; "" stands for nothing. */
const look = { measure: "", x: "", colour: "", row: "", logX: false, logY: false };
/** What is dragged over: a range or a list of levels by field; null for nothing. */
let brushed = null;
let explorerView = null;

/** What tells a measure from the others. */
const measureKey = row => `${row.rollup ?? row.subject ?? ""}|${row.measure ?? row.name}`;

/** The title of a measure, with whose it is. */
const measureTitle = measure => (measure.subject ? `${measure.subject}: ` : "") + measure.title;

/** The measure that is looked at. */
function lookedAt() { return result.measures.find(measure => measureKey(measure) === look.measure); }

/** Its rows, of levels that are shown. */
function lookedRows() {
  const hasSubjects = result.measures.some(measure => measure.subject);
  return points.filter(row => (hasSubjects ? measureKey(row) : `|${row.measure}`) === look.measure && isShown(row));
}

/** Starts with the first measure that a figure shows, over the last factor of numbers. */
function firstLook() {
  const shown = result.figures.map(figure => {
    const label = JSON.parse(figure.document).data.values[0]?.label;
    return result.measures.find(measure => measure.name === label);
  }).find(measure => measure);
  look.measure = measureKey(shown ?? result.measures[0]);
  const several = factors.filter(({ levels }) => levels.length > 1);
  const x = several.findLast(({ kind }) => kind !== "words") ?? several[0];
  look.x = x?.field ?? "";
  const rest = several.filter(factor => factor !== x);
  look.colour = rest.find(({ levels }) => levels.length <= 8)?.field ?? "";
  look.row = rest.find(({ field, levels }) => field !== look.colour && levels.length <= 6)?.field ?? "";
  suggestScales();
}

/** Logarithmic where numbers span more than a factor of twenty. */
function suggestScales() {
  const isWide = numbers => Math.min(...numbers) > 0 && Math.max(...numbers) / Math.min(...numbers) > 20;
  look.logY = isWide(points.filter(row => measureKey(row) === look.measure || `|${row.measure}` === look.measure).map(row => row.mean));
  const factor = factors.find(({ field }) => field === look.x);
  look.logX = factor?.kind === "numbers" && isWide(factor.levels.map(({ value }) => value));
}

/** The choices above the chart. */
function showControls() {
  const several = factors.filter(({ levels }) => levels.length > 1);
  const names = [["", "nothing"], ...several.map(({ field, title }) => [field, title])];
  const change = key => value => { look[key] = value; if (key === "measure" || key === "x") suggestScales(); show(); };
  const box = (label, key) => element("label", {}, element("input", {
    type: "checkbox", id: key, checked: look[key], onchange: event => { look[key] = event.target.checked; show(); },
  }), ` ${label}`);
  const show = () => { brushed = null; showControls(); showExplorer(); };
  document.getElementById("controls").replaceChildren(
    choice("Measure", "measure", result.measures.map(measure => [measureKey(measure), measureTitle(measure)]), look.measure, change("measure")),
    choice("over", "x", names, look.x, change("x")),
    choice("colour", "colour", names, look.colour, change("colour")),
    choice("panels", "row", names, look.row, change("row")),
    box("log x", "logX"), box("log y", "logY"),
  );
}

/** The channel of a factor along the x axis. */
function across(factor, rows) {
  if (!factor) return { x: { datum: "" } };
  if (factor.kind === "words") return { x: { field: factor.field, type: "nominal", title: factor.title, sort: null, axis: { labelAngle: 0 } } };
  if (factor.kind === "dates") return { x: { field: "date", type: "temporal", title: `${factor.title} [UTC]`, scale: { type: "utc" } } };
  const unit = unitFor(rows.map(row => row[factor.field]), factor.units);
  const title = unit.symbol ? `${factor.title} [${unit.symbol}]` : factor.title;
  return { x: { field: "across", type: "quantitative", title, scale: { ...(look.logX ? { type: "log" } : { zero: false }), nice: false, padding: 20 }, axis: look.logX ? { tickCount: 6 } : {} }, unit };
}

/** The rows of the chart: numbers in the units of its axes, and the texts of tooltips. */
function chartRows(rows, unit, x, xUnit) {
  const scaled = value => (value === null ? null : value / unit.size);
  const values = rows.map(row => ({
    ...row, date: x?.kind === "dates" ? row[x.field] * 1000 : null,
    across: x && xUnit ? row[x.field] / xUnit.size : null,
    value: scaled(row.mean), low: scaled(row.ci_low), high: scaled(row.ci_high),
  }));
  const symbol = unit.symbol === "1" ? "" : unit.symbol;
  const tooltip = addHover(values, row => [
    ...factors.filter(({ field }) => field in row).map(factor => [factor.title, levelLabel(factor, row[factor.field])]),
    ["Mean", `${estimate(row.value, row.low, row.high)} ${symbol}${row.basis === "unknown" ? " †" : ""}`],
  ]);
  return { values, tooltip };
}

/** The chart as a Vega-Lite document. */
function explorerDocument() {
  const measure = lookedAt();
  const [x, colour, row] = [look.x, look.colour, look.row].map(field => factors.find(factor => factor.field === field));
  const rows = lookedRows();
  const unit = unitFor(rows.map(row => row.mean), measure.units);
  const horizontal = across(x, rows);
  const { values, tooltip } = chartRows(rows, unit, x, horizontal.unit);
  const symbol = unit.symbol && unit.symbol !== "1" ? ` [${unit.symbol}]` : "";
  const scale = { ...(look.logY ? { type: "log" } : { zero: false }), nice: false, padding: 16 };
  const axis = look.logY ? { tickCount: 6 } : {};
  const y = field => ({ field, type: "quantitative", title: measure.title + symbol, scale, axis });
  const opacity = (full, faint) => (colour ? { condition: { param: "pick", value: full }, value: faint } : { value: full });
  const detail = factors.filter(factor => factor !== x && values[0] && factor.field in values[0]).map(({ field }) => ({ field }));
  const color = colour
    ? { field: colour.field, type: "nominal", title: colour.title, sort: null, scale: { range: colours }, legend: { labelExpr: labelExpression(colour) } }
    : { value: colours[0] };
  const pick = colour ? [{ name: "pick", select: { type: "point", fields: [colour.field] }, bind: "legend" }] : [];
  const interval = {
    // A limit at zero or below has no place on a logarithmic axis.
    transform: [{ filter: `isValid(datum.low) && isValid(datum.high)${look.logY ? " && datum.low > 0" : ""}` }],
    mark: { type: "rule", strokeWidth: 3 },
    encoding: { y: y("low"), y2: { field: "high" }, opacity: opacity(0.45, 0.06) },
  };
  const line = { mark: { type: "line" }, encoding: { y: y("value"), opacity: opacity(1, 0.12) } };
  const point = {
    params: [{ name: "brush", select: { type: "interval", ...(x ? {} : { encodings: ["y"] }) } }, ...pick],
    mark: { type: "point", filled: true, size: 80 },
    encoding: { y: y("value"), opacity: opacity(1, 0.12), tooltip },
  };
  const panel = {
    width: 640, height: row ? 200 : 340, encoding: { x: horizontal.x, color, detail },
    layer: [interval, ...(x && x.kind !== "words" ? [line] : []), point],
  };
  return {
    background: "white", data: { values }, ...(row ? { facet: { row: panelChannel(row) }, spec: panel } : panel),
    config: {
      font: "system-ui, sans-serif", view: { stroke: null },
      axis: { gridColor: "#e6e6e6", titleFontWeight: "normal", labelFontSize: 11, titleFontSize: 12 },
      legend: { symbolOpacity: 1, labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal" },
    },
  };
}

/** The channel of a factor with a panel for each level. */
function panelChannel(factor) {
  const labelExpr = `${JSON.stringify(`${factor.title}: `)} + ${labelExpression(factor)}`;
  const header = { labelExpr, labelAngle: 0, labelOrient: "top", labelAnchor: "start", labelFontWeight: "bold" };
  return { field: factor.field, type: "nominal", title: null, sort: null, header };
}

/** A Vega expression of what a level is called. */
function labelExpression(factor) {
  const labels = Object.fromEntries(factor.levels.map(({ value, label }) => [String(value), label]));
  return `${JSON.stringify(labels)}[toString(datum.value)]`;
}

/** Draws the chart, and the table of its rows. */
async function showExplorer() {
  showPointTable();
  explorerView?.finalize();
  const { view } = await vegaEmbed("#explorer", explorerDocument(), { ...embedding, downloadFileName: "explore" });
  explorerView = view;
  view.addSignalListener("brush", (_, value) => {
    brushed = value && Object.keys(value).length > 0 ? value : null;
    showPointTable();
  });
}
