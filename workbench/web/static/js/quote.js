// A passage as a quotation: both languages, where it stands, and the way back to it.

// What a quotation says of a version is said in the version's own language.
const WORDS = {
  zh: { yes: "官方文本", no: "非官方文本", version: (hash) => `版本 ${hash}`, title: (name) => `《${name}》`, comma: "，" },
  en: { yes: "official", no: "not official", version: (hash) => `version ${hash}`, title: (name) => `“${name}”`, comma: ", " },
};
const SIDES = ["tgt", "src"];

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);
const isAddress = (source) => /^https?:\/\//.test(source);

// Who says it and where it comes from, as plain text and as HTML.
function origin(text, speakers) {
  const own = WORDS[text.lang.startsWith("zh") ? "zh" : "en"];
  const parts = [...speakers, own.title(text.title), text.issuer, own[text.official], text.date, own.version(text.version)].filter(Boolean);
  const plain = [...parts, text.source].filter(Boolean).join(own.comma);
  const source = isAddress(text.source) ? `<a href="${escaped(text.source)}">${escaped(text.source)}</a>` : escaped(text.source);
  return { plain, html: [...parts.map(escaped), source].filter(Boolean).join(own.comma) };
}

// passages: [{text, words, speakers}], the English one first. link: back to the row.
export function quotation(passages, link) {
  const origins = passages.map(({ text, speakers }) => origin(text, speakers));
  const plain = [...passages.map(({ words }) => words), ...origins.map((one) => `— ${one.plain}`), link].join("\n\n");
  const quotes = passages.map(({ text, words }) => `<blockquote lang="${escaped(text.lang)}"><p>${escaped(words)}</p></blockquote>`);
  const cites = origins.map((one, n) => `<p lang="${escaped(passages[n].text.lang)}">— ${one.html}</p>`);
  return { plain, html: `${quotes.join("")}${cites.join("")}<p><a href="${escaped(link)}">${escaped(link)}</a></p>` };
}

// Both forms at once, so that a word processor takes the rich one and a plain field the plain one.
function toClipboard({ plain, html }) {
  const fill = (event) => {
    event.preventDefault();
    event.clipboardData.setData("text/plain", plain);
    event.clipboardData.setData("text/html", html);
  };
  document.addEventListener("copy", fill, { once: true });
  const done = document.execCommand("copy"); // also where the newer interface needs encryption
  document.removeEventListener("copy", fill);
  return done;
}

// room: {page, rows, words, say, announce, tell}. Answers with the command.
export function quoting(room) {
  const { page, rows, say, announce, tell } = room;
  const { words } = room;

  // The spans that are quoted: what is selected, on the other side the rows that it lies in;
  // without a selection the current row.
  function spans() {
    const picked = Object.fromEntries(SIDES.map((side) => [side, words.picked[side]]));
    if (!picked.src && !picked.tgt) return { src: rows.entry.src, tgt: rows.entry.tgt };
    const found = {};
    for (const side of SIDES) {
      const other = side === "src" ? "tgt" : "src";
      if (picked[side]) found[side] = [picked[side].start, picked[side].stop];
      else found[side] = hull(rows.order.overlapping(other, picked[other].start, picked[other].stop), side);
    }
    return found;
  }

  function hull(ids, side) {
    const all = ids.map((id) => rows.order.get(id)[side]).filter(([start, stop]) => stop > start);
    return [Math.min(...all.map(([start]) => start)), Math.max(...all.map(([, stop]) => stop))];
  }

  // Who speaks in rows, where the texts say so.
  function speakers(ids, name) {
    const all = ids.map((id) => rows.element(id)?.querySelector("template.row-notes")?.dataset[name]);
    return [...new Set(all)].filter(Boolean);
  }

  async function copy() {
    const wanted = spans();
    const ids = SIDES.flatMap((side) => rows.order.overlapping(side, ...wanted[side]));
    await rows.bring(ids);
    const passages = SIDES.map((side) => ({
      text: page.texts[side === "src" ? 0 : 1],
      words: words.quote(side, ...wanted[side]).trim(),
      speakers: speakers(ids, side === "src" ? "speakerSrc" : "speakerTgt"),
    })).filter((passage) => passage.words);
    if (!passages.length) return;
    const side = words.picked.src && !words.picked.tgt ? "src" : passages[0].text === page.texts[0] ? "src" : "tgt";
    const link = `${location.origin}${location.pathname}#${side}-${wanted[side].join("-")}`;
    if (toClipboard(quotation(passages, link))) announce(say.quoted);
    else tell(say.notQuoted);
  }

  // A quotation's way back: "#tgt-120-180" goes to the row with these words and selects them.
  // Rows come and go, the place of words in a text does not.
  function follow(hash) {
    const [, side, start, stop] = hash.match(/^#(src|tgt)-(\d+)-(\d+)$/) ?? [];
    const id = side && rows.order.holding(side, Number(start));
    if (!id) return false;
    rows.go(id);
    rows.bring([id]).then(() => {
      words.side = side;
      words.pick(side, Number(start), Number(stop));
    });
    return true;
  }

  return { commands: { quote: copy }, follow };
}
