// What the pages gain when scripts run. Everything here has a plain way that works without it.

// How many characters are left for a claim.
function count(field) {
  const most = Number(field.getAttribute("maxlength"));
  let note = field.parentElement.querySelector(".count");
  if (!note) {
    note = document.createElement("p");
    note.className = "count";
    field.insertAdjacentElement("afterend", note);
  }
  const used = [...field.value].length;
  note.textContent = `${used} / ${most}`;
  note.classList.toggle("count-full", used >= most);
}

function prepare(root) {
  for (const field of root.querySelectorAll("[data-count]")) {
    count(field);
    field.addEventListener("input", () => count(field));
  }
}

// What was opened or posted in place takes the focus, so that the keyboard and a screen reader follow.
document.addEventListener("htmx:afterSwap", (event) => {
  const root = event.detail.target.isConnected ? event.detail.target : document;
  prepare(root);
  const next = root.querySelector(".wrong") || root.querySelector("[tabindex='-1']");
  if (next) {
    next.setAttribute("tabindex", "-1");
    next.focus();
  }
});

document.addEventListener("htmx:sendError", () => {
  document.getElementById("live").textContent = "The server did not answer. What you typed is still here; try again.";
});

document.addEventListener("DOMContentLoaded", () => prepare(document));
