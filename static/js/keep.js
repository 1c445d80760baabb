// Choices made here come back after a cut of the network, a phone that sleeps or a new sign-in: this tab keeps them until the
// server shows them. Each stands beside what the page showed ("vu-…"): what somebody else noted since is left alone.
const form = document.querySelector("form[data-keep]");
const place = `temoin-choix:${location.pathname}${location.search}`;

function choices() {
  const changed = {};
  for (const input of form.querySelectorAll("input[type=radio]:checked")) {
    const seen = form.elements[`vu-${input.name}`].value;
    if (input.value !== seen) changed[input.name] = { seen, value: input.value };
  }
  return changed;
}

function bringBack(kept) {
  let back = false;
  for (const [name, { seen, value }] of Object.entries(kept)) {
    const shown = form.elements[`vu-${name}`];
    const group = form.elements[name];
    if (!shown || !group || shown.value !== seen || group.value === value) continue;
    group.value = value;
    back = true;
  }
  return back;
}

if (form) {
  const kept = JSON.parse(sessionStorage.getItem(place) ?? "{}");
  if (bringBack(kept)) document.querySelector("[data-kept]").hidden = false;
  sessionStorage.setItem(place, JSON.stringify(choices()));
  form.addEventListener("change", () => sessionStorage.setItem(place, JSON.stringify(choices())));
}
