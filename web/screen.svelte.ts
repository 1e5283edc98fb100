// In: the window's width. Out: the size at which charts are drawn.
import type { Size } from './charts/axis.ts';

const phone = matchMedia('(max-width: 640px)');
let narrow = $state(phone.matches);
phone.addEventListener('change', (event) => { narrow = event.matches; });

export const screen = { get narrow(): boolean { return narrow; }, get size(): Size { return narrow ? 'narrow' : 'wide'; } };
