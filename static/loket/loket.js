// Only sharpens: every page works without this file.

// Who sent a form with errors starts at the list of them, also where htmx put it on the page; its links put the focus
// in the field itself.
document.getElementById("error-summary")?.focus();
document.addEventListener("htmx:afterSettle", (event) => event.target.querySelector("#error-summary")?.focus());

// Each answer of the assistant replaces the conversation, with the field in it. The new answer is in view from its first
// line, what was typed for the next question meanwhile stays, and who pressed a button that is gone goes on typing.
let asked = "";
document.addEventListener("htmx:beforeRequest", ({ target }) => {
  asked = findQuestion(target)?.value ?? "";
});
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const typed = findQuestion(detail.target)?.value;
  const turns = countTurns();
  document.addEventListener("htmx:afterSettle", ({ target }) => {
    const question = findQuestion(target);
    if (!question) return;
    if (typed && typed !== asked) question.value = [question.value, typed].filter(Boolean).join("\n");
    if (document.activeElement === document.body) question.focus({ preventScroll: true });
    if (countTurns() > turns) target.querySelector(".assistant-turn:last-child").scrollIntoView({ block: "nearest" });
  }, { once: true });
});
const findQuestion = (part) => part.querySelector("[enterkeyhint=send]");
const countTurns = () => document.querySelectorAll(".assistant-turn").length;

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("#error-summary a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (field) {
    event.preventDefault();
    field.focus();
    field.scrollIntoView({ block: "center" });
  }
});

// A code on a proof carries the plate behind the #, which a browser never sends: the page puts it into its form.
const scanned = document.querySelector("form[data-plate-behind-hash]");
if (scanned && location.hash.length > 1) {
  scanned.elements.plate.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
  if (scanned.elements.reference.value) scanned.requestSubmit();
}

// The band of a plate shows the country that was chosen beside it.
document.addEventListener("change", (event) => {
  const country = event.target;
  const plate = country.name === "country" && country.form?.querySelector(".loket-number-plate--follows");
  if (!plate) return;
  plate.dataset.country = country.value;
  plate.querySelector(".loket-number-plate__band").textContent = JSON.parse(plate.dataset.signs)[country.value] ?? country.value;
});

// A password can be read as one types it; what is sent is a password again, so that no browser keeps it among other words.
for (const button of document.querySelectorAll("button[data-shows]")) button.hidden = false;
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[data-shows]");
  if (button) showPassword(button, document.getElementById(button.getAttribute("aria-controls")).type === "password");
});
document.addEventListener("submit", (event) => {
  for (const button of event.target.querySelectorAll("button[data-shows]")) showPassword(button, false);
});

function showPassword(button, shown) {
  document.getElementById(button.getAttribute("aria-controls")).type = shown ? "text" : "password";
  [button.textContent, button.ariaLabel] = (shown ? button.dataset.hides : button.dataset.shows).split("|");
}

// A number that is complete is looked up without a press, once; what somebody types meanwhile stays.
for (const kind of ["input", "change"]) {
  document.addEventListener(kind, ({ target }) => {
    const digits = target.dataset?.looksUp && target.value.replace(/[\s.]/g, "");
    const isComplete = kind === "change" ? digits : digits?.length === Number(target.dataset.looksUp);
    if (!isComplete || digits === target.dataset.asked) return;
    target.dataset.asked = digits;
    htmx.trigger(target, "complete");
  });
}
let sent = {};
document.addEventListener("htmx:beforeRequest", ({ target, detail }) => {
  if (target.matches(".loket-lookup")) sent = values(detail.target);
});
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!detail.requestConfig?.elt.matches(".loket-lookup")) return;
  const meanwhile = Object.entries(values(detail.target)).filter(([name, value]) => value !== sent[name]);
  document.addEventListener("htmx:afterSettle", () => {
    for (const [name, value] of meanwhile) document.querySelector(`.loket-lookup ~ * [name="${name}"]`).value = value;
  }, { once: true });
});

function values(part) {
  return Object.fromEntries(Array.from(part.querySelectorAll("[name]"), (field) => [field.name, field.value]));
}

// Enter sends a short question, as in every chat; Shift and Enter begin a new line.
document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || field.enterKeyHint !== "send") return;
  event.preventDefault();
  field.form.requestSubmit();
});

// A second click on a button that is already sending does nothing. The server would take it as one, too.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sending) {
    event.preventDefault();
    return;
  }
  if (waits(form)) {
    event.preventDefault();
    sendWhenItArrives(form, event.submitter);
    return;
  }
  form.dataset.sending = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(free, 10_000); // an answer that is a download leaves the page as it is
});

// Without a connection, or with files after the login has ended, sending would lose what is on the page: a browser
// sends files once. So the page asks first, says what is wrong, and stays as it is.
const said = document.getElementById("said-by-script");

function waits(form) {
  if (form.dataset.arrives) {
    delete form.dataset.arrives;
    return false;
  }
  const hasFiles = Array.from(form.elements).some((field) => field.type === "file" && field.files.length);
  return Boolean(said && form.closest("main") && (!navigator.onLine || (said.dataset.loggedIn && hasFiles)));
}

async function sendWhenItArrives(form, submitter) {
  const state = await askState();
  if (!state) return tell(form, "offline");
  if (said.dataset.loggedIn && !state.logged_in) return tell(form, "loggedOut");
  renewTokens(state.token);
  form.dataset.arrives = "yes";
  form.requestSubmit(submitter);
}

async function askState() {
  try {
    const answer = await fetch(said.dataset.state, { cache: "no-store", signal: AbortSignal.timeout(5_000) });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

function renewTokens(token) {
  for (const field of document.querySelectorAll("input[name='csrfmiddlewaretoken']")) field.value = token;
}

function tell(form, what) {
  document.getElementById("told-by-script")?.remove();
  const notice = said.content.querySelector(`[data-said="${what}"]`).cloneNode(true);
  notice.id = "told-by-script";
  notice.tabIndex = -1;
  form.before(notice);
  notice.focus();
}

// Back on a page that stood open while somebody logged in again elsewhere: its forms can still be sent.
document.addEventListener("visibilitychange", async () => {
  if (document.visibilityState !== "visible" || !said?.dataset.loggedIn) return;
  const state = await askState();
  if (state?.logged_in) renewTokens(state.token);
});

// Back with the browser's button, or an answer of htmx: the same page can send again.
window.addEventListener("pageshow", free);
document.addEventListener("htmx:afterRequest", free);

function free() {
  for (const form of document.querySelectorAll("form[data-sending]")) delete form.dataset.sending;
  for (const button of document.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}

// The chosen files by name and size, before they are sent. data-max-bytes and data-too-big come from the server.
document.addEventListener("change", (event) => {
  const input = event.target;
  if (input.type !== "file") return;
  const next = input.nextElementSibling;
  const list = next?.matches(".loket-files") ? next : document.createElement("ul");
  list.className = "loket-files";
  list.setAttribute("aria-live", "polite");
  list.replaceChildren(...Array.from(input.files, (file) => line(file, input.dataset)));
  input.after(list);
});

function line(file, { maxBytes, tooBig }) {
  const item = document.createElement("li");
  const [whole, unit] = file.size < 1024 * 1024 ? [1024, "KB"] : [1024 * 1024, "MB"];
  const size = (file.size / whole).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
  item.textContent = `${file.name} (${size} ${unit})`;
  if (maxBytes && file.size > Number(maxBytes)) {
    item.className = "loket-files__big";
    if (tooBig) item.textContent += `: ${tooBig}`;
  }
  return item;
}

// Who logs in next on this telephone finds the kept proofs looked at anew; see kept_proofs.js.
if (said && !said.dataset.loggedIn) sessionStorage.removeItem("loket-proofs-looked-at");

// --- On a telephone the tabs are a row that scrolls: to the one that is open --------------------------------

for (const here of document.querySelectorAll(".loket-subnav [aria-current]")) {
  const row = here.closest("ul");
  row.scrollLeft += here.getBoundingClientRect().left - row.getBoundingClientRect().left - row.clientWidth / 4;
}
