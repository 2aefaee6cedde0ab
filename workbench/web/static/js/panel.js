// The panel: flags and annotations of the current row as cards, and the threads under them.
import { reasonsForm } from "./reasons.js";

const ref = (card) => card.dataset.flag ?? card.dataset.note;

export class Panel {
  // on: {decide(flag, verdict, reason, scope), remove(id), reply(note, text), removeReply(id),
  //      resolve(note, resolved), back()}.
  constructor(page, drafts, composer, on) {
    this.page = page;
    this.drafts = drafts;
    this.composer = composer;
    this.on = on;
    this.title = document.getElementById("panel-title");
    this.kind = document.getElementById("panel-kind");
    this.notes = document.getElementById("notes");
    this.notes.addEventListener("click", (event) => this.clicked(event));
    this.wanted = ""; // a card to point at as soon as it is here
    this.row = this.html = ""; // what is shown
  }

  show(row, number) {
    const { words } = this.page;
    this.title.textContent = number ? words.row.replace("%(n)s", number) : words.commentary;
    const found = row.querySelector("template.row-notes");
    const html = found?.innerHTML ?? "";
    if (found && this.row === row.dataset.id && this.html === html) {
      this.point(this.wanted || (this.pointed ? ref(this.pointed) : ""));
      return; // what is being typed here stays as it is
    }
    const work = this.row === row.dataset.id ? this.work() : {};
    [this.row, this.html] = [row.dataset.id, html];
    this.notes.replaceChildren(...(found ? [found.content.cloneNode(true)] : []));
    this.kind.textContent = "";
    if (!found) return; // its words are on their way
    const meta = this.notes.querySelector("[data-meta]");
    this.kind.textContent = meta.textContent;
    meta.remove();
    if (!this.notes.children.length) {
      this.notes.append(Object.assign(document.createElement("p"), { className: "meta", textContent: words.noNotes }));
    }
    this.point(this.wanted || work.pointed || "");
    for (const { key, value } of this.drafts.all) {
      const card = key.startsWith("reply.") && this.card(key.slice(6));
      if (card) this.answer(card, value.text);
    }
    this.goOn(work);
  }

  // What somebody is doing among the cards, to go on with it when they were drawn anew.
  work() {
    const active = document.activeElement;
    const form = active?.closest?.("#notes .reasons, #notes .reply-form");
    const card = form?.closest(".card");
    return {
      pointed: this.pointed && ref(this.pointed),
      card: card && ref(card),
      reply: form?.matches(".reply-form") ? { text: active.value, at: active.selectionStart } : null,
    };
  }

  goOn({ card: id, reply }) {
    const card = id && this.card(id);
    if (!card) return;
    if (!reply) {
      if (card.matches(".open")) this.reasons(card);
      return;
    }
    this.answer(card);
    const field = card.querySelector(".reply-form textarea");
    if (typeof reply.text !== "string") return;
    field.value = reply.text;
    field.setSelectionRange(reply.at, reply.at);
  }

  get cards() {
    return [...this.notes.querySelectorAll(".card")];
  }

  get open() {
    return [...this.notes.querySelectorAll(".flag.open")];
  }

  get pointed() {
    return this.notes.querySelector(".card.pointed");
  }

  card(id) {
    return this.cards.find((card) => ref(card) === id);
  }

  // The flag that a key decides: the one pointed at, else the first that is open.
  flag() {
    return this.open.find((card) => card === this.pointed) ?? this.open[0];
  }

  // The annotation that a key is about: the one pointed at, else the first.
  note() {
    return this.pointed?.matches(".note") ? this.pointed : this.notes.querySelector(".note");
  }

  point(id) {
    this.wanted = "";
    for (const card of this.cards) card.classList.toggle("pointed", ref(card) === id);
    if (!id) return;
    if (this.pointed) this.pointed.scrollIntoView({ block: "nearest" });
    else this.wanted = id;
  }

  step(by) {
    const cards = this.cards;
    if (!cards.length) return undefined;
    const at = cards.indexOf(this.pointed);
    const next = at < 0 ? (by > 0 ? 0 : cards.length - 1) : Math.max(0, Math.min(cards.length - 1, at + by));
    this.point(ref(cards[next]));
    return cards[next];
  }

  clicked(event) {
    const button = event.target.closest("button");
    const card = event.target.closest(".card");
    if (!card || event.target.closest(".reasons, .reply-form")) return;
    this.point(ref(card));
    if (!button) return;
    const { dataset } = button;
    if (dataset.verdict === "dismissed") this.reasons(card);
    else if ("verdict" in dataset) this.on.decide(card.dataset.flag, dataset.verdict, "");
    else if ("removeReply" in dataset) this.on.removeReply(button.closest("[data-reply]").dataset.reply);
    else if ("replyTo" in dataset) this.answer(card);
    else if ("resolve" in dataset) this.on.resolve(card.dataset.note, dataset.resolve === "true");
    else if ("remove" in dataset) this.on.remove(card.dataset.note);
    else if ("edit" in dataset) this.edit(card);
    else if ("keepTerm" in dataset) this.on.keepTerm(button);
  }

  reasons(card) {
    card.querySelector(".reasons")?.remove();
    const form = reasonsForm({
      close: () => {
        form.remove();
        this.on.back();
      },
      decide: (reason, scope) => {
        form.remove();
        this.on.decide(card.dataset.flag, "dismissed", reason, scope);
      },
    });
    card.append(form);
    form.querySelector("[data-reason]").focus();
    form.scrollIntoView({ block: "nearest" });
  }

  edit(card) {
    const value = JSON.parse(card.dataset.value);
    const quote = (side) => card.querySelector(`[data-words="${side}"]`)?.textContent ?? "";
    const quotes = { src: quote("src"), tgt: quote("tgt") };
    this.composer.open(value.kind, { src: value.src, tgt: value.tgt }, quotes, value, card.dataset.note);
  }

  // A field under a thread. text: a draft, which does not take the keyboard.
  answer(card, text = undefined) {
    card.querySelector(".reply-form")?.remove();
    const id = card.dataset.note;
    const form = document.getElementById("reply").content.firstElementChild.cloneNode(true);
    const field = form.elements.text;
    field.value = text ?? "";
    const close = () => {
      this.drafts.keep(`reply.${id}`, null);
      form.remove();
      this.on.back();
    };
    field.addEventListener("input", () => this.drafts.keep(`reply.${id}`, field.value.trim() && { text: field.value }));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const said = field.value;
      this.drafts.keep(`reply.${id}`, null);
      if (await this.on.reply(id, said)) this.on.back();
      else this.drafts.keep(`reply.${id}`, { text: said });
    });
    form.querySelector("[data-cancel]").addEventListener("click", close);
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
      event.stopPropagation();
    });
    card.append(form);
    if (text === undefined) field.focus();
  }
}
