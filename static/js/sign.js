// Signing with the finger, and keeping the signature on this device when the network is cut.
// Without this file the button confirms, and the form is sent by the browser.
const STORE = "temoin-emargement:";
const AGAIN_AFTER = 15_000;
const store = openStore();
const form = document.querySelector("form[data-sign]");
const status = document.querySelector("[data-sign-status]");

function say(words) {
  if (!status || !words) return;
  status.textContent = words;
  status.hidden = false;
}

// --- the frame to sign in ---------------------------------------------------------------------------------------------
function pad(box) {
  const svg = box.querySelector("[data-pad-box]");
  const line = box.querySelector("[data-pad-path]");
  const hint = box.querySelector("[data-pad-hint]");
  const instead = form.querySelector("[data-pad-instead]");
  const kept = form.elements.drawing;
  let drawing = false;

  const point = (event) => {
    const shown = svg.getBoundingClientRect();
    const across = Math.round(((event.clientX - shown.left) * 320) / shown.width);
    const down = Math.round(((event.clientY - shown.top) * 176) / shown.height);
    return `${Math.min(320, Math.max(0, across))} ${Math.min(176, Math.max(0, down))}`;
  };
  const set = (path) => {
    kept.value = path;
    line.setAttribute("d", path);
    hint.hidden = path !== "";
  };
  svg.addEventListener("pointerdown", (event) => {
    drawing = true;
    svg.setPointerCapture(event.pointerId);
    set(`${kept.value} M${point(event)}`.trim());
    event.preventDefault();
  });
  svg.addEventListener("pointermove", (event) => {
    if (drawing && kept.value.length < 11_900 && !kept.value.endsWith(point(event))) set(`${kept.value} L${point(event)}`);
  });
  for (const name of ["pointerup", "pointercancel"]) svg.addEventListener(name, () => { drawing = false; });

  const signs = (withFinger) => {
    box.hidden = !withFinger;
    instead.hidden = withFinger;
    if (!withFinger) set("");
  };
  box.querySelector("[data-pad-clear]").addEventListener("click", () => set(""));
  form.addEventListener("temoin:blank", () => { set(""); signs(true); });
  box.querySelector("[data-pad-without]").addEventListener("click", () => {
    signs(false);
    instead.setAttribute("tabindex", "-1");
    instead.focus();
  });
  signs(true);
}

// --- what waits on this device ----------------------------------------------------------------------------------------
// Some browsers lend no storage in private: the signature then waits as long as the page stays open.
function openStore() {
  try {
    localStorage.setItem(STORE, "");
    localStorage.removeItem(STORE);
    return {
      keys: () => Object.keys(localStorage),
      get: (key) => localStorage.getItem(key),
      set: (key, text) => localStorage.setItem(key, text),
      remove: (key) => localStorage.removeItem(key),
    };
  } catch {
    const kept = new Map();
    return {
      keys: () => [...kept.keys()],
      get: (key) => kept.get(key) ?? null,
      set: (key, text) => kept.set(key, text),
      remove: (key) => kept.delete(key),
    };
  }
}

function waiting() {
  return store.keys().filter((key) => key.startsWith(STORE));
}

function freshFields(fields) {
  // The page that is open now knows the protection of its own visit; the one that was kept may be too old.
  const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  const sent = new URLSearchParams(fields);
  if (token) sent.set("csrfmiddlewaretoken", token);
  return sent;
}

// Answers "kept" when the network or the server is not there, else what the server said.
async function send(key) {
  const { action, fields } = JSON.parse(store.get(key));
  let answer;
  try {
    answer = await fetch(action, { method: "POST", body: freshFields(fields), headers: { Accept: "application/json" } });
  } catch {
    return { state: "kept" };
  }
  if (answer.status >= 500 || answer.status === 429) return { state: "kept" };
  if (!(answer.headers.get("Content-Type") ?? "").startsWith("application/json")) return { state: "reload" };
  store.remove(key);
  return { state: answer.ok ? "sent" : "refused", said: await answer.json() };
}

// A signature that was kept has left: the page no longer asks for it.
function showSent(fields, said) {
  say(status?.dataset.sent);
  const halfDay = fields.get("half_day");
  if (!halfDay) return;
  for (const link of document.querySelectorAll(`a[href*="d=${halfDay}"]`)) {
    const told = document.createElement("span");
    told.textContent = `${link.textContent.trim()} (${status?.dataset.sentOne})`;
    link.replaceWith(told);
  }
  if (form?.elements.half_day?.value !== halfDay) return;
  for (const part of form.querySelectorAll("[data-pad], [data-pad-instead], [data-reason], [data-sign-error]")) part.hidden = true;
  document.querySelectorAll("button[type=submit][form]").forEach((button) => { button.hidden = true; });
  const link = document.createElement("a");
  link.href = said.next;
  link.textContent = status.dataset.see;
  const told = document.createElement("span");
  told.append(status.dataset.sent, " ", link);
  status.replaceChildren(told);
}

let busy = false;

async function sendWaiting() {
  if (busy) return;
  busy = true;
  try {
    for (const key of waiting()) {
      const fields = new Map(JSON.parse(store.get(key)).fields);
      const { state, said } = await send(key);
      if (state === "kept") break;
      if (key in people) markPerson(key, state, said);
      else if (state === "reload") say(status?.dataset.reload);
      else if (state === "refused") say(said.message);
      else if (form?.dataset.current === key) location.assign(said.next);
      else showSent(fields, said);
    }
  } finally {
    busy = false;
  }
}

// --- the device that goes from hand to hand: one page, so that it works without a network ----------------------------------
const people = {};

function markPerson(key, state, said) {
  const link = people[key];
  const shown = link.querySelector("[data-person-state]");
  link.parentElement.classList.toggle("tour__fait", state !== "refused");
  if (state === "sent" || state === "kept") {
    shown.textContent = state === "sent" ? form.dataset.sentOne : form.dataset.keptOne;
    link.removeAttribute("href");
  } else {
    shown.textContent = said?.message ?? status.dataset.reload;
  }
}

function showNames(names, page) {
  names.hidden = false;
  page.hidden = true;
  names.querySelector("[data-names-title]").focus();
}

function passRound(names, page) {
  for (const link of names.querySelectorAll("a[data-person]")) {
    people[STORE + link.dataset.once] = link;
    if (store.get(STORE + link.dataset.once)) markPerson(STORE + link.dataset.once, "kept");
    link.dataset.action = link.getAttribute("href");
    link.addEventListener("click", (event) => {
      event.preventDefault();
      if (!link.hasAttribute("href")) return;
      form.setAttribute("action", link.dataset.action);
      form.elements.once.value = link.dataset.once;
      form.dispatchEvent(new Event("temoin:blank"));
      const name = page.querySelector("[data-person-name]");
      name.textContent = link.dataset.person;
      names.hidden = true;
      page.hidden = false;
      if (status) status.hidden = true;
      name.setAttribute("tabindex", "-1");
      name.focus();
    });
  }
  page.querySelector("[data-back]").addEventListener("click", (event) => {
    event.preventDefault();
    showNames(names, page);
  });
}

// --- the form ---------------------------------------------------------------------------------------------------------
function askReason() {
  const after = form.dataset.lateAfter;
  if (after && new Date() > new Date(after)) form.querySelector("[data-reason]").hidden = false;
}

// What has to be chosen comes in sight, with the focus: on a small screen it would stand out of it, behind the button.
function showReason() {
  const part = form.querySelector("[data-reason]");
  const choice = form.elements.why;
  part.hidden = false;
  choice.setAttribute("aria-invalid", "true");
  part.scrollIntoView({ block: "center" });
  choice.focus({ preventScroll: true });
}

async function submit(event) {
  event.preventDefault();
  const button = event.submitter;
  const box = form.querySelector("[data-pad]");
  // The server said so when it gave the page: the clock of a phone may be wrong, and refuses nobody.
  if ("late" in form.dataset && form.elements.why.value === "" && form.elements.reason.value.trim() === "") {
    say(status.dataset.why);
    showReason();
    return;
  }
  if (button?.value !== "absent" && box && !box.hidden && form.elements.drawing.value === "") {
    say(status.dataset.empty);
    box.scrollIntoView({ block: "nearest" });
    return;
  }
  form.querySelector("[data-sign-error]")?.remove();
  form.elements.told_at.value = new Date().toISOString();
  const fields = [...new FormData(form)];
  if (button?.name) fields.push([button.name, button.value]);
  const key = STORE + form.elements.once.value;
  store.set(key, JSON.stringify({ action: form.getAttribute("action") ?? location.href, fields }));
  form.dataset.current = key;
  const buttons = document.querySelectorAll("button[type=submit]");
  buttons.forEach((each) => { each.disabled = true; });
  say(status.dataset.sending);
  busy = true;
  const { state, said } = await send(key);
  busy = false;
  const round = "signRound" in form.dataset;
  if (round && (state === "sent" || state === "kept")) {
    buttons.forEach((each) => { each.disabled = false; });
    status.hidden = true;
    markPerson(key, state);
    showNames(document.querySelector("[data-names]"), document.querySelector("[data-person-page]"));
  } else if (state === "sent") {
    location.assign(said.next);
  } else if (state === "refused") {
    say(said.message);
    status.setAttribute("role", "alert");
    if (said.field === "reason") showReason();
    buttons.forEach((each) => { each.disabled = false; });
  } else {
    say(state === "kept" ? status.dataset.kept : status.dataset.reload);
  }
}

if (form) {
  const box = form.querySelector("[data-pad]");
  if (box) pad(box);
  askReason();
  setInterval(askReason, 30_000);
  form.addEventListener("submit", submit);
  if ("signRound" in form.dataset) passRound(document.querySelector("[data-names]"), document.querySelector("[data-person-page]"));
}
window.addEventListener("online", sendWaiting);
setInterval(sendWaiting, AGAIN_AFTER);
sendWaiting();
