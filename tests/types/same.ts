/** Takes a value of exactly this type: neither of the two may be wider. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
export function is<Expected>() {
  return <Given>(_: Given, __: Same<Expected, Given> extends true ? "same" : never) => {};
}
