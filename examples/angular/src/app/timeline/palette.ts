/** The colours of the drawing, from the page's style sheet, so that dark and light are said in one place. */
export interface Palette {
  readonly text: string;
  readonly line: string;
  readonly failed: string;
  readonly throttled: string;
  readonly onBar: string;
  /** @param place of the deployment in the run's list */
  readonly deployment: (place: number) => string;
}

export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const deployments = [0, 1, 2, 3].map((place) => colour(`--deployment-${String(place)}`));
  return {
    text: colour('--muted'),
    line: colour('--line'),
    failed: colour('--failed'),
    throttled: colour('--throttled'),
    onBar: colour('--on-bar'),
    deployment: (place) => deployments[place % deployments.length] ?? colour('--muted'),
  };
}
