// Reads pairs of BPMN files as JSON lines, writes what bpmn-js-differ finds in each.
import readline from "node:readline";
import { BpmnModdle } from "bpmn-moddle";
import { diff } from "bpmn-js-differ";

const moddle = new BpmnModdle();
const ids = (found) => Object.keys(found);

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { before, after } = JSON.parse(line);
  const start = process.hrtime.bigint();
  const [old, now] = [await moddle.fromXML(before), await moddle.fromXML(after)];
  const found = diff(old.rootElement, now.rootElement);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const { _added, _removed, _changed, _layoutChanged } = found;
  console.log(JSON.stringify({ added: ids(_added), removed: ids(_removed), changed: ids(_changed),
    layout: ids(_layoutChanged), seconds }));
}
