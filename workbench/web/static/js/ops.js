// Edits: sent one after another, each with an id of its own, so that sending again is harmless.
import { get, post } from "./api.js";
import { newId } from "./ids.js";

const POLL = 3000; // milliseconds between two looks at other people's changes
const SELDOM = 20000; // between two looks of a page that hears of them
const RETRY = 2000;

export class Operations {
  // page: the data the server put into the page. on: callbacks {patch, refuse, state}.
  constructor(page, on) {
    this.page = page;
    this.on = on;
    this.queue = [];
    this.busy = false;
    addEventListener("beforeunload", (event) => {
      if (this.queue.length) event.preventDefault();
    });
    this.poll();
  }

  // Queue an edit; resolves to true when it was carried out.
  do(kind, args = {}) {
    return new Promise((resolve) => {
      this.queue.push({ id: newId(), kind, args, resolve });
      this.run();
    });
  }

  async run() {
    if (this.busy) return;
    this.busy = true;
    while (this.queue.length) {
      const { id, kind, args, resolve } = this.queue[0];
      this.on.state("saving");
      const { boot, rev, seq } = this.page;
      const answer = await post(this.page.operations, { id, kind, args, seen: seq, boot, rev });
      if (answer.status === 0 || answer.status === 503) {
        this.on.state("unsaved");
        await new Promise((go) => setTimeout(go, RETRY));
        continue; // the same id again: done once, however often it is sent
      }
      this.queue.shift();
      if (answer.data.rows) this.take(answer.data, kind);
      if (!answer.ok) this.on.refuse(answer.data.error, answer.status);
      resolve(answer.ok);
      this.on.state("saved");
    }
    this.busy = false;
  }

  // Resolves when every edit is answered.
  async idle() {
    while (this.busy) await new Promise((go) => setTimeout(go, 20));
  }

  take(patch, kind = "") {
    const { boot, rev, seq, undo, redo, review } = patch;
    Object.assign(this.page, { boot, rev, seq, undo, redo, review });
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
    if (this.busy || !answer.ok) return;
    this.page.checking = answer.data.checking;
    this.take(answer.data);
  }
}
