// Numbers, tables and units.

const result = JSON.parse(document.getElementById("result").textContent);
const factors = result.factors;

/** Cells of a CSV text (RFC 4180), a list for each line. */
function parseCSV(text) {
  const rows = [];
  let row = [], cell = "", quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') { cell += c; i++; }
      else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === "," || c === "\n") {
      row.push(cell);
      cell = "";
      if (c === "\n") { rows.push(row); row = []; }
    } else cell += c;
  }
  return rows;
}

/** Rows of a CSV text as objects; what reads as a number is one, unless the column is of words. */
function table(text) {
  if (!text) return [];
  const [header, ...lines] = parseCSV(text);
  const words = new Set(["measure", "unit", "basis", "rollup", "factor", "level", "reference"]);
  for (const factor of factors) if (factor.kind === "words") words.add(factor.field);
  const value = (name, cell) =>
    cell === "" ? null : words.has(name) || isNaN(cell) ? cell : Number(cell);
  return lines.map(cells => Object.fromEntries(header.map((name, i) => [name, value(name, cells[i])])));
}

/** A number with so many significant digits at most, never as 1e+21 below that. */
function short(number, digits = 6) {
  if (number === null || number === undefined || number === "") return "";
  const size = Math.abs(number);
  if (size !== 0 && (size < 1e-6 || size >= 1e15)) {
    return Number(number).toExponential(digits - 1).replace(/\.?0+e/, "e");
  }
  return Number(Number(number).toPrecision(digits)).toLocaleString("en-GB", { maximumFractionDigits: 20 });
}

/** Seconds in the unit that people would use; empty where that is seconds. */
function duration(seconds) {
  for (const [symbol, size] of [["d", 86400], ["h", 3600], ["min", 60]]) {
    if (seconds >= size) return `${short(seconds / size, 3)} ${symbol}`;
  }
  return "";
}

/** The unit in which numbers are best read: the first if their middle is from 0.3 to 3000 there, or else
    the one in which it is nearest to 30. The same rule as that of printed figures. */
function unitFor(numbers, units) {
  const sizes = numbers.map(Math.abs).filter(size => size > 0);
  if (sizes.length === 0 || units.length === 0) return units[0] ?? { symbol: "", size: 1 };
  const middle = (Math.log(Math.min(...sizes)) + Math.log(Math.max(...sizes))) / 2;
  const distance = unit => Math.abs(middle - Math.log(unit.size) - Math.log(30));
  if (distance(units[0]) <= Math.log(100)) return units[0];
  return units.slice(1).reduce((best, unit) => (distance(unit) < distance(best) ? unit : best), units[0]);
}

/** A mean with half its interval, cut behind the second digit of that. */
function estimate(mean, low, high) {
  if (mean === null) return "";
  if (low === null || high === null) return short(mean);
  const half = (high - low) / 2;
  if (!(half > 0)) return `${short(mean)} ± 0`;
  const places = 1 - Math.floor(Math.log10(half));
  const cut = number =>
    places > 12 || places < -12 ? short(number) : places <= 0
      ? (Math.round(number * 10 ** places) / 10 ** places).toLocaleString("en-GB")
      : number.toLocaleString("en-GB", { minimumFractionDigits: places, maximumFractionDigits: places });
  return `${cut(mean)} ± ${cut(half)}`;
}

/** What a level of a factor is called. */
function levelLabel(factor, value) {
  const level = factor.levels?.find(level => String(level.value) === String(value));
  return level ? level.label : typeof value === "number" ? short(value) : String(value ?? "");
}

/** An element with attributes and children. */
function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value !== undefined) node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
}

/** A labelled choice. */
function choice(label, id, options, selected, onchange) {
  const select = element("select", { id, onchange: event => onchange(event.target.value) },
    ...options.map(([value, text]) => element("option", { value, selected: value === selected }, text)));
  return element("label", {}, `${label} `, select);
}
