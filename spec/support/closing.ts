/**
 * Closes what a spec has opened after it, the last first, also when it failed: what stays open keeps the process of the specs alive.
 * Gives back what it is given.
 */
export function closing(): <Opened extends { readonly close: () => unknown }>(opened: Opened) => Opened {
  const open: { readonly close: () => unknown }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
  });
  return (opened) => {
    open.push(opened);
    return opened;
  };
}
