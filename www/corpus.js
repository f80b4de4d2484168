// Many documents at once: by a module of its own, loaded when they are first asked for. It meets the
// element's own module in the stores and on the channel alone, as another tab does.

import { lazily } from "./rubricate_module.js";

/** What asks the program, which has `readPage` for the web pages among what is added: `ask(name, ...values)`. */
export function asking(readPage) {
  const start = lazily(() => import("./rubricate_corpus.js"), (program) => program.readPagesWith(readPage));
  return async (name, ...values) => {
    const instance = await start();
    return instance.run((program) => program[name](...values));
  };
}
