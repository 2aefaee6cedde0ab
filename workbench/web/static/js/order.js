// What the page knows of every row, whether its words are in the page or not: the order, the
// groups, and a short entry for each row.

const SEVERITIES = ["", "neutral", "minor", "major", "critical"];

export class Order {
  // entries: by row id. groups: [{role, title, rows: [ids]}].
  constructor(entries, groups) {
    this.entries = new Map(Object.entries(entries));
    this.groups = groups;
    this.count();
  }

  // Take over what the server says has changed. Answers whether rows came, went or moved.
  patch(entries, splice) {
    for (const [id, entry] of Object.entries(entries)) this.entries.set(id, entry);
    if (!splice) return false;
    this.groups.splice(splice.at, splice.drop < 0 ? Infinity : splice.drop, ...splice.groups);
    this.count();
    return true;
  }

  count() {
    this.ids = this.groups.flatMap((group) => group.rows);
    this.index = new Map(this.ids.map((id, index) => [id, index]));
    this.numbers = new Map();
    this.commentary = new Set();
    for (const group of this.groups) {
      for (const id of group.rows) {
        if (group.role === "commentary") this.commentary.add(id); // it translates nothing and is not counted
        else this.numbers.set(id, String(this.numbers.size + 1));
      }
    }
    for (const id of this.entries.keys()) if (!this.index.has(id)) this.entries.delete(id);
  }

  get(id) {
    return this.entries.get(id);
  }

  has(id) {
    return this.index.has(id);
  }

  number(id) {
    return this.numbers.get(id) ?? "";
  }

  numbered(number) {
    return [...this.numbers.keys()][number - 1];
  }

  neighbour(id, by) {
    return this.ids[this.index.get(id) + by];
  }

  // The row that holds a character of one text.
  holding(side, offset) {
    return this.ids.find((id) => {
      const [start, stop] = this.get(id)[side];
      return start <= offset && offset < stop;
    });
  }

  // The rows that hold a run of characters of one text.
  overlapping(side, start, stop) {
    return this.ids.filter((id) => {
      const span = this.get(id)[side];
      return span[0] < stop && start < span[1];
    });
  }
}

export const lacks = ({ src, tgt }) => (src[0] === src[1] ? "src" : tgt[0] === tgt[1] ? "tgt" : "");
export const rank = (severity) => SEVERITIES.indexOf(severity ?? "");
