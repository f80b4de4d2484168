// The programs behind the element: the one that it runs, and those that are loaded when first needed.

import { lazily, loaded } from "./rubricate_module.js";
import instance from "./rubricate_wasm.js";

/** A new instance of the program; `stopped` is called with it when it ends by a fault of its own. */
export async function start(stopped) {
  const program = await instance();
  program.readPagesWith(readPage);
  const awaited = new Set();
  let hasStopped = false;
  const stop = () => {
    if (hasStopped) return;
    hasStopped = true;
    program.stop();
    for (const refuse of awaited) refuse(new Error("Rubricate stopped by a fault of its own."));
    stopped(started);
  };
  program.onPanic(stop);
  program.onTrap = stop;

  /** What a program that has ended was asked for, nobody answers any more. */
  const answered = (answer) => {
    if (!(answer instanceof Promise)) return answer;
    return new Promise((resolve, reject) => {
      awaited.add(reject);
      answer.then(resolve, reject).finally(() => awaited.delete(reject));
    });
  };
  const answering = (target) =>
    new Proxy(target, {
      get: (_, name) =>
        typeof target[name] === "function" ? (...values) => answered(target[name](...values)) : target[name],
    });
  const started = {
    ...answering(program),
    newHandle: (element) => answering(new program.Handle(element)),
    hasStopped: () => hasStopped,
  };
  return started;
}

/** Web pages are read by a module of their own, which is loaded for the first of them. */
const pages = lazily(() => import("./rubricate_pages.js"));

async function readPage(html) {
  const instance = await pages();
  return instance.run((program) => program.readPage(html));
}

let ask;

/** What concerns many documents does another one. */
export async function askCorpus(...call) {
  const { asking } = await loaded(import("./corpus.js"));
  ask ??= asking(readPage);
  return ask(...call);
}
