// Why a flag is no error: a small form with the usual reasons on the keys 1 to 5.

// on: {decide(reason, scope), close()}. one: whether it is about a single flag, which can become
// a rule. Answers with the form.
export function reasonsForm(on, { one = true } = {}) {
  const form = document.getElementById("reasons").content.firstElementChild.cloneNode(true);
  if (!one) form.querySelector("[name=always]")?.closest("label").remove();
  const decide = (reason) => on.decide(reason, form.elements.always?.value ?? "");
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button && "cancel" in button.dataset) on.close();
    else if (button?.dataset.reason) decide(button.dataset.reason);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    decide(form.elements.reason.value.trim());
  });
  form.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") {
      event.preventDefault();
      on.close();
    }
    const typing = event.target.matches("input, select") && event.target.value;
    const button = form.querySelectorAll("[data-reason]")[Number(event.key) - 1];
    if (button && !typing) {
      event.preventDefault();
      decide(button.dataset.reason);
    }
  });
  return form;
}
