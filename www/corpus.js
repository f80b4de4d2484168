// Many documents at once: by a module of its own, loaded when they are first asked for. It meets the
// element's own module in the stores and on the channel alone, as another tab does.

import { lazily } from "./rubricate_module.js";

const start = lazily(() => import("./rubricate_corpus.js"));

/** What the function of that name gives, with `readPage` for the web pages among what is added. */
export async function ask(name, values, readPage) {
  const instance = await start();
  return instance.run((program) => {
    program.readPagesWith(readPage);
    return program[name](...values);
  });
}
