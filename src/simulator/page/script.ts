/** The page's script: sends forms without leaving the page, and redraws it when something changed. */
export const SCRIPT = `"use strict";
const main = document.getElementById("main");
const notice = document.getElementById("notice");

function remember() {
  const fields = new Map();
  for (const field of main.querySelectorAll("textarea, select")) fields.set(nameOf(field), field.value);
  const open = new Map();
  for (const details of main.querySelectorAll("details")) {
    open.set(keyOf(details), details.open);
  }
  const focused = document.activeElement && document.activeElement.id;
  return { fields, open, focused };
}

function nameOf(field) {
  return field.form.action + " " + field.name;
}

function keyOf(details) {
  const article = details.closest("article");
  return details.id || (article ? article.id + ":" + details.querySelector("summary").textContent : "");
}

function restore({ fields, open, focused }) {
  for (const field of main.querySelectorAll("textarea, select")) {
    if (fields.has(nameOf(field))) field.value = fields.get(nameOf(field));
  }
  for (const details of main.querySelectorAll("details")) {
    const was = open.get(keyOf(details));
    if (was !== undefined) details.open = was;
  }
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

let drawing = false;
let again = false;

async function redraw() {
  if (drawing) {
    again = true;
    return;
  }
  drawing = true;
  try {
    const response = await fetch(location.href);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const seen = remember();
    main.replaceChildren(...page.getElementById("main").childNodes);
    restore(seen);
  } finally {
    drawing = false;
    if (again) {
      again = false;
      redraw();
    }
  }
}

let timer = 0;
const news = new EventSource("/events");
news.addEventListener("changed", () => {
  clearTimeout(timer);
  timer = setTimeout(redraw, 80);
});

function say(text) {
  notice.textContent = text;
  notice.classList.toggle("shown", text !== "");
  if (text !== "") setTimeout(() => say(""), 5000);
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  for (const button of form.querySelectorAll("button")) button.disabled = true;
  const response = await fetch(form.action, {
    method: "POST",
    body,
    redirect: "manual",
  });
  if (response.type === "opaqueredirect") {
    form.reset();
    const details = form.closest("details.reply, details.menu");
    if (details) details.open = false;
  } else say(await response.text());
  redraw();
});
`;
