// What a page is made of, as somebody meets it who uses no mouse or no eyes; a sentence for each fault.
() => {
  const faults = [];
  const shown = (one) => one.checkVisibility({ visibilityProperty: true });
  const name = (one) => {
    const words = (one.getAttribute("aria-label") || one.textContent || one.name || "").trim().replace(/\s+/g, " ");
    return `<${one.tagName.toLowerCase()} class="${one.className}"> “${words.slice(0, 40)}”`;
  };

  // Language, title, landmarks, the way past the head.
  if (!document.documentElement.lang) faults.push("the page says no language");
  if (!document.title.trim()) faults.push("the page has no title");
  for (const [mark, most] of [["main", 1], ["body > header", 1], ["body > footer", 1]]) {
    const found = document.querySelectorAll(mark).length;
    if (found !== most) faults.push(`${found} × ${mark}, where one should stand`);
  }
  const navs = [...document.querySelectorAll("nav")];
  const labels = navs.map((one) => one.getAttribute("aria-label") || "");
  if (labels.some((label, at) => !label || labels.indexOf(label) !== at)) {
    faults.push(`navigations without a name of their own: ${labels.join(", ")}`);
  }
  const first = document.querySelector("a[href], button, input, summary");
  const goal = first?.getAttribute("href") || "";
  if (!goal.startsWith("#") || !document.getElementById(goal.slice(1))) faults.push("the first link does not skip to the content");

  // Headings: one of the first level, and none deeper than the one before it by more than a step.
  const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(shown);
  const levels = headings.map((one) => Number(one.tagName[1]));
  const tops = levels.filter((level) => level === 1).length;
  if (tops !== 1) faults.push(`${tops} headings of the first level`);
  levels.forEach((level, at) => {
    if (at && level > levels[at - 1] + 1) faults.push(`level ${levels[at - 1]} is followed by ${level}: ${name(headings[at])}`);
  });

  // Targets of 24 pixels, but those within a sentence, whose size the line gives (WCAG 2.5.8).
  const LEAST = 24;
  const inline = (one) => {
    if (!getComputedStyle(one).display.startsWith("inline")) return false;
    let around = one.parentElement;
    while (getComputedStyle(around).display === "inline") around = around.parentElement;
    const words = around.textContent.replace(one.textContent, "").trim();
    return words.length > 0;
  };
  for (const one of document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")) {
    if (!shown(one) || one.disabled || one.type === "hidden" || one.closest(".visually-hidden, .skip")) continue;
    const box = (one.matches("[type=checkbox], [type=radio]") && one.labels[0] ? one.labels[0] : one).getBoundingClientRect();
    if (!box.width || !box.height) continue;
    if ((box.width < LEAST - 0.5 || box.height < LEAST - 0.5) && !inline(one)) {
      faults.push(`a target of ${Math.round(box.width)} × ${Math.round(box.height)}: ${name(one)}`);
    }
  }
  return faults;
};
