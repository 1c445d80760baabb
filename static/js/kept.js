// What a form held when the session had ended comes back into it; what finds no field stays written above.
const told = document.getElementById("kept-form");
const LEFT_ALONE = new Set(["file", "submit", "button", "image", "reset", "password"]);

function put(field, values) {
  if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
  else if (field.multiple) for (const option of field.options) option.selected = values.includes(option.value);
  else field.value = values.shift() ?? "";
}

function fill(form, fields) {
  const waiting = Object.fromEntries(Object.entries(fields).map(([name, values]) => [name, [...values]]));
  for (const field of form.elements) {
    // Of what is hidden, only what the page showed beside a field ("vu-…") was the reader's.
    if (!field.name || LEFT_ALONE.has(field.type) || (field.type === "hidden" && !field.name.startsWith("vu-"))) continue;
    if (!(field.name in waiting) && field.type !== "checkbox") continue;
    put(field, waiting[field.name] ?? []);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
    for (const line of document.querySelectorAll("[data-kept-values] li")) if (line.dataset.name === field.name) line.remove();
  }
}

if (told) {
  const { action, fields } = JSON.parse(told.textContent);
  const { pathname } = new URL(action, location.href);
  for (const form of document.querySelectorAll("form[method=post]:not([data-kept-form] form)")) {
    if (new URL(form.getAttribute("action") || location.href, location.href).pathname === pathname) fill(form, fields);
  }
  const values = document.querySelector("[data-kept-values]");
  if (values && !values.querySelector("li")) values.remove();
}
