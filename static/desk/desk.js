// Only quickens: every page of the desk works without this file.

// --- Keys: an element says with data-key which ones press it --------------------------------------------

const KEPT = "desk-keys"; // "off" in this browser, for who turned single keys off (WCAG 2.1.4)
const dialog = document.getElementById("desk-keys");
const rows = () => Array.from(document.querySelectorAll("#result_list tbody tr, [data-rows] > *"));
const linkOf = (row) => row.querySelector("th a[href], td a[href], a[href]");

function isTyping(target) {
  return Boolean(target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]"));
}

function stepThrough(by) {
  const all = rows().filter(linkOf);
  if (!all.length) return false;
  const at = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)];
  linkOf(next).focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function press(key) {
  const found = document.querySelector(`#content-start [data-key~="${key}"]`) || document.querySelector(`[data-key~="${key}"]`);
  found?.click();
  return Boolean(found);
}

function openRow() {
  const row = rows().find((one) => one.contains(document.activeElement));
  row && linkOf(row).click();
  return Boolean(row);
}

function searchFirst() {
  const field = document.getElementById("desk-search");
  field?.focus();
  field?.select();
  return Boolean(field);
}

function showKeys() {
  document.getElementById("desk-keys-on").checked = areOn();
  dialog.showModal();
  return true;
}

function areOn() {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch {
    return true; // a browser that keeps nothing
  }
}

const actions = {
  "/": searchFirst,
  "?": showKeys,
  j: () => press("j") || stepThrough(1),
  k: () => press("k") || stepThrough(-1),
  n: () => press("n"),
  o: openRow,
};

if (dialog) {
  document.addEventListener("keydown", (event) => {
    const action = Object.hasOwn(actions, event.key) ? actions[event.key] : null;
    if (!action || event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing) return;
    if (dialog.open || isTyping(event.target) || !areOn()) return;
    if (action()) event.preventDefault();
  });
  for (const button of document.querySelectorAll('[data-opens="desk-keys"]')) {
    button.hidden = false;
    button.addEventListener("click", showKeys);
  }
  document.getElementById("desk-keys-on").addEventListener("change", (event) => {
    try {
      localStorage.setItem(KEPT, event.target.checked ? "on" : "off");
    } catch {
      // it then holds for nothing
    }
  });
}

// --- Who has the case open too: the page asks again while somebody looks at it --------------------------

const ASKED_EVERY = 20_000; // a third of how long somebody counts as present: casework/desk/presence.py

async function askAgain(place) {
  if (document.hidden) return;
  try {
    const answer = await fetch(place.dataset.asks, { redirect: "error" });
    const html = answer.ok ? (await answer.text()).trim() : "";
    if (html !== place.innerHTML.trim()) place.innerHTML = html;
  } catch {
    place.replaceChildren(); // no connection, or logged out: nobody knows
  }
}

for (const place of document.querySelectorAll("[data-asks]")) setInterval(askAgain, ASKED_EVERY, place);

// --- The menu, and 'More lists': none stays open once one looks elsewhere -----------------------------------

const folded = document.querySelectorAll(".shell-menu details, details[data-closes]");
const lieOverThePage = matchMedia("(min-width: 60rem)"); // on a narrow screen what is below would move away from the finger

function closeFolded(except = null) {
  if (!lieOverThePage.matches) return;
  for (const one of folded) if (!one.contains(except)) one.open = false;
}

document.addEventListener("click", (event) => closeFolded(event.target));
for (const one of folded) {
  one.addEventListener("focusout", (event) => event.relatedTarget && closeFolded(event.relatedTarget));
  one.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    one.querySelector("summary").focus();
    closeFolded();
  });
}

// --- On a narrow screen the tabs are a row that scrolls: to the one that is open ----------------------------

for (const here of document.querySelectorAll(":is(.board-lists__first, .desk-tabs) [aria-current]")) {
  const row = here.closest(".board-lists__first, .desk-tabs");
  row.scrollLeft += here.getBoundingClientRect().left - row.getBoundingClientRect().left - row.clientWidth / 4;
}
