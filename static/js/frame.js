// Tells the stylesheet that scripts run, and closes the menus made of <details> on Escape or on a press elsewhere.
// Without this file they still open and close.
document.documentElement.classList.add("avec-js");

const openMenus = () => document.querySelectorAll("details.menu[open], details.org[open]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});

// On a phone the tabs are wider than the window: the one being read is brought into sight.
for (const tabs of document.querySelectorAll(".onglets")) {
  const current = tabs.querySelector("[aria-current]");
  if (current) tabs.scrollLeft = current.offsetLeft - (tabs.clientWidth - current.offsetWidth) / 2;
}
