// The letter beside the form of a decision follows what is filled in. Only sharpens: without this file the letter has a
// page of its own before it is sent. A letter that cannot be shown stands in nobody's way.

const PAUSE = 400; // milliseconds without a key before the letter is asked again
const form = document.querySelector("form[data-letter]");
const draft = document.querySelector("[data-draft]");
const state = draft?.querySelector("[data-state]");
const place = (name) => document.querySelector(`[data-place="${name}"]`);
let timer;
let asked;
let lastText; // the text of the letter in which somebody typed last

if (form && draft) begin();

function begin() {
  draft.hidden = false;
  for (const button of document.querySelectorAll("[data-with-letter]")) button.hidden = false;
  document.querySelector("button[value='preview']").classList.remove("default");
  form.addEventListener("focusin", ({ target }) => {
    if (target.matches("textarea[lang]")) lastText = target;
  });
  form.addEventListener("input", () => renewSoon());
  form.addEventListener("change", () => renewSoon());
  for (const one of document.querySelectorAll("[data-insert]")) {
    one.hidden = false;
    one.addEventListener("click", () => insert(one));
  }
  beginChoosing();
  renew();
}

function renewSoon() {
  clearTimeout(timer);
  timer = setTimeout(renew, PAUSE);
}

async function renew() {
  asked?.abort();
  asked = new AbortController();
  const sent = new FormData(form);
  sent.set("action", "draft");
  const late = setTimeout(() => (state.textContent = state.dataset.waits), PAUSE);
  try {
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body: sent, signal: asked.signal });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    state.textContent = "";
  } catch (error) {
    if (error.name !== "AbortError") state.textContent = state.dataset.fails;
  } finally {
    clearTimeout(late);
  }
}

function show(page) {
  for (const part of page.querySelectorAll("[data-part]")) {
    const name = part.dataset.part;
    if (name === "reason") showReason(part);
    else (place(name) ?? document.getElementById(name))?.replaceChildren(...part.childNodes);
  }
}

// What somebody types in it stays: the field only comes and goes.
function showReason(part) {
  const here = place("reason");
  const isWanted = Boolean(part.querySelector("textarea"));
  if (isWanted !== Boolean(here.querySelector("textarea"))) here.replaceChildren(...part.childNodes);
}

// --- Text blocks and grounds --------------------------------------------------------------------------

function insert(button) {
  const field = lastText ?? document.getElementById(button.closest("[data-into]").dataset.into);
  const text = button.closest("li").querySelector("[data-text]").textContent;
  const before = field.value.slice(0, field.selectionStart);
  const space = before && !/\s$/.test(before) ? " " : "";
  field.setRangeText(space + text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

function beginChoosing() {
  const ground = form.elements.ground;
  if (!ground) return;
  const offered = new Set([...ground.options].map((option) => option.value));
  for (const one of document.querySelectorAll("[data-choose]")) {
    one.hidden = !offered.has(one.dataset.choose);
    one.addEventListener("click", () => {
      ground.value = one.dataset.choose;
      ground.dispatchEvent(new Event("change", { bubbles: true }));
      ground.focus();
    });
  }
  ground.addEventListener("change", () => showBlocks(ground.value));
  showBlocks(ground.value);
}

// A block of another ground is out of the way.
function showBlocks(chosen) {
  for (const one of document.querySelectorAll(".desk-blocks [data-grounds]")) {
    one.hidden = Boolean(chosen) && !one.dataset.grounds.split(" ").includes(chosen);
  }
}
