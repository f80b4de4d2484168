// A module that is loaded when it is first needed, and that may end by a fault of its own. The modules
// share no memory, so that what ends one leaves the others as they are.

/** The sentence for who waits for a module that ends. */
const STOPPED = "Rubricate stopped by a fault of its own. What is stored in this browser is as it was; try again.";

/** An instance of a module, until it ends. */
class Instance {
  #program;
  #hasStopped = false;
  /** What lets each fail that is asked of it and not answered yet. */
  #waiting = new Set();

  constructor(program) {
    this.#program = program;
    const stop = (cause) => {
      this.#hasStopped = true;
      for (const fail of this.#waiting) fail(new Error(STOPPED, { cause }));
    };
    // Some have a hook, which says in the console where it was.
    program.onPanic?.(stop);
    // Where memory runs out nobody panics.
    program.onTrap = stop;
  }

  get hasStopped() {
    return this.#hasStopped;
  }

  /** What `call` makes with the program, which has nothing more to say once it has ended. */
  async run(call) {
    if (this.#hasStopped) throw new Error(STOPPED);
    let refuse;
    try {
      return await new Promise((resolve, reject) => {
        this.#waiting.add((refuse = reject));
        // Resolved with a promise at once, it could not be refused any more.
        Promise.resolve(call(this.#program)).then(resolve, reject);
      });
    } finally {
      this.#waiting.delete(refuse);
    }
  }
}

/** What is loaded; a failure of it is said in words of ours. */
export const loaded = (loading) =>
  loading.catch((cause) => {
    throw new Error("A part of Rubricate could not be loaded. Check the connection and try again.", { cause });
  });

/**
 * What gives the instance of the module that `load` loads: a new one after a fault, or a failure to load it.
 * `prepare` is given the program of each.
 */
export function lazily(load, prepare) {
  let starting;
  return async () => {
    const current = starting;
    if ((await current)?.hasStopped && current === starting) starting = undefined;
    starting ??= loaded(load().then((module) => module.default()))
      .then((program) => {
        prepare?.(program);
        return new Instance(program);
      })
      .catch((error) => {
        starting = undefined;
        throw error;
      });
    return starting;
  };
}
