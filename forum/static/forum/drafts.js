// Keeps what a member types: at once in this browser, a moment later on the server. Everything here has a plain way that
// works without it: the button “Keep as a draft”, and every form that is sent.
// In the browser lies only what the server has not confirmed, under the member's number, form and tab; signing out
// clears it. Whatever is found there later goes to the server, which says whether it was posted meanwhile.
{
  const me = document.currentScript.dataset;
  const lead = `draft:${me.member}:`;
  const PAUSE = 1000; // ms without a key until the server is asked
  const AGAIN = 15_000; // ms until a server that did not answer is asked again
  const OTHERS = 10_000; // ms that a copy of another tab is left to it
  const NEVER = /^csrfmiddlewaretoken$|^draft-(?!place$|tab$|version$)|password/;
  const states = new WeakMap(); // by form: timer, the save under way, whether something waits

  const lineOf = (form) => form.querySelector("[data-draft]");
  const formOf = (node) => {
    const form = node.closest?.("form");
    return form && lineOf(form) ? form : null;
  };
  const forms = () => [...document.querySelectorAll("form [data-draft]")].map((line) => line.closest("form"));
  const stateOf = (form) => {
    if (!states.has(form)) states.set(form, { timer: 0, saving: null, dirty: false });
    return states.get(form);
  };

  // What stands in a form: no files, no secrets, no buttons.
  function typedIn(form) {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      const field = form.elements[name];
      if (typeof value === "string" && !NEVER.test(name) && field?.type !== "password") body.append(name, value);
    }
    return body;
  }

  // The cookie is newer than the form where somebody signed in meanwhile, in another tab.
  function token() {
    const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    return cookie ? cookie[1] : document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
  }

  const nameOf = (body) => `${lead}${body.get("draft-place")}:${body.get("draft-tab")}`;

  // --- The copy in the browser

  function copy(body, sent) {
    try {
      localStorage.setItem(nameOf(body), JSON.stringify({ body: body.toString(), at: Date.now(), sent }));
    } catch {
      // Full, or forbidden: the server has it in a second.
    }
  }

  function copies() {
    const found = [];
    try {
      for (const name of Object.keys(localStorage)) {
        if (!name.startsWith(lead)) continue;
        const { body, at, sent } = JSON.parse(localStorage.getItem(name));
        found.push({ name, text: body, body: new URLSearchParams(body), at, sent });
      }
    } catch {
      // No storage, or not our writing: nothing to send.
    }
    return found;
  }

  function forget(name, text) {
    try {
      const now = localStorage.getItem(name);
      if (now && (text === undefined || JSON.parse(now).body === text)) localStorage.removeItem(name);
    } catch {
      // As above.
    }
  }

  // --- The server

  async function send(body, { last = false, look = false, piece = false } = {}) {
    const whole = new URLSearchParams(body);
    whole.set("draft-member", me.member);
    whole.set("csrfmiddlewaretoken", token());
    if (look) whole.set("draft-look", "1");
    const headers = piece ? { "HX-Request": "true" } : {}; // its links then work in place
    const answer = await fetch(me.keep, { method: "POST", body: whole, keepalive: last, redirect: "error", headers });
    if (!answer.ok) throw Object.assign(new Error("not kept"), { status: answer.status });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.querySelector("[data-draft]");
  }

  function tell(form, words) {
    const fault = lineOf(form)?.querySelector(".draft-fault");
    if (!fault || fault.textContent === words) return;
    fault.textContent = words;
    fault.hidden = !words;
  }

  // The form goes on with the row that its text stands in now. Who is on a link of the line keeps it under the finger.
  function follow(form, line) {
    const old = lineOf(form);
    if (old.contains(document.activeElement)) {
      for (const field of line.querySelectorAll("input")) old.querySelector(`[name=${field.name}]`).value = field.value;
    } else {
      old.replaceWith(line);
      window.htmx?.process(line);
    }
  }

  async function save(form, { look = false } = {}) {
    const state = stateOf(form);
    clearTimeout(state.timer);
    if (state.saving) await state.saving;
    if (!form.isConnected || !lineOf(form)) return;
    const body = typedIn(form);
    const text = body.toString();
    if (!look) state.dirty = false;
    state.saving = send(body, { look, piece: "hxPost" in form.dataset })
      .then((line) => {
        if (!line || !form.isConnected || (look && !line.querySelector(".draft-newer"))) return;
        follow(form, line);
        if (look) return;
        if (!state.dirty) return forget(nameOf(body), text);
        forget(nameOf(body)); // more was typed meanwhile, and belongs to the row of now
        copy(typedIn(form), false);
      })
      .catch((error) => {
        if (look) return;
        state.dirty = true;
        const say = lineOf(form)?.dataset;
        if (say) tell(form, error.status === 403 ? say.refused : say.unkept);
        if (!(error.status < 500)) state.timer = setTimeout(() => save(form), AGAIN);
      })
      .finally(() => (state.saving = null));
    await state.saving;
  }

  function typed(form) {
    const state = stateOf(form);
    state.dirty = true;
    copy(typedIn(form), false);
    clearTimeout(state.timer);
    state.timer = setTimeout(() => save(form), PAUSE);
  }

  // The page goes away, or to the back: a last word, which the browser carries on its own.
  function leave() {
    for (const form of forms()) {
      const state = stateOf(form);
      if (!state.dirty) continue;
      clearTimeout(state.timer);
      const body = typedIn(form);
      copy(body, false);
      if (state.saving) continue; // the copy waits for the next page
      if (document.visibilityState === "hidden" && !leaving) save(form);
      else send(body, { last: true }).catch(() => {});
    }
  }
  let leaving = false;

  // --- What is left in the browser goes to the server

  const olderThan = (form, at) => !(Date.parse(lineOf(form).dataset.at) > at);

  async function settle() {
    for (const left of copies()) {
      const place = left.body.get("draft-place");
      const here = forms().find((form) => form.querySelector("[name=draft-tab]").value === left.body.get("draft-tab"));
      if (here) {
        if (left.sent && !stateOf(here).dirty) await save(here);
        continue;
      }
      const waits = forms().find((form) => form.querySelector("[name=draft-place]").value === place);
      if (!left.sent && !waits && Date.now() - left.at < OTHERS) continue;
      const line = await send(left.body).catch(() => null);
      if (!line) continue; // later
      forget(left.name, left.text);
      if (line.hasAttribute("data-posted") || !line.dataset.url || !waits?.isConnected) continue;
      // Who chose a draft by its address keeps it before them, and is told of the other.
      const chosen = new URLSearchParams(location.search).has("draft");
      if (chosen || stateOf(waits).dirty || !olderThan(waits, left.at)) save(waits, { look: !stateOf(waits).dirty });
      else if (waits.dataset.hxPost && waits.closest(".slot")) {
        window.htmx.ajax("GET", line.dataset.url, { target: waits, swap: "outerHTML" });
      } else location.replace(line.dataset.url);
      return;
    }
  }

  // --- Events

  document.addEventListener("input", (event) => {
    const form = formOf(event.target);
    if (form) typed(form);
  });

  // A save under way arrives before the form itself, so that it cannot come after it and look like news.
  document.addEventListener(
    "submit",
    (event) => {
      const form = formOf(event.target);
      if (!form || event.submitter?.hasAttribute("data-draft-keep")) return;
      const state = stateOf(form);
      clearTimeout(state.timer);
      if (state.saving) {
        event.preventDefault();
        event.stopImmediatePropagation();
        state.saving.finally(() => form.requestSubmit(event.submitter));
        return;
      }
      state.dirty = false;
      copy(typedIn(form), true);
    },
    true,
  );

  document.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest?.("[data-draft-keep]");
      if (!button) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      save(button.form);
    },
    true,
  );

  // Another draft takes the form's place when this one is safe.
  document.addEventListener(
    "click",
    async (event) => {
      const link = event.target.closest?.("[data-draft] a");
      const form = link && formOf(link);
      if (!form || !stateOf(form).dirty) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      await save(form);
      stateOf(form).dirty = false;
      link.click();
    },
    true,
  );

  // Signing out takes along what lies in the browser, once the server has it.
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!new URL(form.action, location.href).pathname.endsWith("/logout/")) return;
    event.preventDefault();
    leaving = true;
    await Promise.allSettled(forms().filter((one) => stateOf(one).dirty).map((one) => save(one)));
    for (const { name } of copies()) forget(name);
    form.submit();
  });

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") leave();
    else for (const form of forms()) save(form, { look: true });
  });
  window.addEventListener("pagehide", () => {
    leaving = true;
    leave();
  });
  window.addEventListener("online", settle);

  // Another tab writes into the same form.
  window.addEventListener("storage", (event) => {
    if (!event.key?.startsWith(lead) || !event.newValue) return;
    for (const form of forms()) {
      const place = form.querySelector("[name=draft-place]").value;
      if (event.key.startsWith(`${lead}${place}:`)) tell(form, lineOf(form).dataset.elsewhere);
    }
  });

  document.addEventListener("htmx:load", (event) => {
    if (event.detail.elt !== document.body && !event.detail.elt.matches?.("[data-draft]")) settle();
  });
  document.addEventListener("DOMContentLoaded", settle);
}
