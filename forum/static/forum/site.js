// What the pages gain when scripts run. Everything here has a plain way that works without it.

// How many characters of a claim are used.
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

// The first thing that asks for attention: a refusal, a field that is wrong, a preview, or the head of what came.
function focusIn(root) {
  const wrong = root.querySelector(".field-wrong :is(input, textarea, select):not([type=hidden])");
  const refused = root.querySelector(".refusal");
  const next = refused || wrong || root.querySelector(".preview") || root.querySelector("[tabindex='-1']");
  if (!next) return;
  if (next === refused) next.setAttribute("tabindex", "-1");
  next.closest("details:not([open])")?.setAttribute("open", "");
  next.focus();
}

function typedInto(form) {
  return [...form.elements].some(
    (field) =>
      field.type !== "hidden" &&
      ("checked" in field && field.matches("[type=checkbox], [type=radio]")
        ? field.checked !== field.defaultChecked
        : field.matches("input, textarea") && field.value !== field.defaultValue),
  );
}

// htmx says this of every piece of a page that it brings; of the whole page only once, at its start.
document.addEventListener("htmx:load", (event) => {
  const piece = event.detail.elt;
  if (piece === document.body) return;
  prepare(piece);
  // One form at a time: those in which nothing was typed make room.
  if (piece.matches(".slot > form")) {
    for (const other of document.querySelectorAll(".slot > form")) {
      if (other !== piece && !typedInto(other)) other.remove();
    }
  }
  if (piece.matches("[tabindex='-1']")) piece.focus();
  else if (piece.matches(".branch")) piece.querySelector("summary").focus();
  else focusIn(piece);
});

// A form that was opened in place is closed there too, and the keyboard returns to where it was.
document.addEventListener("click", (event) => {
  const cancel = event.target.closest?.(".slot .form-acts a");
  if (!cancel || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const slot = cancel.closest(".slot");
  const card = document.getElementById(slot.id.replace("slot-", "a-"));
  slot.replaceChildren();
  (card?.querySelector(".acts-fold > summary") || card?.querySelector(".acts a"))?.focus();
});

for (const fault of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(fault, () => {
    const live = document.getElementById("live");
    live.textContent = live.dataset.failed;
    live.classList.remove("visually-hidden");
  });
}

document.addEventListener("DOMContentLoaded", () => {
  prepare(document);
  const main = document.getElementById("main");
  if (main.querySelector(".field-wrong, .refusal, .preview")) focusIn(main);
});
