// In: nothing. Out: whether the process lives, whether it serves, and what its interface is.
import { route } from '../endpoint.ts';
import type { House } from '../house.ts';
import { openapi } from '../openapi.ts';

export const healthRoutes = ({ warehouse, state }: House) => [
  route('GET /healthz', () => ({ ok: true as const })),
  route('GET /readyz', ({ res }) => {
    res.status(state.open ? 200 : 503);
    return { ok: state.open, version: warehouse.version };
  }),
  route('GET /api/openapi.json', () => openapi()),
];
