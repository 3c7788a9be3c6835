// Two diagrams that move together, and the steps through what changed between them.
(() => {
  "use strict";
  const NEAREST = 1.25; // pixels a unit: nearer than this, a single task fills the pane
  const KEPT = 0.55; // share of a pane that the element in question may take
  const LONG = 2.4; // times as wide as high
  const root = document.documentElement;
  const viewer = document.querySelector(".viewer");
  const steps = [...document.querySelectorAll(".steps button")];
  const said = viewer.querySelector(".said");
  const place = viewer.querySelector(".place");
  const hint = said.textContent;
  const panes = [...viewer.querySelectorAll("[data-pane]")].map((box) => {
    const svg = box.querySelector("svg");
    const whole = svg.viewBox.baseVal;
    return { box, svg, side: box.dataset.pane, x: 0, y: 0,
      whole: { x: whole.x, y: whole.y, width: whole.width, height: whole.height } };
  });
  let scale = 1;
  let current = -1;

  const room = (pane) => ({ width: pane.box.clientWidth || 1, height: pane.box.clientHeight || 1 });

  const draw = () => panes.forEach((pane) => {
    const { width, height } = room(pane);
    const [w, h] = [width / scale, height / scale];
    pane.svg.setAttribute("viewBox", `${pane.x - w / 2} ${pane.y - h / 2} ${w} ${h}`);
  });

  const largest = (boxes, share) => Math.min(...panes.map((pane, index) => {
    const { width, height } = room(pane);
    const box = boxes[index];
    return box ? Math.min(share * width / box.width, share * height / box.height) : Infinity;
  }));

  const centre = (pane, box) => {
    pane.x = box.x + box.width / 2;
    pane.y = box.y + box.height / 2;
  };

  const fit = () => {
    scale = largest(panes.map((pane) => pane.whole), 1);
    panes.forEach((pane) => centre(pane, pane.whole));
    draw();
  };

  const pan = (dx, dy) => {
    panes.forEach((pane) => { pane.x += dx / scale; pane.y += dy / scale; });
    draw();
  };

  // The point under the pointer stays there, in both panes alike.
  const zoom = (factor, dx = 0, dy = 0) => {
    const next = Math.min(6, Math.max(0.05, scale * factor));
    panes.forEach((pane) => {
      pane.x += dx / scale - dx / next;
      pane.y += dy / scale - dy / next;
    });
    scale = next;
    draw();
  };

  const union = (boxes) => {
    if (!boxes.length) return null;
    const x = Math.min(...boxes.map((box) => box.x));
    const y = Math.min(...boxes.map((box) => box.y));
    const right = Math.max(...boxes.map((box) => box.x + box.width));
    const bottom = Math.max(...boxes.map((box) => box.y + box.height));
    return { x, y, width: Math.max(right - x, 1), height: Math.max(bottom - y, 1) };
  };

  const ring = (pane, box, near) => {
    const frame = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    const edge = 8;
    frame.setAttribute("class", near ? "ring near" : "ring");
    frame.setAttribute("x", box.x - edge);
    frame.setAttribute("y", box.y - edge);
    frame.setAttribute("width", box.width + 2 * edge);
    frame.setAttribute("height", box.height + 2 * edge);
    frame.setAttribute("rx", 6);
    pane.svg.append(frame);
  };

  const clear = () => {
    viewer.querySelectorAll(".ring").forEach((frame) => frame.remove());
    steps.forEach((step) => step.removeAttribute("aria-current"));
  };

  const tell = (words) => {
    said.textContent = words;
    place.textContent = `${current + 1} / ${steps.length}`;
    root.dataset.current = String(current + 1);
  };

  const leave = () => {
    current = -1;
    clear();
    fit();
    tell(hint);
    panes.forEach((pane) => delete pane.box.dataset.shows);
    history.replaceState(null, "", location.pathname + location.search);
  };

  const show = (index) => {
    if (!steps.length) return;
    current = (index + steps.length) % steps.length;
    clear();
    const step = steps[current];
    step.setAttribute("aria-current", "step");
    step.scrollIntoView({ block: "nearest" });
    const found = panes.map((pane) => {
      const seen = JSON.parse(step.dataset[pane.side]);
      const parts = seen.ids.flatMap((id) => [
        ...pane.svg.querySelectorAll(`[data-element="${CSS.escape(id)}"]`),
      ]);
      pane.box.dataset.shows = seen.ids.join(" ");
      const boxes = parts.map((part) => part.getBBox());
      boxes.forEach((box) => ring(pane, box, seen.near));
      return union(boxes);
    });
    if (found.some(Boolean)) {
      scale = Math.min(NEAREST, largest(found, KEPT));
      panes.forEach((pane, at) => centre(pane, found[at] || found.find(Boolean)));
      draw();
    } else {
      fit();
    }
    tell(step.querySelector("span").textContent);
    history.replaceState(null, "", `#c${current + 1}`);
  };

  const onward = (by) => show(current < 0 && by < 0 ? steps.length - 1 : current + by);
  const arrange = () => {
    viewer.querySelector(".panes").classList.toggle("stacked");
    if (current < 0) fit(); else show(current);
  };
  const acts = { previous: () => onward(-1), next: () => onward(1), in: () => zoom(1.3),
    out: () => zoom(1 / 1.3), fit: leave, arrange };
  const keys = { n: acts.next, j: acts.next, p: acts.previous, k: acts.previous, Escape: leave };
  const inPane = { ArrowLeft: () => pan(-60, 0), ArrowRight: () => pan(60, 0),
    ArrowUp: () => pan(0, -60), ArrowDown: () => pan(0, 60), "+": acts.in, "=": acts.in,
    "-": acts.out, 0: leave };

  const fromHash = () => {
    const wanted = /^#c(\d+)$/.exec(location.hash);
    if (wanted && steps[wanted[1] - 1]) show(wanted[1] - 1);
  };

  const drag = (pane) => {
    let held = null;
    pane.box.addEventListener("pointerdown", (event) => {
      held = { x: event.clientX, y: event.clientY };
      pane.box.setPointerCapture(event.pointerId);
      pane.box.classList.add("held");
    });
    pane.box.addEventListener("pointermove", (event) => {
      if (!held) return;
      pan(held.x - event.clientX, held.y - event.clientY);
      held = { x: event.clientX, y: event.clientY };
    });
    const drop = () => { held = null; pane.box.classList.remove("held"); };
    pane.box.addEventListener("pointerup", drop);
    pane.box.addEventListener("pointercancel", drop);
    pane.box.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return; // a plain wheel scrolls the page
      event.preventDefault();
      const box = pane.box.getBoundingClientRect();
      const dx = event.clientX - box.left - box.width / 2;
      const dy = event.clientY - box.top - box.height / 2;
      zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, dx, dy);
    }, { passive: false });
  };

  root.classList.add("live");
  viewer.querySelector(".bar").hidden = false;
  // Long diagrams are legible one above the other only.
  if (panes.every(({ whole }) => whole.width > LONG * whole.height)) {
    viewer.querySelector(".panes").classList.add("stacked");
  }
  panes.forEach(drag);
  steps.forEach((step, index) => step.addEventListener("click", () => show(index)));
  viewer.querySelectorAll("[data-do]").forEach((button) => {
    button.addEventListener("click", acts[button.dataset.do]);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const held = event.target.closest && event.target.closest("[data-pane]");
    const act = (held && inPane[event.key]) || keys[event.key];
    if (act) { event.preventDefault(); act(); }
  });
  window.addEventListener("resize", () => (current < 0 ? fit() : show(current)));
  window.addEventListener("hashchange", fromHash);
  window.addEventListener("beforeprint", () => panes.forEach(({ svg, whole }) => {
    svg.setAttribute("viewBox", `${whole.x} ${whole.y} ${whole.width} ${whole.height}`);
  }));
  window.addEventListener("afterprint", draw);
  fit();
  tell(hint);
  fromHash();
})();
