// The portal as an app: the copies of proofs that their holder keeps on this telephone, by the address that they came
// from, and the list of them for without a connection. templates/worker.js removes them all at logging out.

const PROOFS = "loket-proofs";
const SHELL = "loket-shell-";
const LOOKED_AT = "loket-proofs-looked-at"; // loket.js forgets it where nobody is logged in
const works = "serviceWorker" in navigator && "caches" in window;
const panel = document.getElementById("keep");
const list = document.getElementById("kept");

if (works) {
  if (list) await startList();
  else {
    navigator.serviceWorker.register("/worker.js").catch(() => null); // it may be switched off in this browser
    await lookAgain();
    if (panel) await startPanel();
  }
}

// --- The copies ---

async function keep(address) {
  const answer = await fetch(address, { cache: "no-store" }).catch(() => null);
  if (!isCopy(answer)) return false;
  await (await caches.open(PROOFS)).put(address, answer);
  await renewOfflinePage();
  await navigator.storage?.persist?.(); // a browser that is short of room drops other things first
  return true;
}

async function drop(address) {
  await (await caches.open(PROOFS)).delete(address);
}

async function listCopies() {
  if (!(await caches.has(PROOFS))) return [];
  const proofs = await caches.open(PROOFS);
  const read = async (request) => ({ address: request.url, ...(await (await proofs.match(request)).json()) });
  const copies = await Promise.all((await proofs.keys()).map(read));
  return copies.sort((one, other) => one.ends_at.localeCompare(other.ends_at));
}

// Once after each login: what was revoked, or belongs to somebody else who had this telephone, goes.
async function lookAgain() {
  if (sessionStorage.getItem(LOOKED_AT) || !(await caches.has(PROOFS))) return;
  sessionStorage.setItem(LOOKED_AT, "yes");
  const proofs = await caches.open(PROOFS);
  for (const { url } of await proofs.keys()) {
    const answer = await fetch(url, { cache: "no-store" }).catch(() => null);
    if (answer?.status === 404) await proofs.delete(url);
    else if (isCopy(answer)) await proofs.put(url, answer);
  }
}

function isCopy(answer) {
  const type = answer?.headers.get("Content-Type") ?? "";
  return Boolean(answer?.ok && !answer.redirected && type.startsWith("application/json"));
}

// It is kept in the language in which it came: in that of who keeps a proof now.
async function renewOfflinePage() {
  for (const name of (await caches.keys()).filter((one) => one.startsWith(SHELL))) {
    const shell = await caches.open(name);
    await shell.add(new Request(panel.dataset.offline, { cache: "no-cache" })).catch(() => null);
  }
}

// --- "Keep on this phone", at a proof ---

async function startPanel() {
  const address = panel.dataset.copy;
  const state = async () => ((await caches.has(PROOFS)) && (await caches.match(address)) ? "kept" : "open");
  showParts(await state());
  panel.hidden = false;
  panel.addEventListener("click", async ({ target }) => {
    if (!target.closest("button")) return;
    const failed = (await state()) === "kept" ? await drop(address) : !(await keep(address));
    const now = await state();
    showParts(now, failed && "failed");
    panel.querySelector(`[data-state="${now}"] button`).focus();
  });
}

function showParts(...states) {
  for (const part of panel.querySelectorAll("[data-state]")) part.hidden = !states.includes(part.dataset.state);
}

// --- The list. It never says that an exemption is valid: only that by its copy it has ended, or not begun. ---

async function startList() {
  const isAsked = location.pathname === list.dataset.offline && navigator.onLine;
  document.getElementById("no-connection").hidden = isAsked;
  document.getElementById("with-connection").hidden = !isAsked;
  if (!isAsked) window.addEventListener("online", () => location.reload());
  await showList();
}

async function showList() {
  const copies = await listCopies();
  document.getElementById("none-kept").hidden = copies.length > 0;
  list.replaceChildren(...copies.map(drawCopy));
}

function drawCopy(copy) {
  const card = document.getElementById("kept-proof").content.cloneNode(true).firstElementChild;
  const state = findState(copy);
  card.classList.toggle("loket-card--error", state === "ended");
  for (const part of card.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== state;
  for (const part of card.querySelectorAll("[data-text]")) part.textContent = copy[part.dataset.text];
  card.querySelector("[data-href]").href = copy.url;
  card.querySelector("[data-src]").src = copy.qr;
  card.querySelector("[data-rows]").replaceChildren(...copy.rows.map(drawRow));
  card.querySelector("[data-remove]").addEventListener("click", () => drop(copy.address).then(showList));
  return card;
}

function drawRow([key, value]) {
  const row = document.getElementById("kept-row").content.cloneNode(true).firstElementChild;
  row.querySelector("dt").textContent = key;
  row.querySelector("dd").textContent = value;
  return row;
}

function findState(copy) {
  const now = Date.now();
  if (now >= Date.parse(copy.ends_at)) return "ended";
  return now < Date.parse(copy.starts_at) ? "begins_later" : "holds";
}
