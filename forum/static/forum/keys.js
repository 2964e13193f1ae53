// Single keys for those who read without a mouse, and the sheet that says which (the page /keys/ says the same).
// They never act while somebody types, with Ctrl, Alt or Meta, or over an open dialog, and can be turned off
// (WCAG 2.1.4). Each does what a link or a button of the page does.
(() => {
  const OFF = "keys-off"; // in this browser's own store
  const WAIT = 1500; // milliseconds for the second key after g
  const link = document.querySelector("a[data-keys]");
  if (!link) return;

  const isOff = () => {
    try {
      return localStorage.getItem(OFF) === "1";
    } catch {
      return false; // a browser that keeps nothing has the keys on
    }
  };

  function say(words) {
    const live = document.getElementById("live");
    live.textContent = ""; // the same words twice would be read once
    live.textContent = words;
  }

  // ------------------------------------------------------------------------------------------- the arguments

  // A card of an argument, or a line of the outline: what bears its name.
  const arguments_ = () =>
    [...document.querySelectorAll("main [id^='a-']")].filter((one) => claim(one)?.checkVisibility());
  const claim = (one) => one.querySelector(".claim a, .line-claim") || one.querySelector(".claim");

  // The argument that something in the page is in or belongs to, if any.
  function argumentOf(something) {
    if (!something || !something.closest("main") || something.id === "main") return null;
    const inside = something.closest("main [id^='a-']");
    if (inside) return inside;
    return arguments_().findLast((one) => one.compareDocumentPosition(something) & Node.DOCUMENT_POSITION_FOLLOWING) || null;
  }

  // What had the focus last, and the argument it belonged to: what htmx brings takes the focus only once it has settled,
  // and until then a key would act on another argument than the one its reader is at.
  let last = {};
  document.addEventListener("focusin", ({ target }) => (last = { target, id: argumentOf(target)?.id }));

  // The one that has the focus, or had it until that was taken out of the page; else none.
  const current = () =>
    argumentOf(document.activeElement) || (last.target?.isConnected === false && last.id && document.getElementById(last.id)) || null;

  // The first that begins within the window, where nothing has the focus yet.
  const inView = (all) => all.find((one) => one.getBoundingClientRect().top >= 0) || all[0];

  function go(one) {
    if (!one) return;
    const goal = claim(one);
    if (!goal.matches("a[href]")) goal.tabIndex = -1;
    goal.focus();
    goal.scrollIntoView({ block: "nearest" });
  }

  function step(by) {
    const all = arguments_();
    const at = all.indexOf(current());
    go(at < 0 ? inView(all) : all[at + by]);
  }

  // What an argument answers: the nearest card whose branch it stands in, or the step above in the path.
  function parent() {
    const here = current() || arguments_()[0];
    if (!here) return;
    for (let around = here.parentElement; around && around.id !== "main"; around = around.parentElement) {
      const above = around.querySelector(":scope > [id^='a-'], :scope > .focus-text > [id^='a-']");
      if (above && above !== here) return go(above);
    }
    const path = document.querySelectorAll(".path .path-step a");
    path[path.length - 1]?.click();
  }

  // Its own fold: the details or the link right below its card, or at the beginning of its line.
  function fold() {
    const here = current();
    if (!here) return;
    const own = here.querySelector(":scope > a.fold");
    if (own) return own.click();
    for (let next = here.nextElementSibling; next && !next.matches("[id^='a-']"); next = next.nextElementSibling) {
      const turn = next.querySelector(":scope > summary, :scope > a");
      if (!next.matches("details.branch, .continue") || !turn) continue;
      turn.focus();
      turn.click();
      return;
    }
  }

  function choose(mark) {
    const goal = (current() || arguments_()[0])?.querySelector(mark);
    goal?.focus(); // from where what it opens takes it on
    goal?.click();
  }

  function search() {
    const field = document.getElementById("site-search");
    field.focus();
    field.select();
  }

  const ACTS = {
    j: () => step(1),
    k: () => step(-1),
    p: parent,
    o: fold,
    n: () => document.querySelector(".next-new")?.click(),
    f: () => choose(".act-pro"),
    a: () => choose(".act-con"),
    r: () => choose(".rate-open, .rating summary"),
    "/": search,
    "?": open,
  };

  // ------------------------------------------------------------------------------------------------ the sheet

  let fetched;
  let kept; // the sheet, once it has come
  function sheet() {
    fetched ??= fetch(link.href, { headers: { "HX-Request": "true" } })
      .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(answer.statusText))))
      .then((html) => {
        const dialog = document.createElement("dialog");
        dialog.className = "keys-sheet";
        dialog.setAttribute("aria-labelledby", "keys-title");
        dialog.innerHTML = `<div class="keys-sheet-head"><h1 id="keys-title"></h1><form method="dialog"><button></button></form></div>${html}`;
        dialog.querySelector("h1").textContent = link.textContent;
        dialog.querySelector("button").textContent = link.dataset.close;
        const styles = document.createElement("link");
        styles.rel = "stylesheet";
        styles.href = link.dataset.styles;
        document.head.append(styles);
        prepare(dialog);
        return (kept = dialog);
      });
    fetched.catch(() => (fetched = undefined)); // the next key asks again
    return fetched;
  }

  async function open() {
    try {
      const dialog = await sheet();
      if (!dialog.isConnected) document.body.append(dialog);
      if (!dialog.open) dialog.showModal();
    } catch {
      location.assign(link.href);
    }
  }

  // A page that htmx keeps for going back would bring the sheet back as a picture of itself.
  document.addEventListener("htmx:beforeHistorySave", () => {
    kept?.close(); // the focus returns to where it was
    kept?.remove();
  });

  const placeOf = (dialog, key) => dialog.querySelector(`[data-go="${CSS.escape(key)}"]`);

  async function leadTo(key) {
    try {
      const place = placeOf(await sheet(), key);
      if (place) place.click();
      else ACTS[key]?.(); // a key that leads nowhere is itself
    } catch {
      say(document.getElementById("live").dataset.failed);
    }
  }

  // The switch, on the page and in the sheet.
  function prepare(root) {
    const line = root.querySelector(".keys-switch");
    if (!line) return;
    const draw = () => {
      for (const one of line.children) one.textContent = isOff() ? one.dataset.on : one.dataset.off;
    };
    line.querySelector("button").addEventListener("click", () => {
      try {
        if (isOff()) localStorage.removeItem(OFF);
        else localStorage.setItem(OFF, "1");
      } catch {
        return; // it cannot be kept, so nothing is said to have changed
      }
      draw();
    });
    line.hidden = false;
    draw();
  }
  prepare(document);

  // Asked of the document: going back, htmx brings another link in this one's place.
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("a[data-keys]") || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || location.pathname === link.pathname) return;
    event.preventDefault();
    open();
  });

  // ------------------------------------------------------------------------------------------------- the keys

  const TYPED = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), select, textarea";
  const MODIFIERS = ["Alt", "AltGraph", "CapsLock", "Control", "Fn", "Meta", "NumLock", "Shift"];
  let since = 0; // when g was pressed

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
    if (target.matches?.(TYPED) || target.isContentEditable || document.querySelector("dialog[open]")) return;
    if (isOff() || MODIFIERS.includes(key)) return;
    const second = since && event.timeStamp - since < WAIT;
    since = 0;
    if (key.length !== 1 || key === " ") return; // Tab, Enter and their like are the browser's
    // Before the sheet has come, nobody knows whether the key leads anywhere.
    if (second && (!kept || placeOf(kept, key))) {
      leadTo(key);
    } else if (key === "g") {
      since = event.timeStamp;
      sheet().catch(() => {});
    } else if (Object.hasOwn(ACTS, key)) {
      ACTS[key]();
    } else return;
    event.preventDefault();
  });
})();
