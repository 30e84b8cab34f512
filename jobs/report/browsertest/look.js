// What is wrong with the page as it is shown now: a list of sentences.
(() => {
  const faults = [];
  const say = (element, what) => {
    const words = (element.textContent || "").trim().replace(/\s+/g, " ").slice(0, 40);
    const section = element.closest("section");
    faults.push(`${section ? section.id + ": " : ""}<${element.tagName.toLowerCase()}> "${words}" ${what}`);
  };
  const wide = document.documentElement.clientWidth;
  const hidden = (element, style) =>
    style.visibility === "hidden" || style.display === "none" || !element.checkVisibility({ contentVisibilityAuto: true });
  const forReadersOnly = (element, style) =>
    element.offsetWidth === 1 && element.offsetHeight === 1 && style.clipPath !== "none";
  const scrolls = (style) => style.overflowX === "auto" || style.overflowX === "scroll";
  const insideScroller = (element) => {
    for (let e = element.parentElement; e; e = e.parentElement) {
      if (e !== document.body && e !== document.documentElement && scrolls(getComputedStyle(e))) return true;
    }
    return false;
  };

  if (document.documentElement.scrollWidth > wide) {
    faults.push(`the page is ${document.documentElement.scrollWidth} px wide in a window of ${wide}`);
  }
  for (const element of document.body.querySelectorAll("*")) {
    if (element.closest("svg")) continue;
    const style = getComputedStyle(element);
    if (hidden(element, style) || forReadersOnly(element, style) || style.display === "inline") continue;
    const over = element.scrollWidth - element.clientWidth, under = element.scrollHeight - element.clientHeight;
    const held = style.overflowY === "hidden" || style.overflowY === "clip";
    if (scrolls(style)) {
      if (over > 1 && element.tabIndex < 0) say(element, "scrolls, and no key reaches it");
    } else if (element.clientWidth > 0 && over > 1) {
      say(element, `is ${over} px wider than its box`);
    }
    if (held && under > 1) say(element, `is ${under} px higher than its box`);
    const box = element.getBoundingClientRect();
    if (box.width > 0 && !insideScroller(element) && (box.left < -0.5 || box.right > wide + 0.5)) {
      say(element, `stands from ${Math.round(box.left)} to ${Math.round(box.right)} in a window of ${wide}`);
    }
  }

  for (const picture of document.querySelectorAll("svg")) {
    const frame = picture.getBoundingClientRect();
    if (frame.width === 0) continue;
    if (!picture.querySelector("title")?.textContent || !picture.querySelector("desc")?.textContent) {
      say(picture, "has no title or no description");
    }
    const words = [...picture.querySelectorAll("text")].map((text) => ({ text, box: text.getBoundingClientRect() }));
    for (const { text, box } of words) {
      if (box.left < frame.left - 0.5 || box.right > frame.right + 0.5 || box.top < frame.top - 2 || box.bottom > frame.bottom + 2) {
        say(text, "leaves its picture");
      }
      const size = parseFloat(getComputedStyle(text).fontSize) * frame.width / picture.viewBox.baseVal.width;
      if (size < 9.5) say(text, `is ${size.toFixed(1)} px high`);
    }
    // A line of words is higher than its letters: 3 px above and below are air.
    for (let i = 0; i < words.length; i++) {
      for (let j = i + 1; j < words.length; j++) {
        const a = words[i].box, b = words[j].box;
        if (a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top + 3 < b.bottom - 3 && b.top + 3 < a.bottom - 3) {
          say(words[i].text, `lies over "${words[j].text.textContent}"`);
        }
      }
    }
  }

  // Colours of words against what is behind them.
  const parts = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const c = parts(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const pale = new Set();
  for (const element of document.body.querySelectorAll("*")) {
    const own = [...element.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.textContent.trim());
    const style = getComputedStyle(element);
    if (!own || hidden(element, style) || ["title", "desc"].includes(element.tagName)) continue;
    const colour = parts(element.closest("svg") ? style.fill : style.color), ground = behind(element);
    const [high, low] = [light(colour), light(ground)].sort((x, y) => y - x);
    const ratio = (high + 0.05) / (low + 0.05), name = `${element.tagName}.${element.getAttribute("class")}`;
    if (ratio < 4.5 && !pale.has(name)) {
      pale.add(name);
      say(element, `has a contrast of ${ratio.toFixed(2)}`);
    }
  }
  return faults;
})()
