// Many documents at once: by a module of its own, loaded when they are first asked for. It meets the
// element's own module in the stores and on the channel alone, as another tab does.

/** The sentence for who waits for a program that ends by a fault of its own. */
const STOPPED = "Rubricate stopped by a fault of its own. What is stored in this browser is as it was; try again.";

let instance;
/** What is asked of the program and not answered yet: what lets each of them fail. */
const waiting = new Set();

function stop() {
  instance = undefined;
  for (const fail of waiting) fail(new Error(STOPPED));
  waiting.clear();
}

async function start(readPage) {
  const program = await (await import("./rubricate_corpus.js")).default();
  program.readPagesWith(readPage);
  program.onPanic(stop);
  // Where memory runs out nobody panics.
  program.onTrap = stop;
  return program;
}

/** What the function of that name gives, with `readPage` for the web pages among what is added. */
export async function ask(name, values, readPage) {
  instance ??= start(readPage).catch((error) => {
    instance = undefined;
    throw error;
  });
  const program = await instance;
  let fail;
  const stopped = new Promise((_, reject) => (fail = reject));
  waiting.add(fail);
  try {
    return await Promise.race([program[name](...values), stopped]);
  } finally {
    waiting.delete(fail);
  }
}
