// What stays on a telephone: the page for without a connection with its files, and the proofs that their holder kept.
// Nothing else is ever put into a cache, and with a connection every page comes from the server.

const SHELL = "loket-shell-{{ version }}";
const PROOFS = "loket-proofs";
const OFFLINE = "{{ offline }}";
const FILES = {{ files|safe }};
const LOGOUTS = {{ logouts|safe }};

self.addEventListener("install", (event) => event.waitUntil(fillShell().then(() => self.skipWaiting())));

self.addEventListener("activate", (event) => event.waitUntil(tidy().then(() => self.clients.claim())));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method === "POST" && LOGOUTS.includes(pathname)) event.waitUntil(caches.delete(PROOFS));
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(askServer(event));
  else if (FILES.includes(pathname)) event.respondWith(fetch(request).catch(() => takeFromShell(pathname)));
});

async function fillShell() {
  const shell = await caches.open(SHELL);
  await shell.addAll([OFFLINE, ...FILES].map((address) => new Request(address, { cache: "no-cache" })));
}

async function tidy() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("loket-") && name !== SHELL && name !== PROOFS);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.registration.navigationPreload?.enable(); // the server is asked while this script still wakes up
}

async function askServer(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return takeFromShell(OFFLINE);
  }
}

async function takeFromShell(address) {
  return (await caches.match(address, { ignoreVary: true })) ?? Response.error();
}
