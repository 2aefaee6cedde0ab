// Edits: sent one after another, each with an id of its own, so that sending again is harmless.
import { get, post } from "./api.js";
import { newId } from "./ids.js";
import { Outbox } from "./outbox.js";

const POLL = 3000; // milliseconds between two looks at other people's changes
const SELDOM = 20000; // between two looks of a page that hears of them
const RETRY = 2000;

export class Operations {
  // page: the data the server put into the page. on: callbacks {patch, refuse, state, row(): id of
  // the current row, waiting(edits, why), settled(edit, done)}.
  constructor(page, on) {
    this.page = page;
    this.on = on;
    this.outbox = new Outbox(page.bitext);
    this.queue = [];
    this.busy = false;
    this.away = ""; // why edits wait: "gone", or what the server said
    this.wake = () => {};
    addEventListener("beforeunload", (event) => {
      if (this.queue.some(({ kept }) => !kept)) event.preventDefault();
    });
    addEventListener("online", () => this.now());
    this.poll();
  }

  // Send what was left behind when the page was left; once the page is drawn.
  resume() {
    this.queue.push(...this.outbox.all.map((edit) => ({ edit, kept: true, resolve() {} })));
    if (this.queue.length) this.run();
  }

  // Queue an edit; resolves to true when it was carried out. draft: {key, value}, what was typed
  // for it, which is thrown away when it was carried out and kept when it was refused.
  do(kind, args = {}, draft = undefined) {
    const edit = {
      id: newId(), kind, args, draft, seen: this.page.seq, after: [], row: this.on.row(), at: Date.now(),
    };
    return new Promise((resolve) => {
      this.queue.push({ edit, kept: this.outbox.keep(edit), resolve });
      this.run();
    });
  }

  async run() {
    if (this.busy) {
      if (this.away) this.on.waiting(this.edits, this.away);
      return;
    }
    this.busy = true;
    while (this.queue.length) await this.send(this.queue[0]);
    this.busy = false;
  }

  get edits() {
    return this.queue.map(({ edit }) => edit);
  }

  async send({ edit, resolve }) {
    const { id, kind, args, seen, after } = edit;
    const { boot, rev } = this.page;
    if (!this.away) this.on.state("saving");
    const answer = await post(this.page.operations, { id, kind, args, seen, after, boot, rev });
    if (answer.status === 0 || answer.status === 503) {
      this.miss(answer.data.error);
      await this.pause(RETRY);
      return; // the same id again: done once, however often it is sent
    }
    this.back();
    this.queue.shift();
    this.outbox.drop(id);
    if (answer.ok) this.follow(id);
    if (answer.data.rows) this.take(answer.data, kind);
    if (!answer.ok) this.on.refuse(answer.data.error, answer.status);
    this.on.settled(edit, answer.ok);
    resolve(answer.ok);
    this.on.state("saved");
  }

  // What was queued meanwhile knows of this one, so that it is no conflict.
  follow(id) {
    for (const { edit } of this.queue) {
      edit.after.push(id);
      this.outbox.keep(edit);
    }
  }

  miss(why) {
    this.away = why ?? "gone";
    this.on.state("unsaved");
    this.on.waiting(this.edits, this.away);
  }

  back() {
    if (!this.away) return;
    this.away = "";
    this.on.waiting([], "");
  }

  pause(milliseconds) {
    return new Promise((go) => {
      const timer = setTimeout(go, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        go();
      };
    });
  }

  // Try again at once.
  now() {
    this.wake();
    if (!this.busy) this.look();
  }

  // Resolves when every edit is answered.
  async idle() {
    while (this.busy) await new Promise((go) => setTimeout(go, 20));
  }

  take(patch, kind = "") {
    const { boot, rev, seq, mark, undo, redo, review } = patch;
    Object.assign(this.page, { boot, rev, seq, mark, undo, redo, review });
    this.on.patch(patch, kind);
  }

  async poll() {
    for (;;) {
      const wait = this.page.streaming ? SELDOM : this.page.checking ? POLL / 4 : POLL;
      await new Promise((go) => setTimeout(go, wait));
      if (!this.busy && !document.hidden) await this.look();
    }
  }

  // Ask for what others, or the worker, have changed.
  async look() {
    const { boot, rev, changes } = this.page;
    const answer = await get(`${changes}?boot=${boot}&rev=${rev}`);
    if (this.busy || this.page.rev !== rev) return; // it says what is new to a page that is no more
    if (answer.status === 0) return this.miss();
    this.back();
    if (!answer.ok) return;
    this.page.checking = answer.data.checking;
    this.take(answer.data);
  }
}
