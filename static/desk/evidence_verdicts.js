// Judging proof without leaving the page. Only sharpens: without this file each button loads the page of the case again.
//
// A judgement is sent, and of the page that comes back only the parts marked `data-renew` take the place of ours. So
// the scroll stays, the next item that nobody judged has the focus, and its file opens beside it.

const LIST = "#checklist";
const list = () => document.querySelector(LIST);
const items = () => [...document.querySelectorAll(`${LIST} .desk-item`)];
const opened = () => document.querySelector(`${LIST} .desk-item[aria-current]`);

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.id !== "judging" || form.dataset.plain) return;
  event.preventDefault();
  if (form.dataset.sending) return;
  form.dataset.sending = "yes";
  judge(form, event.submitter).catch(() => sendPlainly(form, event.submitter));
});

// Who goes on to a step while a judgement is on its way goes there after it: the step begins with what was judged.
let next;
document.addEventListener("click", (event) => {
  if (!document.querySelector("#judging[data-sending]")) return;
  const target = event.target.closest?.(".desk-steps a, .desk-steps button, .desk-hindered a");
  if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  event.stopPropagation();
  next = target;
}, true);

async function judge(form, button) {
  const sent = new FormData(form, button);
  button?.setAttribute("aria-busy", "true");
  const answer = await fetch(form.getAttribute("action"), { method: "POST", body: sent });
  const isCase = answer.redirected && new URL(answer.url).pathname === location.pathname;
  if (!answer.ok || !isCase) return sendPlainly(form, button); // errors, a colleague who was first, a login that ended
  const judged = String(sent.get("judgement")).split(" ")[0] || find(reasonTyped)?.id.replace("proof-", "");
  show(new DOMParser().parseFromString(await answer.text(), "text/html"), judged, sent);
}

function sendPlainly(form, button) {
  form.dataset.plain = "yes";
  form.requestSubmit(button);
}

function find(matches) {
  return items().find(matches);
}

function reasonTyped(item) {
  const field = item.querySelector("input[type='text']");
  return field && field.value !== field.defaultValue;
}

function show(page, judged, sent) {
  const typed = typedSince(sent);
  for (const part of document.querySelectorAll("[data-renew]")) {
    const fresh = page.getElementById(part.id);
    if (fresh) part.replaceWith(fresh);
  }
  for (const [name, value] of typed) list().querySelector(`[name="${name}"]`).value = value;
  const before = items().findIndex((item) => item.id === `proof-${judged}`);
  const further = [...items().slice(before + 1), ...items().slice(0, before + 1)];
  const item = further.find((one) => "toJudge" in one.dataset) ?? items()[Math.max(before, 0)];
  showFile(page.querySelector("iframe[name='viewer']")?.getAttribute("src"), page.querySelector("[data-shown]")?.textContent);
  open(item);
  say(page.querySelector(".messagelist")?.textContent.trim());
  tellKeys();
  if (next?.isConnected) next.click();
  else if (next?.href) location.assign(next.href);
}

// What was typed while the answer was on its way.
function typedSince(sent) {
  const fields = items().map((item) => item.querySelector("input[type='text']")).filter(Boolean);
  return fields.filter((field) => field.value !== sent.get(field.name)).map((field) => [field.name, field.value]);
}

function open(item) {
  for (const other of items()) other.removeAttribute("aria-current");
  item.setAttribute("aria-current", "true");
  markKeys();
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}

// A new frame in place of the old one: an address that changes within a frame would add a page to 'back'.
function showFile(address, name) {
  const frame = document.querySelector("iframe[name='viewer']");
  if (!frame || !address || frame.getAttribute("src") === address) return;
  const fresh = frame.cloneNode();
  fresh.src = address;
  frame.replaceWith(fresh);
  document.querySelector("[data-shown]").textContent = name ?? "";
}

function showFileOf(item) {
  const link = item.querySelector("a[target='viewer']");
  if (link && getComputedStyle(link).display !== "none" && !("health" in item.dataset)) showFile(link.getAttribute("href"), link.dataset.name);
}

function say(words) {
  if (words) document.getElementById("judged").textContent = words;
}

// --- Keys ---------------------------------------------------------------------------------------------
//
// Not while somebody types, and not for who turned single keys off in this browser (WCAG 2.1.4).

const OFF = "desk-keys";

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target) || areOff() || !list()) return;
  if (press(event.key) || move(event)) event.preventDefault();
});

// A button of the open item that names a key is pressed by it; a field gets the focus.
function press(key) {
  const found = [...list().querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
  if (found?.tagName === "INPUT") found.focus();
  else found?.click();
  return Boolean(found);
}

function move(event) {
  const item = chosenBy(event);
  if (!item) return false;
  open(item);
  showFileOf(item);
  return true;
}

function areOff() {
  try {
    return localStorage.getItem(OFF) === "off";
  } catch {
    return false; // a browser that keeps nothing
  }
}

function chosenBy(event) {
  if (/^[1-9]$/.test(event.key)) return items()[Number(event.key) - 1];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const place = items().indexOf(event.target.closest?.(".desk-item"));
  return step && place >= 0 && event.target === items()[place] ? items()[place + step] : undefined;
}

// Enter in a reason judges that very item, whatever was typed at others; without a reason it does nothing.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches?.(`${LIST} .desk-judge input`)) return;
  event.preventDefault();
  const button = event.target.closest(".desk-judge").querySelector("button[value$=' insufficient']");
  if (event.target.value.trim()) document.getElementById("judging").requestSubmit(button);
});

function isTyping(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

function markKeys() {
  for (const marked of document.querySelectorAll(`${LIST} [data-key]`)) {
    delete marked.dataset.key;
    marked.removeAttribute("aria-keyshortcuts");
  }
  for (const one of opened()?.querySelectorAll("[data-open-key]") ?? []) {
    one.dataset.key = one.dataset.openKey;
    one.setAttribute("aria-keyshortcuts", one.dataset.openKey);
  }
}

function tellKeys() {
  const keys = document.querySelector(".desk-judging-keys");
  if (keys) keys.hidden = false;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.(`${LIST} a[target='viewer']`);
  const item = link?.closest(".desk-item");
  if (!item) return;
  for (const other of items()) other.removeAttribute("aria-current");
  item.setAttribute("aria-current", "true");
  document.querySelector("[data-shown]").textContent = link.dataset.name ?? "";
  markKeys();
});

if (list()) {
  if (!opened()) find((item) => "toJudge" in item.dataset)?.setAttribute("aria-current", "true");
  markKeys();
  tellKeys();
}
