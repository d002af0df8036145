/** Lets the caseworker draw a box on the page; coordinates are the picture's own (points, origin top left). */
export interface DrawnBox {
  x: number;
  y: number;
  width: number;
  height: number;
}

const SMALLEST_SIDE = 2;

function pointIn(svg: SVGSVGElement, event: PointerEvent): { x: number; y: number } {
  const frame = svg.getBoundingClientRect();
  const scale = Number(svg.dataset.bredde) / frame.width;
  const within = (value: number, most: number): number => Math.min(Math.max(value, 0), most);
  return {
    x: within((event.clientX - frame.left) * scale, Number(svg.dataset.bredde)),
    y: within((event.clientY - frame.top) * scale, Number(svg.dataset.hoejde)),
  };
}

function show(rectangle: SVGRectElement, box: DrawnBox): void {
  for (const [name, value] of Object.entries(box)) rectangle.setAttribute(name, value.toFixed(2));
}

/** Calls `drawn` with each finished box while drawing is on. Returns the switch. */
export function drawing(
  svg: SVGSVGElement,
  rectangle: SVGRectElement,
  drawn: (box: DrawnBox) => void,
): (isOn: boolean) => void {
  let isOn = false;
  let start: { x: number; y: number } | null = null;

  const boxTo = (event: PointerEvent, from: { x: number; y: number }): DrawnBox => {
    const to = pointIn(svg, event);
    return {
      x: Math.min(from.x, to.x),
      y: Math.min(from.y, to.y),
      width: Math.abs(to.x - from.x),
      height: Math.abs(to.y - from.y),
    };
  };

  svg.addEventListener('pointerdown', (event) => {
    if (!isOn) return;
    event.preventDefault();
    start = pointIn(svg, event);
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener('pointermove', (event) => {
    if (start) show(rectangle, boxTo(event, start));
  });
  svg.addEventListener('pointerup', (event) => {
    if (!start) return;
    const box = boxTo(event, start);
    start = null;
    if (box.width >= SMALLEST_SIDE && box.height >= SMALLEST_SIDE) drawn(box);
  });

  return (turnedOn) => {
    isOn = turnedOn;
    svg.classList.toggle('tegner', turnedOn);
    if (!turnedOn) show(rectangle, { x: 0, y: 0, width: 0, height: 0 });
  };
}
