import type { Bar } from './bar';
import type { Geometry } from './geometry';
import type { Palette } from './palette';
import type { Timeline } from './timeline';

/** About (CSS pixels): to measure each label would take longer than to draw it. */
const digitWidth = 6;

interface Drawing {
  readonly context: CanvasRenderingContext2D;
  readonly timeline: Timeline;
  readonly geometry: Geometry;
  readonly palette: Palette;
  /** Drawn with a frame. */
  readonly pointed: Bar | undefined;
  /** ms since the epoch */
  readonly now: number;
}

/** Draws all of it anew: some thousand rectangles, which costs less than to find out what has changed. */
export function drawTimeline(drawing: Drawing): void {
  const { context, geometry, timeline } = drawing;
  context.clearRect(0, 0, geometry.width, geometry.height);
  context.font = '10px system-ui, sans-serif';
  drawAxis(drawing);
  drawCooldowns(drawing);
  for (const bar of timeline.bars) drawBar(drawing, bar);
  if (drawing.pointed !== undefined) frame(drawing, drawing.pointed);
}

function drawAxis({ context, geometry: { axisY, spanMs, width }, palette }: Drawing): void {
  const stepMs = [500, 1000, 2000, 5000, 10_000, 30_000, 60_000].find((ms) => (ms / spanMs) * width >= 56) ?? 300_000;
  context.fillStyle = palette.text;
  context.strokeStyle = palette.line;
  for (let ms = 0; ms < spanMs; ms += stepMs) {
    const x = (ms / spanMs) * width;
    context.beginPath();
    context.moveTo(x, 0);
    context.lineTo(x, axisY);
    context.stroke();
    context.fillText(`${String(ms / 1000)} s`, x + 2, axisY + 12);
  }
}

/** Above the lanes, one line for each deployment, with its colour at the beginning. */
function drawCooldowns({ context, geometry, palette, timeline, now }: Drawing): void {
  for (const [place, deployment] of timeline.deployments.entries()) {
    context.fillStyle = palette.deployment(place);
    context.fillRect(0, geometry.cooldownY(deployment) + 2, 6, geometry.cooldownHeight - 4);
  }
  for (const { deployment, from, until } of timeline.cooldowns) {
    const [x, y] = [geometry.x(from), geometry.cooldownY(deployment)];
    const width = Math.max(2, geometry.x(Math.min(until, now)) - x);
    context.fillStyle = palette.deployment(timeline.deployments.indexOf(deployment));
    context.fillRect(x, y + 2, width, geometry.cooldownHeight - 4);
    hatch(context, palette.failed, { x, y: y + 2, width, height: geometry.cooldownHeight - 4 });
  }
}

function drawBar(drawing: Drawing, bar: Bar): void {
  const { context, palette, timeline } = drawing;
  const box = boxOf(drawing, bar);
  const colour = palette.deployment(timeline.deployments.indexOf(bar.deployment));
  context.fillStyle = colour;
  context.globalAlpha = bar.end === 'aborted' ? 0.4 : 1;
  context.fillRect(box.x, box.y, box.width, box.height);
  context.globalAlpha = 1;
  if (bar.end === 'failed') hatch(context, palette.failed, box);
  if (bar.end === 'throttled') triangle(context, palette.throttled, box);
  const label = bar.attempt === 1 ? String(bar.index) : `${String(bar.index)} ↻`;
  const labelWidth = label.length * digitWidth + 6;
  if (labelWidth > box.width) return;
  context.fillStyle = colour;
  if (bar.end === 'failed') context.fillRect(box.x + 1, box.y + 1, labelWidth - 2, box.height - 2); // the hatch would run through it
  context.fillStyle = palette.onBar;
  context.fillText(label, box.x + 3, box.y + 11);
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function boxOf({ geometry, now }: Drawing, bar: Bar): Box {
  return {
    x: geometry.x(bar.from),
    y: geometry.laneY(bar.lane) + 1,
    width: Math.max(2, geometry.x(bar.until ?? now) - geometry.x(bar.from) - 1),
    height: geometry.laneHeight - 2,
  };
}

/** Around the bar that is spoken of. */
function frame(drawing: Drawing, bar: Bar): void {
  const { context, palette } = drawing;
  const { x, y, width, height } = boxOf(drawing, bar);
  context.strokeStyle = palette.text;
  context.lineWidth = 2;
  context.strokeRect(x, y, width, height);
  context.lineWidth = 1;
}

/** So that a failure is told by more than its colour. */
function hatch(context: CanvasRenderingContext2D, colour: string, { x, y, width, height }: Box): void {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.beginPath();
  for (let at = x - height; at < x + width; at += 10) {
    context.moveTo(at, y + height);
    context.lineTo(at + height, y);
  }
  context.stroke();
  context.strokeRect(x + 1, y + 1, width - 2, height - 2);
  context.restore();
}

/** At the end of the bar, where the provider said no. */
function triangle(context: CanvasRenderingContext2D, colour: string, { x, y, width, height }: Box): void {
  const right = x + width;
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(right - 4, y + height);
  context.lineTo(right + 6, y + height);
  context.lineTo(right + 1, y + 2);
  context.fill();
}
