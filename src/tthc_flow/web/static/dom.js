// Elements made by hand: every text becomes a text node, nothing is ever parsed as markup.

const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "open", "selected"]);

export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "key") node.dataset.key = value;
    else if (!PROPERTIES.has(name)) node.setAttribute(name, value === true ? "" : value);
  }
  append(node, children);
  for (const name of PROPERTIES) {
    if (props[name] !== undefined && props[name] !== null) node[name] = props[name];
  }
  return node;
}

function append(node, children) {
  const real = (child) => child !== null && child !== undefined && child !== false;
  node.append(...children.flat(Infinity).filter(real));
}

/** Put *children* in place of what *root* holds; the focus stays on the part with the same key. */
export function swap(root, ...children) {
  const held = root.contains(document.activeElement) ? document.activeElement : null;
  const key = held && held.dataset.key;
  const [from, to] = held && "selectionStart" in held
    ? [held.selectionStart, held.selectionEnd] : [null, null];
  const { scrollTop } = root;
  root.replaceChildren();
  append(root, children);
  root.scrollTop = scrollTop;
  if (!held) return;
  const again = key && root.querySelector(`[data-key="${CSS.escape(key)}"]`);
  const next = again || root.querySelector("h2, h3, button");
  if (!next) return;
  if (next.tabIndex < 0 && !next.hasAttribute("tabindex")) next.tabIndex = -1;
  next.focus({ preventScroll: Boolean(again) });
  if (again && from !== null) {
    try { again.setSelectionRange(from, to); } catch { /* a field without a caret */ }
  }
}

/** Move the focus with the arrow keys among the *picked* parts of *root*. */
export function roving(root, picked, onmove = () => {}) {
  root.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const end = { Home: 0, End: -1 }[event.key];
    if (by === undefined && end === undefined) return;
    const all = [...root.querySelectorAll(picked)];
    const at = all.indexOf(event.target);
    if (at < 0) return;
    event.preventDefault();
    const next = by === undefined ? all.at(end) : all[(at + by + all.length) % all.length];
    next.focus();
    onmove(next);
  });
}

export function button(text, onclick, props = {}) {
  return el("button", { type: "button", onclick, ...props }, text);
}
