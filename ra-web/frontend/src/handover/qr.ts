import qrcode from 'qrcode-generator';

const SVG = 'http://www.w3.org/2000/svg';
/** Light modules around it (ISO/IEC 18004 §9.1). */
const QUIET = 4;

/** A text as a QR code, dark on white whatever the page's colours. */
export function qrPicture(text: string): SVGSVGElement {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  let path = '';
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      path += code.isDark(row, column) ? `M${column} ${row}h1v1h-1z` : '';
    }
  }
  const whole = size + 2 * QUIET;
  const svg = element('svg', { viewBox: `${-QUIET} ${-QUIET} ${whole} ${whole}`, width: '264', height: '264' });
  svg.append(element('rect', { x: `${-QUIET}`, y: `${-QUIET}`, width: `${whole}`, height: `${whole}`, fill: '#fff' }));
  svg.append(element('path', { d: path, fill: '#000', 'shape-rendering': 'crispEdges' }));
  return svg as SVGSVGElement;
}

function element(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
}
