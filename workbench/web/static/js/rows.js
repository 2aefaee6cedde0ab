// The rows on the page: which one is current, and bringing them up to date in place.

export class Rows {
  constructor(onCurrent) {
    this.place = document.getElementById("groups");
    this.onCurrent = onCurrent;
    this.id = null;
    this.folded = true;
    this.renumber();
    this.fold(true);
  }

  get all() {
    return [...this.place.querySelectorAll(".row[data-id]")];
  }

  get current() {
    return this.id && document.getElementById(`r-${this.id}`);
  }

  number(row) {
    return row.querySelector(".num").textContent;
  }

  renumber() {
    let count = 0; // commentary translates nothing and is not counted
    for (const row of this.all) {
      const place = row.querySelector(".num");
      const text = row.closest(".group.commentary") ? "" : String(++count);
      if (place.textContent !== text) place.textContent = text;
    }
  }

  visible(row) {
    return !row.closest(".group").classList.contains("folded");
  }

  go(row, { focus = true } = {}) {
    if (!row) return;
    if (!this.visible(row)) this.fold(false);
    this.current?.classList.remove("current");
    this.current?.removeAttribute("aria-current");
    this.id = row.dataset.id;
    row.classList.add("current");
    row.setAttribute("aria-current", "true");
    if (focus) row.focus({ preventScroll: true });
    keepInView(row);
    this.onCurrent(row);
  }

  step(by) {
    const rows = this.all.filter((row) => this.visible(row));
    const at = rows.indexOf(this.current);
    this.go(rows[at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + by))]);
  }

  neighbour(row, by) {
    const rows = this.all;
    return rows[rows.indexOf(row) + by];
  }

  fold(folded) {
    this.folded = folded;
    for (const group of this.place.querySelectorAll(".group.commentary")) {
      group.classList.toggle("folded", folded);
      const button = group.querySelector(".fold");
      button.setAttribute("aria-expanded", String(!folded));
      button.querySelector(".fold-mark").textContent = folded ? "▸" : "▾";
    }
  }

  // Put a patch of the server into the page. Rows keep their elements as far as they can.
  patch({ rows, groups }) {
    const before = this.current;
    const seat = before && {
      index: this.all.indexOf(before),
      src: [Number(before.dataset.srcA), Number(before.dataset.srcZ)],
      tgt: [Number(before.dataset.tgtA), Number(before.dataset.tgtZ)],
      top: before.getBoundingClientRect().top,
      focus: document.activeElement === before || document.activeElement === document.body,
    };
    const made = new Map(Object.entries(rows).map(([id, html]) => [id, element(html)]));
    if (groups) {
      this.regroup(groups, made);
    } else {
      for (const [id, row] of made) document.getElementById(`r-${id}`)?.replaceWith(row);
    }
    if (groups || made.size) this.renumber();
    if (seat && (groups || made.has(this.id))) this.reseat(seat);
  }

  regroup(groups, made) {
    const old = new Map(this.all.map((row) => [row.dataset.id, row]));
    const fresh = groups.map(({ html, role, rows }) => {
      const group = Object.assign(document.createElement("div"), { className: `group ${role}`, innerHTML: html });
      group.dataset.role = role;
      group.setAttribute("role", "rowgroup");
      group.append(...rows.map((id) => made.get(id) ?? old.get(id)).filter(Boolean));
      return group;
    });
    this.place.replaceChildren(...fresh);
    this.fold(this.folded);
  }

  // After an edit, stay where the work was: on the row that now holds the same words.
  reseat(seat) {
    const covers = (row, side) =>
      seat[side][1] > seat[side][0] &&
      Number(row.dataset[`${side}A`]) <= seat[side][0] &&
      seat[side][0] < Number(row.dataset[`${side}Z`]);
    const rows = this.all;
    const row =
      document.getElementById(`r-${this.id}`) ??
      rows.find((r) => covers(r, "src")) ??
      rows.find((r) => covers(r, "tgt")) ??
      rows[Math.min(seat.index, rows.length - 1)];
    this.id = null;
    this.go(row, { focus: seat.focus });
    const moved = row.getBoundingClientRect().top - seat.top;
    if (Math.abs(moved) > 1 && Math.abs(moved) < innerHeight) scrollBy(0, moved);
  }
}

function element(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html.trim();
  return holder.content.firstElementChild;
}

// Scroll no more than needed; on a narrow screen the panel covers the lower part.
function keepInView(row) {
  const { top, bottom } = row.getBoundingClientRect();
  const head = document.querySelector(".heads").getBoundingClientRect();
  const panel = document.getElementById("panel").getBoundingClientRect();
  const upper = Math.max(head.bottom, document.querySelector(".subbar").getBoundingClientRect().bottom);
  const lower = panel.left < 10 ? panel.top : innerHeight;
  const margin = Math.min(90, (lower - upper) / 6);
  if (top < upper + 8) scrollBy(0, top - upper - margin);
  else if (bottom > lower - 16) scrollBy(0, Math.min(bottom - lower + margin, top - upper - 8));
}
