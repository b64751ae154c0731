/**
 * Repeats `step` as long as it asks for it again: the function given back calls `step`, and when it is called from inside
 * `step` (however deep) only notes that it has been. So a million steps that each ask for the next need no stack.
 */
export function trampoline(step: () => void): () => void {
  let wanted = false;
  let running = false;

  return () => {
    wanted = true;
    if (running) return;
    running = true;
    while (wanted) {
      wanted = false;
      step();
    }
    running = false;
  };
}
