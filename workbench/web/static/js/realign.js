// Aligning again what nobody confirmed or made, while the page stays open.
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

  function show({ done, total }) {
    bar.querySelector("[role=status]").textContent = say.aligning;
    if (total) Object.assign(progress, { max: total, value: done });
    else progress.removeAttribute("value");
    bar.hidden = false;
  }

  async function follow() {
    show({});
    for (;;) {
      const answer = await get(page.job);
      const { status, message } = answer.data;
      if (answer.ok && !GOING.includes(status)) {
        bar.hidden = true;
        await ops.look();
        tell(status === "done" ? say.aligned : message);
        return;
      }
      if (answer.ok) {
        stop = answer.data.stop;
        show(answer.data);
      }
      await new Promise((go) => setTimeout(go, LOOK));
    }
  }

  async function start() {
    if (!bar.hidden) return;
    await ops.idle();
    const answer = await post(page.realign, {});
    if (answer.ok) await follow();
    else tell(answer.data.error ?? say.noAnswer);
  }

  return { commands: { realign: start } };
}
