// Aligning again what nobody confirmed or made, and looking for moved passages, while the page
// stays open.
import { get, post } from "./api.js";

const LOOK = 500; // milliseconds between two looks at how far it is
const GOING = ["queued", "running"];

// room: {page, ops, say, tell}
export function realigning(room) {
  const { page, ops, say, tell } = room;
  const bar = document.getElementById("job-bar");
  const progress = bar.querySelector("progress");
  let stop = "";

  bar.querySelector("[data-stop]").addEventListener("click", () => stop && post(stop, {}));

  function show(what, { done, total }) {
    bar.querySelector("[role=status]").textContent = what;
    if (total) Object.assign(progress, { max: total, value: done });
    else progress.removeAttribute("value");
    bar.hidden = false;
  }

  async function follow(what, outcome) {
    show(what, {});
    for (;;) {
      const answer = await get(page.job);
      const { status, message } = answer.data;
      if (answer.ok && !GOING.includes(status)) {
        bar.hidden = true;
        await ops.look();
        tell((status === "done" && outcome) || message);
        return;
      }
      if (answer.ok) {
        stop = answer.data.stop;
        show(what, answer.data);
      }
      await new Promise((go) => setTimeout(go, LOOK));
    }
  }

  // outcome: what is told when it is done; else what the job says itself.
  const start = (url, what, outcome) => async () => {
    if (!bar.hidden) return;
    await ops.idle();
    const answer = await post(url, {});
    if (answer.ok) await follow(what, outcome);
    else tell(answer.data.error ?? say.noAnswer);
  };

  return {
    commands: {
      realign: start(page.realign, say.aligning, say.aligned),
      "find-moved": start(page.findMoved, say.findingMoved, ""),
    },
  };
}
