/**
 * Closes what a spec has opened after it, the last first, also when it failed: what stays open keeps the process of the specs alive.
 * Gives back what it is given.
 */
export function closing(): <T extends { readonly close: () => unknown }>(opened: T) => T {
  const open: { readonly close: () => unknown }[] = [];
  afterEach(async () => {
    for (const { close } of open.splice(0).reverse()) await close();
  });
  return (opened) => {
    open.push(opened);
    return opened;
  };
}
