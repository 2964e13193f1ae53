// Answering the very words that somebody selects in an article. Without scripts they are pasted into the form.
(() => {
  // The link that is offered. Looked up whenever it is needed: going back, htmx brings another in its place.
  const offered = () => document.querySelector(".answer-words");
  const AROUND = 32; // characters before and after, by which one place of the same words is told from another
  const LONGEST = 2000; // characters of an address that every server takes

  // The words that are selected in one passage, with what stands around them; nothing where the selection says no such thing.
  function selected() {
    const selection = document.getSelection();
    if (!selection?.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0).cloneRange();
    const from = range.startContainer;
    const text = (from.nodeType === Node.TEXT_NODE ? from.parentElement : from).closest?.(".passage-text");
    if (!text) return null;
    if (!text.contains(range.endContainer)) {
      // A paragraph that is selected as a whole ends at the beginning of the next element.
      const rest = range.cloneRange();
      rest.setStartAfter(text);
      if (rest.toString().replace(/[\d\s]/g, "")) return null;
      range.setEndAfter(text.lastChild);
    }
    const before = document.createRange();
    before.setStart(text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const whole = text.textContent;
    const raw = range.toString();
    const words = raw.trim();
    if (!/[\p{L}\p{N}]/u.test(words)) return null;
    const start = before.toString().length + raw.length - raw.trimStart().length;
    return {
      passage: text.closest(".passage"),
      range,
      words,
      before: whole.slice(Math.max(0, start - AROUND), start),
      after: whole.slice(start + words.length, start + words.length + AROUND),
    };
  }

  function offer() {
    const link = offered();
    if (!link) return;
    const found = selected();
    if (!found) {
      // On its way to the link a press or the keyboard may end the selection.
      if (!link.matches(":hover, :focus, :active")) link.hidden = true;
      return;
    }
    const { passage, range, words, before, after } = found;
    const query = new URLSearchParams({ passage: passage.id });
    let said = (link.dataset.words ??= link.textContent);
    const exact = new URLSearchParams({ passage: passage.id, words, before, after });
    const fits = exact.toString().length <= LONGEST;
    if (!fits) said = link.dataset.whole;
    const asked = `?${fits ? exact : query}`;
    link.textContent = said;
    link.setAttribute("href", `${asked}#${passage.id}`);
    link.setAttribute("data-hx-get", asked);
    link.setAttribute("data-hx-push-url", `${asked}#${passage.id}`);
    passage.append(link); // next after the words, also for the keyboard
    const lines = range.getClientRects();
    const last = lines[lines.length - 1];
    if (last) link.style.insetBlockStart = `${last.bottom - passage.getBoundingClientRect().top}px`;
    link.hidden = false;
    window.htmx?.process(link);
  }

  // Mark in the text which passage stands beside it.
  function choose(place) {
    for (const old of document.querySelectorAll(".passage-chosen")) old.classList.remove("passage-chosen");
    for (const old of document.querySelectorAll(".article-text [aria-current]")) old.removeAttribute("aria-current");
    const passage = place && document.getElementById(place);
    passage?.classList.add("passage-chosen");
    // On a phone what comes up may cover it; who has just selected words of it looks at it already.
    if (passage && !document.getSelection().containsNode(passage, true)) passage.scrollIntoView({ block: "nearest" });
    passage?.querySelector(".passage-mark a")?.setAttribute("aria-current", "true");
  }

  // Take the offer away, and with it the style that placed it: in a page that is kept it would be an inline one.
  function withdraw() {
    const link = offered();
    if (!link) return;
    link.hidden = true;
    link.removeAttribute("style");
  }

  let waiting;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(offer, 200);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") withdraw();
  });
  document.addEventListener("htmx:beforeHistorySave", withdraw);
  document.addEventListener("htmx:afterSwap", ({ detail: { target } }) => {
    if (target?.id !== "article-arguments") return;
    withdraw();
    choose(target.querySelector(".at-passage")?.dataset.place);
  });
})();
