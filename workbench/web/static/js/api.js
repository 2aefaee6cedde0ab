// Requests to the workbench. An answer is always {ok, status, data}; status 0 means no answer.
const token = document.querySelector('meta[name="csrf-token"]').content;

async function ask(url, options) {
  try {
    const response = await fetch(url, {
      ...options,
      headers: { Accept: "application/json", "X-CSRFToken": token, ...options.headers },
    });
    const data = await response.json();
    return { ok: response.ok, status: response.status, data };
  } catch {
    return { ok: false, status: 0, data: {} };
  }
}

export const get = (url) => ask(url, {});

export const post = (url, body) =>
  ask(url, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "Content-Type": "application/json" },
  });

export const send = (url, form) => ask(url, { method: "POST", body: form });
