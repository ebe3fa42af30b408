// Numbers, tables and units.

const result = JSON.parse(document.getElementById("result").textContent);
const factors = result.factors;

/** Cells of a CSV text (RFC 4180), a list for each line. */
function parseCSV(text) {
  const rows = [];
  let [row, cell, isQuoted] = [[], "", false];
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (isQuoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') { cell += c; i++; }
      else isQuoted = false;
    } else if (c === '"') isQuoted = true;
    else if (c === "," || c === "\n") {
      row.push(cell);
      cell = "";
      if (c === "\n") { rows.push(row); row = []; }
    } else cell += c;
  }
  return rows;
}

/** The columns whose cells are words, even where one of them reads as a number. */
const wordColumns = new Set(["measure", "unit", "basis", "rollup", "factor", "level", "reference"]);
for (const factor of factors) if (factor.kind === "words") wordColumns.add(factor.field);

/** Rows of a CSV text as objects: words, numbers, and null for empty cells. */
function table(text) {
  if (!text) return [];
  const [header, ...lines] = parseCSV(text);
  const value = (name, cell) => {
    if (cell === "") return null;
    return wordColumns.has(name) || isNaN(cell) ? cell : Number(cell);
  };
  return lines.map(cells => Object.fromEntries(header.map((name, i) => [name, value(name, cells[i])])));
}

/** A number with so many significant digits at most. */
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

/** A unit as it stands behind a number. */
const written = unit => (unit === "1" ? "" : unit);

/** A number with its unit; of seconds also in the unit that people would use. */
function withUnit(number, unit) {
  const words = unit === "s" ? duration(number) : "";
  return `${short(number)} ${written(unit)}`.trim() + (words ? ` (${words})` : "");
}

/** The unit that suits some numbers, and how they are written in it. */
class Scale {
  /** Chooses the first unit if the middle of the numbers is from 0.3 to 3000 there, or else the one in which
      it is nearest to 30: the rule of printed figures. */
  constructor(numbers, units) {
    const sizes = numbers.map(Math.abs).filter(size => size > 0);
    const middle = (Math.log(Math.min(...sizes)) + Math.log(Math.max(...sizes))) / 2;
    const distance = unit => Math.abs(middle - Math.log(unit.size) - Math.log(30));
    const isFine = sizes.length === 0 || units.length === 0 || distance(units[0]) <= Math.log(100);
    const nearer = (best, unit) => (distance(unit) < distance(best) ? unit : best);
    this.unit = (isFine ? units[0] : units.reduce(nearer)) ?? { symbol: "", size: 1 };
  }

  /** A value of the table in this unit. */
  of(value) { return value === null || value === undefined ? null : value / this.unit.size; }

  /** The unit as it stands behind a number. */
  get symbol() { return written(this.unit.symbol); }

  /** A title with the unit. */
  title(text) { return this.symbol ? `${text} [${this.symbol}]` : text; }

  /** A mean with half of its interval, cut behind the second digit of that. */
  estimate(value, low, high) {
    const mean = this.of(value);
    if (mean === null) return "";
    if (low === null || high === null) return short(mean);
    const half = (this.of(high) - this.of(low)) / 2;
    if (!(half > 0)) return `${short(mean)} ± 0`;
    const places = 1 - Math.floor(Math.log10(half));
    const cut = number => {
      if (Math.abs(places) > 12) return short(number);
      if (places <= 0) return (Math.round(number * 10 ** places) / 10 ** places).toLocaleString("en-GB");
      return number.toLocaleString("en-GB", { minimumFractionDigits: places, maximumFractionDigits: places });
    };
    return `${cut(mean)} ± ${cut(half)}`;
  }
}

/** What a level of a factor is called. */
function levelLabel(factor, value) {
  const level = factor.levels?.find(level => String(level.value) === String(value));
  if (level) return level.label;
  if (factor.kind === "dates") return `${new Date(value * 1000).toISOString().slice(0, 16).replace("T", " ")} UTC`;
  return typeof value === "number" ? withUnit(value, factor.units?.[0]?.symbol ?? "") : String(value ?? "");
}

/** The factor that has a column. */
const factorOf = field => factors.find(factor => factor.field === field);

/** The factors that some rows have columns of. */
const factorsIn = rows => factors.filter(({ field }) => rows[0] && field in rows[0]);

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
  const items = options.map(([value, text]) =>
    element("option", { value, selected: value === selected }, text));
  const select = element("select", { id, onchange: event => onchange(event.target.value) }, ...items);
  return element("label", {}, `${label} `, select);
}
