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
  // Where there is no clipboard to write to, the buttons stay away: what they copy can be selected.
  if (navigator.clipboard) {
    for (const button of root.querySelectorAll("button[data-copy]")) button.hidden = false;
  }
}

// A reference keeps its italics where it is pasted into a text that has any.
function copy(from) {
  if ("value" in from) return navigator.clipboard.writeText(from.value);
  const plain = from.innerText.trim();
  if (!window.ClipboardItem) return navigator.clipboard.writeText(plain);
  const kinds = { "text/plain": plain, "text/html": from.innerHTML.trim() };
  const blobs = Object.entries(kinds).map(([type, words]) => [type, new Blob([words], { type })]);
  return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("button[data-copy]");
  const from = button && document.getElementById(button.dataset.copy);
  if (!from) return;
  const live = document.getElementById("live");
  live.textContent = ""; // the same words twice would be read once
  let said = button.dataset.copied;
  try {
    await copy(from);
  } catch {
    said = button.dataset.failed;
  }
  live.textContent = said;
  const word = (button.dataset.word ??= button.textContent);
  button.textContent = said;
  setTimeout(() => (button.textContent = word), 3000);
});

// The first thing that asks for attention: a refusal, a field that is wrong, a preview, or the head of what came.
function focusIn(root) {
  const wrong = root.querySelector(".field-wrong :is(input, textarea, select):not([type=hidden])");
  const refused = root.querySelector(".refusal");
  const news = root.querySelector(".preview, .paste-read, .found-new input");
  const next = refused || wrong || news || root.querySelector("[tabindex='-1']");
  if (!next) return;
  if (next === refused) next.setAttribute("tabindex", "-1");
  next.closest("details:not([open])")?.setAttribute("open", "");
  next.focus();
}

// What changed where the keyboard is not: each part that says so is read aloud.
function announce(piece) {
  const said = [...piece.querySelectorAll("[data-said]")].map((one) => one.dataset.said || one.textContent.trim());
  if (said.length) document.getElementById("live").textContent = said.join(" ");
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

// Between putting a piece into the page and saying that it is there, htmx lets it settle for some 20 ms. Who moves on in that
// time with the keyboard keeps the place.
let heldAtSwap;
document.addEventListener("htmx:afterSwap", () => (heldAtSwap = document.activeElement));
const movedOn = () => document.activeElement !== document.body && document.activeElement !== heldAtSwap;

// htmx says this of every piece of a page that it brings; of the whole page only once, at its start.
document.addEventListener("htmx:load", (event) => {
  const piece = event.detail.elt;
  if (piece === document.body) return;
  prepare(piece);
  // What is found while somebody types is read aloud, but leaves the keyboard where it is.
  if (piece.closest(".found-sources, .said-already")) return;
  // One form at a time: those in which nothing was typed make room.
  if (piece.matches(".slot > form")) {
    for (const other of document.querySelectorAll(".slot > form")) {
      if (other !== piece && !typedInto(other)) other.remove();
    }
  }
  if (movedOn()) return announce(piece);
  if (piece.matches("[tabindex='-1']")) piece.focus();
  else if (piece.matches(".branch")) piece.querySelector("summary").focus();
  else focusIn(piece);
  // A link that opened something may have gone with the piece that it stood in: the keyboard goes to what came.
  if (document.activeElement === document.body) (piece.querySelector("summary") || piece.querySelector("button, a[href]"))?.focus();
  announce(piece);
});

// Links that open something right below them. They are on every card, so what htmx has to know is said once, here, and not
// with an address and a target on each: on a page of a hundred cards that is a seventh of what is sent.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  const opener = link?.closest("[data-opens]");
  if (!opener || !window.htmx || event.defaultPrevented) return;
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const follows = (one) => link.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
  const target = [...document.querySelectorAll(opener.dataset.opens)].find(follows);
  if (!target) return;
  event.preventDefault();
  htmx.ajax("GET", link.getAttribute("href"), { source: link, target });
});

// A form that was opened in place is closed there too, and the keyboard returns to where it was.
document.addEventListener("click", (event) => {
  const cancel = event.target.closest?.(".slot .form-acts a");
  if (!cancel || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const slot = cancel.closest(".slot");
  const card = slot.previousElementSibling;
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
  // The page of components shows mistakes; there is nothing to mend.
  if (!document.body.matches(".page-style") && main.querySelector(".field-wrong, .refusal, .preview, .paste-read, .found-new")) focusIn(main);
});
