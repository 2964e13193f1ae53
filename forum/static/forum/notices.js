// The number of notices in the header asks for itself once a minute. A page that nobody looks at asks for nothing, and
// asks as soon as somebody looks again.
const polled = (target) => target instanceof Element && target.closest("[data-poll]");

document.addEventListener("htmx:beforeRequest", (event) => {
  if (document.hidden && polled(event.target)) event.preventDefault();
});

// A number that could not be asked for is no fault worth a sentence: the next minute asks again.
for (const fault of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(fault, (event) => polled(event.target) && event.stopImmediatePropagation(), true);
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  for (const link of document.querySelectorAll("[data-poll]")) link.dispatchEvent(new CustomEvent("look"));
});

// A number that came since the page was opened stands before the title, too, so that it is seen from another tab.
const plain = document.title;
document.addEventListener("htmx:load", (event) => {
  if (!polled(event.detail.elt)) return;
  const unread = Number(event.detail.elt.querySelector("input")?.value);
  document.title = unread ? `(${unread}) ${plain}` : plain;
});
