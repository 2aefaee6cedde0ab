// A third column: another English version, aligned to the same Chinese. Its words are read here and
// reviewed on its own page.
import { get, post } from "./api.js";

// room: {page, rows, say, tell, announce}
export function beside({ page, rows, say, tell, announce }) {
  const texts = document.getElementById("texts");
  const heads = [...document.querySelectorAll("template.beside-head")];
  let shown = ""; // the bitext whose English is in the third column
  let cells = {};
  let inside = false; // whether the keyboard reads the third column

  const head = () => heads.find((one) => one.dataset.bitext === shown);

  function line(words, className = "") {
    const p = document.createElement("p");
    p.textContent = words;
    p.className = className;
    return p;
  }

  // A word of the interface among words of the text.
  function aside(words, className) {
    const p = line(words, className);
    p.lang = document.documentElement.lang;
    return p;
  }

  function dress(row) {
    row.querySelector(":scope > .also")?.remove();
    if (!shown) return;
    const { words, joined, extra } = cells[row.dataset.id] ?? { words: "", joined: "", extra: [] };
    const cell = document.createElement("div");
    cell.className = "cell also";
    cell.setAttribute("role", "cell");
    cell.lang = head().dataset.lang;
    cell.tabIndex = -1;
    if (words) cell.append(line(words));
    else if (joined) cell.append(aside(`↑ ${say.withAbove}`, "gap"));
    else cell.append(aside(say.nothingThere, "gap"));
    for (const one of extra) cell.append(aside(say.addedHere, "extra-name"), line(one, "extra"));
    row.querySelector(":scope > .state").before(cell);
    rows.arrange?.(row);
  }

  function dressAll() {
    texts.classList.toggle("also-shown", Boolean(shown));
    texts.querySelector(".head > .also")?.remove();
    if (shown) {
      const name = head().content.firstElementChild.cloneNode(true);
      texts.querySelector(".head > .state").before(name);
      rows.arrange?.(texts.querySelector(".row.head"));
    }
    for (const row of texts.querySelectorAll(".row.filled")) dress(row);
    document.querySelector('.tools [data-command="beside"]')?.setAttribute("aria-pressed", String(Boolean(shown)));
  }

  async function fetchCells() {
    const of = shown;
    const answer = await get(`${page.besideUrl}/${encodeURIComponent(of)}`);
    if (shown !== of) return false;
    if (!answer.ok) {
      tell(answer.data.error ?? say.noAnswer);
      return false;
    }
    cells = answer.data.cells;
    return true;
  }

  async function show(other) {
    shown = other;
    cells = {};
    inside = inside && Boolean(other);
    if (other && !(await fetchCells())) shown = "";
    const top = rows.current?.getBoundingClientRect().top ?? 0;
    dressAll();
    if (rows.current) scrollBy(0, rows.current.getBoundingClientRect().top - top);
  }

  // Off, then each of the other versions in turn.
  async function turn() {
    if (!page.others.length) return tell(say.noOther);
    const next = page.others[page.others.indexOf(shown) + 1] ?? "";
    await show(next);
    announce(next ? head().content.textContent.trim() : say.otherOff);
    return void post(page.besideUrl, { other: next });
  }

  async function enter() {
    if (!shown && page.others.length) await turn();
    if (!shown) return tell(say.noOther);
    inside = !inside;
    const row = rows.current;
    (inside ? row?.querySelector(":scope > .also") : row)?.focus({ preventScroll: true });
    return undefined;
  }

  rows.dress = dress;
  if (page.others.includes(page.beside)) show(page.beside);

  return {
    commands: { beside: turn, "enter-beside": enter },
    moved(row) {
      if (inside && document.activeElement === row) row.querySelector(":scope > .also")?.focus({ preventScroll: true });
    },
    leave() {
      inside = false;
    },
    // After an edit of the rows: cut the other version anew.
    async patched(news) {
      if (shown && news.splice && (await fetchCells())) dressAll();
    },
  };
}
