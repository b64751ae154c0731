/** Gives a function that notes what a spec opens; after each spec it is closed, the last first, whether the spec has passed or not. */
export function closedAfterEach(): <Opened extends { readonly close: () => unknown }>(one: Opened) => Opened {
  const open: { readonly close: () => unknown }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
  });
  return (one) => {
    open.push(one);
    return one;
  };
}
