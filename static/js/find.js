// A long list of boxes gets a field above it that keeps the names one types, whatever their accents; what is ticked stays in sight.
// Without this file the list scrolls.
const LONG = 8;
// As `comparison_key` of qualiopi/text.py.
const plain = (words) => words.toLowerCase().replaceAll("œ", "oe").replaceAll("æ", "ae").replaceAll("ß", "ss")
  .normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^0-9a-z]+/g, " ").trim();

for (const list of document.querySelectorAll("[data-find]")) {
  const boxes = [...list.querySelectorAll("label")];
  if (boxes.length <= LONG) continue;
  const field = document.createElement("input");
  field.type = "search";
  field.className = "form-control form-control-s";
  field.placeholder = list.dataset.find;
  field.setAttribute("aria-label", list.dataset.find);
  field.addEventListener("input", () => {
    const wanted = plain(field.value).split(/\s+/);
    for (const box of boxes) {
      const words = plain(box.textContent);
      box.hidden = !box.querySelector("input").checked && !wanted.every((word) => words.includes(word));
    }
  });
  // Enter looks for a name, it does not send the form.
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  list.before(field);
}
