// Suggestions below a search field: htmx fetches them, this makes them a list that keys and screen readers know
// (the combobox pattern of the ARIA Authoring Practices). The focus never leaves the field, and nothing is typed for anybody.
// Without scripts the field is a field, and the form is a form.

for (const form of document.querySelectorAll("form[data-suggests]")) {
  const field = form.querySelector("input[name=q]");
  const list = form.querySelector("[role=listbox]");
  const live = document.getElementById("live");
  let chosen = -1;
  let wanted = false; // whether the last thing that happened in the field was typing

  field.setAttribute("role", "combobox");
  field.setAttribute("autocomplete", "off");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");

  const options = () => [...list.querySelectorAll("[role=option]")];

  function choose(place) {
    const all = options();
    chosen = place;
    all.forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    if (place < 0) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", all[place].id);
    all[place].scrollIntoView({ block: "nearest" });
  }

  function show(open) {
    list.hidden = !open;
    field.setAttribute("aria-expanded", String(open));
    choose(-1);
  }

  function take(option) {
    if (!("query" in option.dataset)) return; // a link to a page
    field.value = option.dataset.query;
    show(false);
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true })); // an operator asks for its value next
  }

  field.addEventListener("input", () => (wanted = true));
  // What comes after Escape, after the form was sent or once the reader is elsewhere stays away.
  list.addEventListener("htmx:beforeSwap", (event) => {
    if (!wanted || document.activeElement !== field) event.detail.shouldSwap = false;
  });
  list.addEventListener("htmx:afterSwap", () => {
    show(options().length > 0);
    const said = list.querySelector("[data-said]");
    live.textContent = said ? said.dataset.said : "";
  });

  // Reached by the arrows, not by Tab. Not before all is settled: site.js gives the focus to what comes with a tabindex.
  list.addEventListener("htmx:afterSettle", () => {
    for (const option of options()) option.tabIndex = -1;
  });

  field.addEventListener("keydown", (event) => {
    const count = options().length;
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault(); // the first Escape closes the list, the next may empty the field
      wanted = false;
      show(false);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count) {
      event.preventDefault();
      if (list.hidden) show(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      // Past either end stands the field itself.
      choose(((chosen + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.key === "Enter" && !list.hidden && chosen >= 0) {
      event.preventDefault();
      options()[chosen].click();
    }
  });
  // A press on an option must not take the focus from the field first.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option || event.ctrlKey || event.metaKey || event.shiftKey || !("query" in option.dataset)) return;
    event.preventDefault();
    take(option);
  });
  form.addEventListener("submit", () => {
    wanted = false;
    show(false);
  });
  field.addEventListener("blur", () => show(false));
}
