// Reads BPMN files as JSON lines, writes what bpmn-moddle and bpmnlint, with all its rules, say of each.
import { createRequire } from "node:module";
import readline from "node:readline";
import { BpmnModdle } from "bpmn-moddle";

const require = createRequire(import.meta.url);
const { Linter } = require("bpmnlint");
const NodeResolver = require("bpmnlint/lib/resolver/node-resolver.js");

const since = (start) => {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
};
const moddle = new BpmnModdle();

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { text } = JSON.parse(line);
  const opened = process.cpuUsage();
  let reading;
  try {
    reading = await moddle.fromXML(text);
  } catch (error) {
    console.log(JSON.stringify({ reports: [["refused", null]], read: since(opened), check: 0 }));
    continue;
  }
  const read = since(opened);
  const reports = reading.warnings.map((each) => ["import", each.element?.id ?? each.value ?? null]);
  // Some rules remember what they saw: each file gets a linter of its own.
  const linter = new Linter({ config: { extends: "bpmnlint:all" }, resolver: new NodeResolver() });
  const begun = process.cpuUsage();
  const found = await linter.lint(reading.rootElement);
  const check = since(begun);
  for (const [rule, each] of Object.entries(found)) {
    reports.push(...each.map((report) => [rule, report.id ?? null]));
  }
  console.log(JSON.stringify({ reports, read, check }));
}
