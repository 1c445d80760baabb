// Drop zone: files leave as soon as they are chosen or dropped, and the way done is shown.
// Without this file the input and the "Déposer" button do the same in two steps. htmx sends the boosted form.
const zoneOf = (event) => (event.target instanceof Element ? event.target.closest("form[data-drop-zone]") : null);

document.addEventListener("change", (event) => {
  const form = zoneOf(event);
  if (form && event.target.matches("input[type=file]") && event.target.files.length) form.requestSubmit();
});

for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    zoneOf(event)?.classList.toggle("depot--survol", name === "dragenter" || name === "dragover");
  });
}

document.addEventListener("htmx:xhr:progress", (event) => {
  const form = zoneOf(event);
  if (!form || !event.detail.lengthComputable) return;
  const percent = Math.round((100 * event.detail.loaded) / event.detail.total);
  const bar = form.querySelector("progress");
  bar.hidden = false;
  bar.value = percent;
  bar.textContent = `${percent} %`;
});

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    const form = zoneOf(event);
    if (!form) return;
    const bar = form.querySelector("progress");
    form.querySelector("[data-drop-status]").textContent = form.dataset.stopped.replace("%s", String(bar.value));
    bar.hidden = true;
  });
}
