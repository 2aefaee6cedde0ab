// A small card with the pinyin and the dictionary entries of Chinese words.
import { get } from "./api.js";

const EDGE = 10; // pixels kept free at the edges of the window

export class Dictionary {
  // place: the element that holds the words of the interface and the address to ask.
  constructor(place) {
    this.place = place;
    this.card = document.getElementById("gloss");
    this.back = null;
    document.addEventListener("keydown", (event) => this.pressed(event), true);
    document.addEventListener("mousedown", (event) => this.card.contains(event.target) || this.close());
  }

  pressed(event) {
    if (event.key !== "Escape" || this.card.hidden) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    this.close();
  }

  // Answers whether it was open.
  close() {
    if (this.card.hidden) return false;
    if (this.card.contains(document.activeElement)) this.back?.focus({ preventScroll: true });
    this.card.hidden = true;
    return true;
  }

  async open(words, beside, lang) {
    const query = words.map((word) => `word=${encodeURIComponent(word)}`).join("&");
    const { ok, data } = await get(`${this.place.dataset.gloss}?${query}`);
    if (!ok) return;
    this.back = document.activeElement;
    this.card.querySelector(".gloss-words").replaceChildren(...data.glosses.flatMap((gloss) => this.words(gloss, lang)));
    this.card.querySelector(".gloss-credit").textContent = data.credit;
    this.card.hidden = false;
    this.put(beside);
    this.card.focus({ preventScroll: true });
  }

  words(gloss, lang) {
    const head = element("h2", "");
    head.append(element("span", gloss.words, { lang }), " ", element("span", gloss.pinyin, { class: "pinyin", lang: "zh-Latn" }));
    if (!gloss.entries.length) return [head, element("p", this.place.dataset.unknown, { class: "meta" })];
    const list = element("ul", "");
    for (const entry of gloss.entries) {
      const item = element("li", "");
      const term = element("div", "");
      if (entry.word !== gloss.words) term.append(element("span", entry.word, { lang }), " ");
      if (entry.word !== gloss.words || entry.pinyin !== gloss.pinyin) term.append(element("span", entry.pinyin, { class: "pinyin", lang: "zh-Latn" }));
      if (term.childNodes.length) item.append(term);
      item.append(element("span", entry.senses.join("; "), { lang: "en" }));
      list.append(item);
    }
    return [head, list];
  }

  // Under the words, or above them where there is no room below.
  put(beside) {
    const { offsetWidth: width, offsetHeight: height } = this.card;
    const at = beside ?? { left: innerWidth / 2, top: innerHeight / 3, bottom: innerHeight / 3 };
    const left = Math.max(EDGE, Math.min(at.left, innerWidth - width - EDGE));
    const below = at.bottom + 6 + height < innerHeight - EDGE;
    this.card.style.left = `${left}px`;
    this.card.style.top = `${below ? at.bottom + 6 : Math.max(EDGE, at.top - height - 6)}px`;
  }
}

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
